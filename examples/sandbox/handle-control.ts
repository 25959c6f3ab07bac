import { readFile } from "node:fs/promises";
import type { Json } from "../../engine/support/json.ts";
import { fillOrder } from "../orders/fill-order.ts";
import type { Answer } from "./answer.ts";
import { countEffects } from "./count-effects.ts";
import { parseFaultRules } from "./parse-fault-rules.ts";
import type { World } from "./world.ts";

/** `GET`, `PUT` or `DELETE` on `/sandbox/...`. */
export interface ControlCall {
  readonly method: string;
  /** Below `/sandbox`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Json | undefined;
}

let ordersFilled = 0;

/** The side entrance for people and tests: faults, journal, counts and orders to try out. */
export async function handleControl(world: World, call: ControlCall): Promise<Answer> {
  const [resource, name] = call.path;
  const orderId = call.query.get("orderId") ?? undefined;
  switch (`${call.method} ${resource}`) {
    case "GET faults":
      return ok({ rules: world.faults.rules().map(({ rule, used }) => ({ ...rule, used })) });
    case "PUT faults": {
      const parsed = parseFaultRules(call.body ?? null);
      if ("problems" in parsed) return { kind: "json", status: 400, body: { code: "FAULTS_INVALID", message: "The fault script cannot be used.", problems: parsed.problems } };
      world.faults.set(parsed.rules);
      return ok({ rules: parsed.rules.length });
    }
    case "DELETE faults":
      world.faults.set([]);
      return ok({ rules: 0 });
    case "GET journal": {
      const system = call.query.get("system");
      const entries = world.journal.entries().filter((entry) =>
        (system === null || entry.system === system) && (orderId === undefined || (entry.kind === "request" && entry.orderId === orderId)),
      );
      return { kind: "text", status: 200, text: entries.map((entry) => `${JSON.stringify(entry)}\n`).join("") };
    }
    case "GET effects":
      return ok({ ...countEffects(world.journal.entries(), orderId) });
    case "GET orders":
      return filledOrder(world, name ?? "");
    case "GET health":
      return ok({ status: "ok" });
    default:
      return { kind: "json", status: 404, body: { code: "NOT_FOUND", message: "See examples/sandbox/README.md for what stands below /sandbox." } };
  }
}

async function filledOrder(world: World, name: string): Promise<Answer> {
  const missing: Answer = { kind: "json", status: 404, body: { code: "NOT_FOUND", message: "There is no such example order." } };
  if (!/^[a-z0-9-]{1,64}$/.test(name)) return missing;
  const text = await readFile(new URL(`../orders/${name}.json`, import.meta.url), "utf8").catch(() => null);
  if (text === null) return missing;
  const nowMs = world.now();
  ordersFilled += 1;
  const unique = `${nowMs.toString(36)}${ordersFilled.toString(36)}`.toUpperCase();
  return ok(fillOrder(text, new Date(nowMs).toISOString(), unique) as { readonly [member: string]: Json });
}

function ok(body: { readonly [member: string]: Json }): Answer {
  return { kind: "json", status: 200, body };
}
