import type { Decision } from "./decision.ts";
import { closeTaskCase } from "./fallout.ts";
import { makeReady } from "./make-ready.ts";
import { lookAgain } from "./wake-waiters.ts";

/** Starts a task over after a person's decision. Its attempts go on counting; its key stays. */
export function retryNow(decision: Decision, position: number, by: string, reason: string): void {
  const task = decision.task(position);
  closeTaskCase(decision, task.id, `Retried: ${reason}`, by);
  if (task.state === "OUTCOME_UNKNOWN") {
    // The person found out that nothing happened.
    decision.emitTask(position, { type: "TaskReconciled", taskId: task.id, found: "notFound" });
    makeReady(decision, position);
    return;
  }
  // Whoever lets it start over answers for it that nothing is left of the attempt before.
  if (task.effect !== "NONE") decision.emitTask(position, { type: "TaskReconciled", taskId: task.id, found: "notFound" });
  decision.emitTask(position, { type: "TaskRetryRequested", taskId: task.id, by, reason });
  lookAgain(decision, [position]);
}
