import { readFileSync } from "node:fs";
import type { Json } from "../../engine/support/json.ts";
import { decodeWebhookSecret } from "../../server/callbacks/webhook-secret.ts";
import type { SandboxOptions } from "./create-sandbox.ts";
import { parseFaultRules } from "./parse-fault-rules.ts";
import { DEFAULT_LATENCY, NO_LATENCY } from "./latency.ts";
import type { SystemProfile } from "./systems.ts";

export type SandboxSettings = Omit<SandboxOptions, "now" | "secret"> & { readonly port: number; readonly host: string; readonly secret?: string };

/** Reads the settings of a sandbox that runs alone; the table stands in the README. A wrong one is told in one sentence. */
export function readSettings(env: { readonly [name: string]: string | undefined }): SandboxSettings | { readonly problem: string } {
  const port = Number(env["SANDBOX_PORT"] ?? "4010");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return { problem: "SANDBOX_PORT must be a port number; 0 takes any free one." };
  const secret = env["SANDBOX_CALLBACK_SECRET"];
  if (secret !== undefined && !decodeWebhookSecret(secret)) return { problem: "SANDBOX_CALLBACK_SECRET must be whsec_ followed by 24 to 64 bytes in base64." };
  const effects = env["SANDBOX_EFFECTS"] ?? "";
  const systems = readEffects(effects);
  if (!systems) return { problem: "SANDBOX_EFFECTS must read like activation=neither,billing=queryable." };
  const faults = readFaults(env["SANDBOX_FAULTS"]);
  if (typeof faults === "string") return { problem: faults };

  const latency = env["SANDBOX_LATENCY"] === "none" ? NO_LATENCY : DEFAULT_LATENCY;
  const journalPath = env["SANDBOX_JOURNAL"];
  const seed = env["SANDBOX_SEED"];
  return {
    port, host: env["SANDBOX_HOST"] ?? "127.0.0.1", systems, latency, faults,
    ...(secret === undefined ? {} : { secret }),
    ...(journalPath === undefined ? {} : { journalPath }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function readEffects(text: string): { [system: string]: Partial<SystemProfile> } | null {
  const systems: { [system: string]: Partial<SystemProfile> } = {};
  for (const part of text.split(",").filter((each) => each !== "")) {
    const [, system, effects] = /^([a-z0-9-]+)=(idempotent-key|queryable|neither)$/.exec(part.trim()) ?? [];
    if (system === undefined || effects === undefined) return null;
    systems[system] = { effects: effects as SystemProfile["effects"] };
  }
  return systems;
}

function readFaults(path: string | undefined) {
  if (path === undefined) return [];
  try {
    const parsed = parseFaultRules(JSON.parse(readFileSync(path, "utf8")) as Json);
    return "rules" in parsed ? parsed.rules : `SANDBOX_FAULTS: ${parsed.problems.join("; ")}.`;
  } catch {
    return "SANDBOX_FAULTS must name a readable JSON file.";
  }
}
