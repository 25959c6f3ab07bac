import { breakerPhase, type BreakerPhase } from "../../engine/flow/breaker.ts";
import { callsWithin } from "../../engine/flow/call-window.ts";
import { flowGate, NEW_FLOW, NO_CONTROL } from "../../engine/flow/flow-gate.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { USAGE_QUERY, usageFromRows } from "../store/admission-store.ts";
import type { Database } from "../store/database.ts";
import { controlsFromRows, FLOW_QUERY, flowFromRows } from "../store/flow-store.ts";
import { ALL_TARGETS } from "../store/tables.ts";

/** A target system as operators see it. */
export interface TargetSystemView {
  readonly key: string;
  readonly title: string | null;
  /** What work for it meets now. */
  readonly state: "RUNNING" | "PAUSED" | "BREAKER_OPEN" | "PROBING" | "RAMPING_UP";
  readonly paused: { readonly by: string; readonly reason: string; readonly since: string } | null;
  readonly resumedAt: string | null;
  /** null when its definition has none. `calls` and `failures` are those of the window. */
  readonly breaker: { readonly state: BreakerPhase; readonly since: string | null; readonly triedAgainAt: string | null; readonly calls: number; readonly failures: number } | null;
  readonly retryBudget: { readonly firstAttempts: number; readonly retries: number; readonly left: number } | null;
  /** Commands in flight allowed now; null when only the concurrency limits them. */
  readonly inFlightAtMost: number | null;
  readonly limits: { readonly concurrency: number; readonly outstanding?: number; readonly ratePerSecond?: number } | null;
  readonly usage: { readonly inFlight: number; readonly outstanding: number };
  /** Ready tasks that wait for it, by reason. */
  readonly waiting: { readonly total: number; readonly byReason: { readonly [reason: string]: number } };
}

/** All target systems of the active release, and those that older orders still use. */
export async function readTargetSystems(database: Database, release: CompiledRelease | null, at: string): Promise<readonly TargetSystemView[]> {
  const [usageRows = [], flowRows = [], waitingRows = []] = await database.select(
    USAGE_QUERY, FLOW_QUERY,
    "SELECT target_system, reason, count(*) AS tasks FROM ready_tasks WHERE target_system IS NOT NULL GROUP BY target_system, reason",
  );
  const usage = usageFromRows(usageRows);
  const flows = flowFromRows(flowRows);
  const controls = controlsFromRows(flowRows);
  const waiting = new Map<string, { [reason: string]: number }>();
  for (const row of waitingRows) {
    const key = String(row["target_system"]);
    waiting.set(key, { ...waiting.get(key), [String(row["reason"])]: Number(row["tasks"]) });
  }
  const keys = new Set([...(release?.targetSystems.keys() ?? []), ...usage.keys(), ...flows.keys(), ...controls.keys()]);
  keys.delete(ALL_TARGETS);
  return Array.from(keys).sort().map((key) => {
    const system = release?.targetSystems.get(key);
    const flow = flows.get(key) ?? NEW_FLOW;
    const control = controls.get(key) ?? NO_CONTROL;
    const { shut, narrow, retries } = flowGate(flow, control, system ?? {}, at);
    const byReason = waiting.get(key) ?? {};
    return {
      key,
      title: system?.definition.title ?? null,
      state: stateOf(shut, narrow?.reason ?? null, system?.definition.limits.concurrency ?? Infinity, narrow?.inFlight ?? Infinity),
      paused: control.paused && { by: control.paused.by, reason: control.paused.reason, since: control.paused.at },
      resumedAt: control.resumedAt,
      breaker: system?.breaker ? breakerView(flow.breaker, system.breaker.windowMs, at) : null,
      retryBudget: system?.retryBudget ? budgetView(flow.attempts, system.retryBudget.windowMs, retries, at) : null,
      inFlightAtMost: shut !== null ? 0 : (narrow?.inFlight ?? null),
      limits: system?.definition.limits ?? null,
      usage: { inFlight: usage.get(key)?.dispatched ?? 0, outstanding: usage.get(key)?.outstanding ?? 0 },
      waiting: { total: Object.values(byReason).reduce((sum, tasks) => sum + tasks, 0), byReason },
    };
  });
}

function stateOf(shut: "target-paused" | "breaker-open" | null, narrowed: "breaker-probing" | "ramp-up" | null, concurrency: number, inFlight: number): TargetSystemView["state"] {
  if (shut !== null) return shut === "target-paused" ? "PAUSED" : "BREAKER_OPEN";
  if (narrowed === "breaker-probing") return "PROBING";
  return narrowed === "ramp-up" && inFlight < concurrency ? "RAMPING_UP" : "RUNNING";
}

function breakerView(breaker: typeof NEW_FLOW.breaker, windowMs: number, at: string): TargetSystemView["breaker"] {
  const { total, marked } = breaker.state === "CLOSED" ? callsWithin(breaker.window, windowMs, Date.parse(at)) : { total: 0, marked: 0 };
  return { state: breakerPhase(breaker, at), since: breaker.since, triedAgainAt: breaker.state === "OPEN" ? breaker.until : null, calls: total, failures: marked };
}

function budgetView(attempts: typeof NEW_FLOW.attempts, windowMs: number, left: number, at: string): TargetSystemView["retryBudget"] {
  const { total, marked } = callsWithin(attempts, windowMs, Date.parse(at));
  return { firstAttempts: total, retries: marked, left };
}
