import type { CompiledTimeoutPolicy } from "../language/compiled-release.ts";
import type { TaskStateName, TimeoutAction } from "../language/kinds.ts";
import { outcomeOf } from "../order/machines.ts";
import type { Task } from "../order/task.ts";
import { addMs, msBetween } from "../support/instant.ts";

/** A step of a timeout policy as it applies to one task. */
export type TimeoutSteps = CompiledTimeoutPolicy["steps"];

/**
 * The instant of the next step after `after`, on a clock that began at `clockAt`; null when no step is left. A step with
 * `every` comes again until `until`. Steps that look at READY tasks only run on the clock that starts when a task becomes
 * ready; all others start at dispatch.
 */
export function nextTimeout(steps: TimeoutSteps, clock: "ready" | "dispatch", clockAt: string, after: string): string | null {
  const elapsed = msBetween(clockAt, after);
  let next: number | null = null;
  for (const step of steps) {
    if ((clock === "ready") !== looksAtReady(step.in)) continue;
    const due = nextDue(step, elapsed);
    if (due !== null && (next === null || due < next)) next = due;
  }
  return next === null ? null : addMs(clockAt, next);
}

/** What the policy does at `at`, in its own order, to a task in `state`. */
export function dueActions(steps: TimeoutSteps, clock: "ready" | "dispatch", clockAt: string, at: string, state: TaskStateName): readonly TimeoutAction[] {
  return dueSteps(steps, clock, clockAt, at, state).map((step) => step.do);
}

/** The steps of the policy that are due at `at` for a task in `state`. */
export function dueSteps(steps: TimeoutSteps, clock: "ready" | "dispatch", clockAt: string, at: string, state: TaskStateName): TimeoutSteps {
  const elapsed = msBetween(clockAt, at);
  return steps.filter((step) => (clock === "ready") === looksAtReady(step.in) && appliesTo(step.in, state) && isDue(step, elapsed));
}

/** Which clock runs for a task, and since when. Steps that look at READY tasks only count from there. */
export function clockOf(task: Task): { readonly clock: "ready" | "dispatch"; readonly clockAt: string | null } {
  return task.state === "READY" ? { clock: "ready", clockAt: task.readyAt } : { clock: "dispatch", clockAt: task.clockAt };
}

/** True when a step looks at tasks in this state. */
export function appliesTo(states: readonly TaskStateName[] | null, state: TaskStateName): boolean {
  return states === null ? outcomeOf(state) === "OPEN" : states.includes(state);
}

function looksAtReady(states: readonly TaskStateName[] | null): boolean {
  return states !== null && states.every((state) => state === "READY");
}

function nextDue(step: TimeoutSteps[number], elapsed: number): number | null {
  if (step.afterMs > elapsed) return step.afterMs;
  if (step.everyMs === null) return null;
  const due = step.afterMs + (Math.floor((elapsed - step.afterMs) / step.everyMs) + 1) * step.everyMs;
  return step.untilMs !== null && due > step.untilMs ? null : due;
}

function isDue(step: TimeoutSteps[number], elapsed: number): boolean {
  if (elapsed === step.afterMs) return true;
  if (step.everyMs === null || elapsed < step.afterMs) return false;
  return (elapsed - step.afterMs) % step.everyMs === 0 && (step.untilMs === null || elapsed <= step.untilMs);
}
