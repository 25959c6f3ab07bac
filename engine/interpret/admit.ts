import { OPEN_GATE, type FlowGate, type FlowPolicies } from "../flow/flow-gate.ts";
import { reserveOf } from "../flow/reserve.ts";
import type { Instant } from "../language/kinds.ts";
import type { Lock } from "../order/task.ts";

/** A task that could go out now, with all that admission needs to know. */
export interface AdmissionCandidate {
  readonly orderId: string;
  readonly taskId: string;
  /** null for work of a person or of the engine itself: only locks count. */
  readonly targetSystem: string | null;
  readonly limits: { readonly concurrency: number; readonly outstanding?: number; readonly ratePerSecond?: number } | null;
  readonly locks: readonly Lock[];
  /** True when the task holds its locks already, because it was sent before. */
  readonly locked: boolean;
  /** True while its item is held: it waits whatever is free, and takes no place from others. */
  readonly held?: boolean;
  /** Low-volume work that must never wait behind bulk: undoing, repaired by a person, urgent. It may use the reserve. */
  readonly critical?: boolean;
  /** True when a command of the task was sent before. */
  readonly retry?: boolean;
  /** What its release says about the flow to the target system. */
  readonly flow?: FlowPolicies | null;
  readonly priority: number;
  readonly depth: number;
}

/** What is in use at the moment of deciding. */
export interface AdmissionUsage {
  readonly now: Instant;
  /** Commands in flight over all systems, and how many there may be. */
  readonly global: { readonly dispatched: number; readonly limit: number };
  readonly targets: ReadonlyMap<string, TargetUsage>;
  /** `lockName(lock)` -> the task that holds it. */
  readonly heldLocks: ReadonlyMap<string, string>;
}

export interface TargetUsage {
  /** Tasks in state DISPATCHED. */
  readonly dispatched: number;
  /** Tasks in state DISPATCHED, WAITING or OUTCOME_UNKNOWN. */
  readonly outstanding: number;
  /** Sends still allowed by the rate limit at `now` (a token bucket that holds one second's worth). */
  readonly tokens: number;
  /** What breaker, pause, ramp and retry budget allow; left out when nothing is known against the system. */
  readonly flow?: FlowGate;
}

/** Admitted, or the reason to wait. `resource` names what must come free: the same text is used to wake the task. */
export type AdmissionDecision =
  | { readonly orderId: string; readonly taskId: string; readonly admitted: true }
  | { readonly orderId: string; readonly taskId: string; readonly admitted: false; readonly reason: AdmissionReason; readonly resource: string };

export type AdmissionReason =
  | "held" | "locked" | "global-concurrency" | "target-concurrency" | "target-outstanding" | "target-rate"
  /** People have paused the target system. */
  | "target-paused"
  /** It keeps failing, and its breaker is open; then it is tried with a few. */
  | "breaker-open" | "breaker-probing"
  /** It came back and is given more and more. */
  | "ramp-up"
  /** Retries have used up their share of its calls. */
  | "retry-budget";

/** The name of a lock in tables and maps. */
export function lockName(lock: Lock): string {
  return `${lock.scope}|${lock.key}`;
}

type Rank = Pick<AdmissionCandidate, "critical" | "priority" | "depth" | "taskId">;

/** D1 behind critical work: priority DESC, dependencyDepth ASC, taskId ASC; ids compare by code unit so that every machine agrees. */
export function compareCandidates(a: Rank, b: Rank): number {
  return Number(b.critical ?? false) - Number(a.critical ?? false) || b.priority - a.priority || a.depth - b.depth || (a.taskId < b.taskId ? -1 : a.taskId > b.taskId ? 1 : 0);
}

/**
 * Decides which candidates go out now (D3, D4). Pure: the same candidates and usage give the same answer, whatever order
 * they are given in. Each admission counts at once against those after it. A task takes all its locks or none, in the
 * fixed order of their names, so that tasks never wait for each other in a circle. The reserve of every limit is for
 * critical work alone, which otherwise keeps to the same limits.
 */
export function admit(candidates: readonly AdmissionCandidate[], usage: AdmissionUsage): readonly AdmissionDecision[] {
  const round: Round = { usage, targets: new Map(), taken: new Map(usage.heldLocks), dispatched: usage.global.dispatched };
  return [...candidates].sort(compareCandidates).map((candidate) => decide(round, candidate));
}

/** What is in use while one decision follows another. */
interface Round {
  readonly usage: AdmissionUsage;
  readonly targets: Map<string, TargetUse>;
  /** Lock -> the task that holds it. */
  readonly taken: Map<string, string>;
  dispatched: number;
}

interface TargetUse {
  dispatched: number;
  outstanding: number;
  tokens: number;
  retries: number;
}

function decide(round: Round, candidate: AdmissionCandidate): AdmissionDecision {
  const { orderId, taskId, targetSystem, limits } = candidate;
  if (candidate.held) return wait(candidate, "held", `held:${orderId}`);
  const names = candidate.locks.map(lockName).sort();
  const held = candidate.locked ? undefined : names.find((name) => (round.taken.get(name) ?? taskId) !== taskId);
  if (held !== undefined) return wait(candidate, "locked", `lock:${held}`);
  const waits = targetSystem !== null && limits !== null ? takePlace(round, candidate, targetSystem, limits) : null;
  if (waits) return waits;
  for (const name of names) round.taken.set(name, taskId);
  return { orderId, taskId, admitted: true };
}

/** Takes a place at the target system; null when there was one, else why the task waits. */
function takePlace(round: Round, candidate: AdmissionCandidate, targetSystem: string, limits: NonNullable<AdmissionCandidate["limits"]>): AdmissionDecision | null {
  const { global, targets } = round.usage;
  const known = targets.get(targetSystem) ?? { dispatched: 0, outstanding: 0, tokens: limits.ratePerSecond ?? Infinity };
  const { shut, narrow, retries } = known.flow ?? OPEN_GATE;
  const use = round.targets.get(targetSystem) ?? { ...known, retries };
  round.targets.set(targetSystem, use);
  if (shut !== null) return wait(candidate, shut, `flow:${targetSystem}`);
  if (round.dispatched >= most(candidate, global.limit)) return wait(candidate, "global-concurrency", "global");
  if (use.dispatched >= most(candidate, limits.concurrency)) return wait(candidate, "target-concurrency", `target:${targetSystem}`);
  // A repeat of an unknown command is outstanding already: it takes no new place.
  if (!candidate.locked && limits.outstanding !== undefined && use.outstanding >= most(candidate, limits.outstanding)) {
    return wait(candidate, "target-outstanding", `target:${targetSystem}`);
  }
  if (limits.ratePerSecond !== undefined && use.tokens < 1) return wait(candidate, "target-rate", `rate:${targetSystem}`);
  // Retries on a budget wait apart, so that first attempts never stand behind them.
  const queue = candidate.retry && retries !== Infinity ? `retries:${targetSystem}` : `flow:${targetSystem}`;
  if (candidate.retry && use.retries < 1) return wait(candidate, "retry-budget", queue);
  if (narrow !== null && use.dispatched >= narrow.inFlight) return wait(candidate, narrow.reason, queue);
  use.retries -= candidate.retry ? 1 : 0;
  use.dispatched += 1;
  use.outstanding += candidate.locked ? 0 : 1;
  use.tokens -= 1;
  round.dispatched += 1;
  return null;
}

/** The reserve of a limit is for critical work. */
function most({ critical }: AdmissionCandidate, limit: number): number {
  return critical ? limit : limit - reserveOf(limit);
}

function wait({ orderId, taskId }: AdmissionCandidate, reason: AdmissionReason, resource: string): AdmissionDecision {
  return { orderId, taskId, admitted: false, reason, resource };
}
