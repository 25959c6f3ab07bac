import type { InputOf } from "../../order/inputs.ts";
import type { Decision } from "../decision.ts";
import { closeTaskCase } from "../fallout.ts";
import type { Rejection } from "../interpretation.ts";
import { makeReady } from "../make-ready.ts";
import { lookAgain } from "../wake-waiters.ts";

/** A person lets a stopped task try again. An unknown outcome is found out first; a retry could do it twice. */
export function retryTask(decision: Decision, input: InputOf<"RetryTask">): Rejection | null {
  const position = decision.order.plan === null ? undefined : decision.index.taskPosition.get(input.taskId);
  if (position === undefined) return { code: "task-not-found", message: `Order ${decision.order.id} has no task ${input.taskId}.` };
  const task = decision.task(position);
  const honorsKey = decision.type(position).targetSystem?.definition.effects.class === "idempotent-key";
  const mayRepeat = task.effect === "NONE" || honorsKey;
  if (task.state === "OUTCOME_UNKNOWN" || (task.state === "AWAITING_MANUAL_ACTION" && !mayRepeat)) {
    return { code: "reconcile-first", message: `The outcome of task ${task.id} is unknown: find out what happened, then complete its manual task.` };
  }
  const isPersonsWork = task.state === "AWAITING_MANUAL_ACTION" && task.manual.cause === "WORK";
  if (task.state !== "AWAITING_MANUAL_ACTION" || isPersonsWork) {
    return { code: "invalid-transition", message: `Task ${task.id} is ${task.state}: only work that failed and waits for a person can be retried.` };
  }
  retryNow(decision, position, input.actor.id, input.reason);
  return null;
}

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
  decision.emitTask(position, { type: "TaskRetryRequested", taskId: task.id, by, reason });
  lookAgain(decision, [position]);
}
