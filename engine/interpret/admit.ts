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
}

/** Admitted, or the reason to wait. `resource` names what must come free: the same text is used to wake the task. */
export type AdmissionDecision =
  | { readonly orderId: string; readonly taskId: string; readonly admitted: true }
  | { readonly orderId: string; readonly taskId: string; readonly admitted: false; readonly reason: AdmissionReason; readonly resource: string };

export type AdmissionReason = "held" | "global-concurrency" | "target-concurrency" | "target-outstanding" | "target-rate" | "locked";

/** The name of a lock in tables and maps. */
export function lockName(lock: Lock): string {
  return `${lock.scope}|${lock.key}`;
}

/** D1: priority DESC, dependencyDepth ASC, taskId ASC; ids compare by code unit so that every machine agrees. */
export function compareCandidates(
  a: Pick<AdmissionCandidate, "priority" | "depth" | "taskId">,
  b: Pick<AdmissionCandidate, "priority" | "depth" | "taskId">,
): number {
  return b.priority - a.priority || a.depth - b.depth || (a.taskId < b.taskId ? -1 : a.taskId > b.taskId ? 1 : 0);
}

/**
 * Decides which candidates go out now (D3, D4). Pure: the same candidates and usage give the same answer, whatever order
 * they are given in. Each admission counts at once against those after it. A task takes all its locks or none, in the
 * fixed order of their names, so that tasks never wait for each other in a circle.
 */
export function admit(candidates: readonly AdmissionCandidate[], usage: AdmissionUsage): readonly AdmissionDecision[] {
  const targets = new Map<string, { dispatched: number; outstanding: number; tokens: number }>();
  const taken = new Map(usage.heldLocks);
  let dispatched = usage.global.dispatched;

  const decide = (candidate: AdmissionCandidate): AdmissionDecision => {
    const { orderId, taskId, targetSystem, limits } = candidate;
    const wait = (reason: AdmissionReason, resource: string): AdmissionDecision => ({ orderId, taskId, admitted: false, reason, resource });
    if (candidate.held) return wait("held", `held:${orderId}`);
    const names = candidate.locks.map(lockName).sort();
    const held = candidate.locked ? undefined : names.find((name) => (taken.get(name) ?? taskId) !== taskId);
    if (held !== undefined) return wait("locked", `lock:${held}`);

    if (targetSystem !== null && limits !== null) {
      const known = usage.targets.get(targetSystem) ?? { dispatched: 0, outstanding: 0, tokens: limits.ratePerSecond ?? Infinity };
      const use = targets.get(targetSystem) ?? { ...known };
      targets.set(targetSystem, use);
      if (dispatched >= usage.global.limit) return wait("global-concurrency", "global");
      if (use.dispatched >= limits.concurrency) return wait("target-concurrency", `target:${targetSystem}`);
      // A repeat of an unknown command is outstanding already: it takes no new place.
      if (!candidate.locked && limits.outstanding !== undefined && use.outstanding >= limits.outstanding) {
        return wait("target-outstanding", `target:${targetSystem}`);
      }
      if (limits.ratePerSecond !== undefined && use.tokens < 1) return wait("target-rate", `rate:${targetSystem}`);
      use.dispatched += 1;
      use.outstanding += candidate.locked ? 0 : 1;
      use.tokens -= 1;
      dispatched += 1;
    }
    for (const name of names) taken.set(name, taskId);
    return { orderId, taskId, admitted: true };
  };

  return [...candidates].sort(compareCandidates).map(decide);
}
