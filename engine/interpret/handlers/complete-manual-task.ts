import type { InputOf } from "../../order/inputs.ts";
import type { Decision } from "../decision.ts";
import { failFinally, holdForCustomer } from "../fail-task.ts";
import { closeTaskCase, openCaseOf } from "../fallout.ts";
import type { Rejection } from "../interpretation.ts";
import { succeed } from "../task-success.ts";
import { retryNow } from "./retry-task.ts";

/**
 * A person finished a manual task: work that is a person's, the repair of a failed task, or the search for what an unknown
 * command did. The form must fit; a success of a system's work must also carry that system's evidence.
 */
export function completeManualTask(decision: Decision, input: InputOf<"CompleteManualTask">): Rejection | null {
  const position = decision.order.plan === null ? undefined : decision.index.taskPosition.get(input.taskId);
  if (position === undefined) return { code: "task-not-found", message: `Order ${decision.order.id} has no task ${input.taskId}.` };
  const task = decision.task(position);
  const key = task.state === "AWAITING_MANUAL_ACTION" ? task.manual.manualTask : (openCaseOf(decision, task.id)?.manualTask ?? null);
  const manual = key === null ? undefined : decision.release.manualTasks.get(key);
  if (!manual || (task.state !== "AWAITING_MANUAL_ACTION" && task.state !== "OUTCOME_UNKNOWN")) {
    return { code: "invalid-transition", message: `Task ${task.id} is ${task.state}: there is nothing for a person to complete.` };
  }
  const outcome = manual.definition.outcomes.find((candidate) => candidate.key === input.outcome);
  if (!outcome) {
    const offered = manual.definition.outcomes.map((candidate) => candidate.key).join(", ");
    return { code: "outcome-not-allowed", message: `"${manual.definition.title}" offers ${offered}, not ${input.outcome}.` };
  }
  const [violation] = manual.form(input.form);
  if (violation) return { code: "form-invalid", message: `The form does not fit: ${violation.path} ${violation.message}`, details: { path: violation.path } };
  const by = input.actor.id;

  switch (outcome.effect) {
    case "SUCCEED": {
      // The repair of a person's work is proven by that work's form, not by the repair's.
      const ownWork = task.state === "AWAITING_MANUAL_ACTION" && task.manual.cause === "WORK";
      const evidence = ownWork ? input.form : input.evidence;
      const [unproven] = ownWork ? [] : decision.type(position).evidence(evidence);
      if (unproven) return { code: "evidence-invalid", message: `The evidence does not prove the work: ${unproven.path} ${unproven.message}`, details: { path: unproven.path } };
      succeed(decision, position, { result: evidence, via: "person", attempt: task.attempts, by, decision: outcome.key });
      return null;
    }
    case "RETRY":
      retryNow(decision, position, by, outcome.key);
      return null;
    case "FAIL":
      closeTaskCase(decision, task.id, `Ended without success: ${outcome.key}`, by);
      failFinally(decision, position, `${outcome.title ?? outcome.key}, decided by ${by}`, by);
      return null;
    case "HOLD":
      if (task.state !== "AWAITING_MANUAL_ACTION") return { code: "reconcile-first", message: `Find out first what the command of task ${task.id} did.` };
      closeTaskCase(decision, task.id, `Waits for the customer: ${outcome.key}`, by);
      holdForCustomer(decision, position);
      return null;
  }
}
