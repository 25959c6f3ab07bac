import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Repair, RepairAction } from "../../engine/order/repair.ts";
import { outcomeOf } from "../../engine/order/machines.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import type { Fake } from "./downstream.ts";
import type { Network } from "./network.ts";
import { REQUESTER, type InputBody } from "./people.ts";
import type { Random } from "./random.ts";

export interface RepairsDeps {
  readonly random: Random;
  readonly order: (id: string) => Order | null;
  readonly releaseOf: (digest: string) => CompiledRelease;
  readonly fakes: ReadonlyMap<string, Fake>;
  readonly network: () => Network;
  readonly ask: (orderId: string, body: InputBody) => void;
}

type Wish = Pick<Repair, "action"> & Partial<Repair>;

const ASKED: Omit<Repair, "action"> = {
  taskId: null, itemId: null, reason: "it stood still", evidence: { ticket: "T-1" }, customerImpact: "LOW", financialImpact: "LOW", amount: null, values: {},
};

/**
 * Somebody of operations who repairs an order, at any moment and often for no good reason. Truthful like all people: who says
 * what a command did has looked at the system, while nothing was under way.
 */
export class Repairs {
  readonly #deps: RepairsDeps;

  constructor(deps: RepairsDeps) {
    this.#deps = deps;
  }

  attempt(orderId: string): void {
    const { random, ask } = this.#deps;
    const order = this.#deps.order(orderId);
    if (!order?.plan) return;
    const aboutTask = random.chance(0.8);
    const wishes = aboutTask ? this.#aboutTask(order) : aboutItem(order, random.pick(order.items).id);
    if (wishes.length > 0) ask(orderId, { type: "RequestRepair", repair: { ...ASKED, ...random.pick(wishes) }, actor: REQUESTER });
  }

  #aboutTask(order: Order): readonly Wish[] {
    const { random, fakes, network, releaseOf } = this.#deps;
    const tasks = order.tasks.filter(({ state }) => outcomeOf(state) !== "SUCCESS" || state === "SUCCEEDED");
    if (tasks.length === 0) return [];
    const task = random.pick(tasks);
    const planned = order.plan?.graph.tasks.find(({ id }) => id === task.id);
    const type = releaseOf(order.release.digest).taskTypes.get(planned?.type ?? "")?.definition;
    const fake = fakes.get(type?.targetSystem ?? "");
    if (!planned || !type || network().carries(task.id) || fake?.works(task.id)) return [];
    const reference = fake?.effectsOf(task.id).at(-1)?.reference ?? null;
    const about = (action: RepairAction, more: Partial<Repair> = {}): Wish => ({ action, taskId: task.id, ...more });
    const proof: Partial<Repair> = { evidence: { reference: reference ?? "nothing was found" }, values: { found: reference === null ? "notFound" : "succeeded" } };
    const outputs = { values: { outputs: Object.fromEntries(Object.keys(type.outputs ?? {}).map((name) => [name, reference ?? `stands-in-for-${name}`])) } };
    switch (task.state) {
      case "AWAITING_MANUAL_ACTION":
        if (reference !== null) return [about("COMPLETE_WITH_EVIDENCE", proof), about("MARK_RECONCILED", proof)];
        return [about("RETRY"), about("WAIVE", outputs), about("SKIP"), about("REASSIGN", { values: { queue: "others", role: null } }), about("CORRECT_PAYLOAD", { values: { corrections: corrected(task.request) } })];
      case "OUTCOME_UNKNOWN": return [about("MARK_RECONCILED", proof)];
      case "PENDING": case "READY": case "RETRY_SCHEDULED": return reference === null ? [about("WAIVE", outputs), about("SKIP")] : [];
      case "SUCCEEDED": return reference === null ? [about("COMPENSATE")] : [about("COMPENSATE"), about("UPDATE_REFERENCE", outputs)];
      case "FAILED_FINAL": return [about("REOPEN")];
      default: return [];
    }
  }
}

function aboutItem(order: Order, itemId: string): readonly Wish[] {
  const { state } = order.items.find(({ id }) => id === itemId) ?? {};
  if (state === "HELD") return [{ action: "RESUME", itemId }];
  if (state !== "IN_PROGRESS") return [{ action: "CANCEL_ORDER" }];
  return [{ action: "FORCE_COMPLETE", itemId }, { action: "CANCEL_REMAINING", itemId }, { action: "CANCEL_ORDER" }];
}

function corrected(request: JsonObject | null): JsonObject {
  return request && "label" in request ? { label: "corrected" } : { reference: "corrected" };
}
