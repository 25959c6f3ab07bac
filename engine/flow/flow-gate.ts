import type { Instant } from "../language/kinds.ts";
import { breakerPhase, breakerRoom, NEW_BREAKER, type Breaker, type BreakerPolicy } from "./breaker.ts";
import type { CallWindow } from "./call-window.ts";
import { rampRoom } from "./ramp.ts";
import { retriesLeft, type RetryBudgetPolicy } from "./retry-budget.ts";

/** What a release says about the flow to one target system. */
export interface FlowPolicies {
  readonly breaker?: BreakerPolicy;
  readonly retryBudget?: RetryBudgetPolicy;
}

/** What the calls to a target system have shown. */
export interface FlowState {
  readonly breaker: Breaker;
  readonly attempts: CallWindow;
}

/** What operators have decided about a target system. */
export interface FlowControl {
  readonly paused: { readonly by: string; readonly reason: string; readonly at: Instant } | null;
  readonly resumedAt: Instant | null;
}

/** What all that allows at one moment; `admit` asks nothing else. */
export interface FlowGate {
  /** Why nothing goes out at all. */
  readonly shut: "target-paused" | "breaker-open" | null;
  /** Commands in flight at most while it is found out whether it works, or while it comes back. */
  readonly narrow: { readonly inFlight: number; readonly reason: "breaker-probing" | "ramp-up" } | null;
  /** Retries that may still go out. */
  readonly retries: number;
}

export const NEW_FLOW: FlowState = { breaker: NEW_BREAKER, attempts: [] };
export const NO_CONTROL: FlowControl = { paused: null, resumedAt: null };
export const OPEN_GATE: FlowGate = { shut: null, narrow: null, retries: Infinity };

/** Puts breaker, pause, ramp and retry budget of one target system together. Nobody passes a gate that is shut (F4). */
export function flowGate({ breaker, attempts }: FlowState, control: FlowControl, policies: FlowPolicies, at: Instant): FlowGate {
  const retries = policies.retryBudget ? retriesLeft(attempts, policies.retryBudget, at) : Infinity;
  if (control.paused) return { shut: "target-paused", narrow: null, retries };
  const probing = policies.breaker ? breakerRoom(breaker, policies.breaker, at) : Infinity;
  if (probing === 0 && breakerPhase(breaker, at) === "OPEN") return { shut: "breaker-open", narrow: null, retries };
  const ramping = rampRoom(rampStart(breaker, control, policies), at);
  if (probing === Infinity && ramping === Infinity) return { shut: null, narrow: null, retries };
  const narrow = probing <= ramping ? ({ inFlight: probing, reason: "breaker-probing" } as const) : ({ inFlight: ramping, reason: "ramp-up" } as const);
  return { shut: null, narrow, retries };
}

/** When the target system came back last: its breaker closed, or people resumed it. */
export function rampStart(breaker: Breaker, { resumedAt }: FlowControl, policies: FlowPolicies): Instant | null {
  const closedAt = policies.breaker && breaker.state === "CLOSED" ? breaker.since : null;
  if (closedAt === null || resumedAt === null) return closedAt ?? resumedAt;
  return closedAt > resumedAt ? closedAt : resumedAt;
}
