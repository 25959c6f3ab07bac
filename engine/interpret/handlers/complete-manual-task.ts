import type { CompiledManualTask } from "../../language/compiled-release.ts";
import type { Outcome } from "../../language/kinds.ts";
import type { InputOf } from "../../order/inputs.ts";
import { repairByForm } from "../../repair/repair-by-form.ts";
import { isJsonObject } from "../../support/json.ts";
import type { Decision } from "../decision.ts";
import { failFinally, holdForCustomer, mayHold } from "../fail-task.ts";
import { closeTaskCase, openCaseOf } from "../fallout.ts";
import type { Rejection } from "../interpretation.ts";
import { retryNow } from "../retry-now.ts";
import { succeed } from "../task-success.ts";
import { cancelItems } from "./request-cancellation.ts";

type Refusal = Rejection | null | Promise<Rejection | null>;

/**
 * A person finished a manual task: work that is a person's, the repair of a failed task, or the search for what an unknown
 * command did. Whoever claimed it must be the one who finishes it. The form must fit; a success of a system's work must
 * also carry that system's evidence.
 */
export function completeManualTask(decision: Decision, input: InputOf<"CompleteManualTask">): Refusal {
  const position = decision.order.plan === null ? undefined : decision.index.taskPosition.get(input.taskId);
  if (position === undefined) return { code: "task-not-found", message: `Order ${decision.order.id} has no task ${input.taskId}.` };
  const task = decision.task(position);
  const manual = manualTaskOf(decision, position);
  if (!manual || (task.state !== "AWAITING_MANUAL_ACTION" && task.state !== "OUTCOME_UNKNOWN")) {
    return { code: "invalid-transition", message: `Task ${task.id} is ${task.state}: there is nothing for a person to complete.` };
  }
  const claimedBy = task.state === "AWAITING_MANUAL_ACTION" ? task.manual.claimedBy : null;
  if (claimedBy !== null && claimedBy !== input.actor.id) return { code: "already-claimed", message: `${claimedBy} has task ${task.id}; it must be given back first.` };
  const outcome = manual.definition.outcomes.find((candidate) => candidate.key === input.outcome);
  if (!outcome) {
    const offered = manual.definition.outcomes.map((candidate) => candidate.key).join(", ");
    return { code: "outcome-not-allowed", message: `"${manual.definition.title}" offers ${offered}, not ${input.outcome}.` };
  }
  const [violation] = manual.form(input.form);
  if (violation) return { code: "form-invalid", message: `The form does not fit: ${violation.path} ${violation.message}`, details: { path: violation.path } };
  return follow(decision, position, input, outcome);
}

function manualTaskOf(decision: Decision, position: number): CompiledManualTask | undefined {
  const task = decision.task(position);
  const key = task.state === "AWAITING_MANUAL_ACTION" ? task.manual.manualTask : (openCaseOf(decision, task.id)?.manualTask ?? null);
  return key === null ? undefined : decision.release.manualTasks.get(key);
}

/** What the outcome does to the task, its item or its order. */
function follow(decision: Decision, position: number, input: InputOf<"CompleteManualTask">, outcome: Outcome): Refusal {
  const task = decision.task(position);
  const by = input.actor.id;
  const said = outcome.title ?? outcome.key;
  switch (outcome.effect) {
    case "SUCCEED":
      return succeedByPerson(decision, position, input, outcome);
    case "RETRY":
      // A form that corrects the request is the repair of that name, with its own right and its own rules.
      if (isJsonObject(input.form["corrections"]) && Object.keys(input.form["corrections"]).length > 0) return repairByForm(decision, "CORRECT_PAYLOAD", input, said);
      retryNow(decision, position, by, outcome.key);
      return null;
    case "WAIVE":
      return repairByForm(decision, "WAIVE", input, said);
    case "FAIL":
      closeTaskCase(decision, task.id, `Ended without success: ${outcome.key}`, by);
      failFinally(decision, position, `${said}, decided by ${by}`, by);
      return null;
    case "HOLD":
    case "REQUOTE":
      if (task.state !== "AWAITING_MANUAL_ACTION") return { code: "reconcile-first", message: `Find out first what the command of task ${task.id} did.` };
      if (!mayHold(decision, position)) return { code: "invalid-transition", message: `Item ${decision.planned(position).itemId} is not being fulfilled any more: there is nothing to wait for the customer for.` };
      closeTaskCase(decision, task.id, `Waits for the customer: ${outcome.key}`, by);
      holdForCustomer(decision, position, outcome.effect === "REQUOTE" ? `A new quote is needed: ${reasonOf(input, said)}` : reasonOf(input, said));
      return null;
    case "CANCEL_ITEM":
      return cancelItems(decision, { itemIds: [decision.planned(position).itemId], reason: reasonOf(input, said), requestedBy: by });
    case "CANCEL_ORDER":
      return cancelItems(decision, { itemIds: null, reason: reasonOf(input, said), requestedBy: by });
  }
}

function succeedByPerson(decision: Decision, position: number, input: InputOf<"CompleteManualTask">, outcome: Outcome): Rejection | null {
  const task = decision.task(position);
  // The repair of a person's work is proven by that work's form, not by the repair's.
  const ownWork = task.state === "AWAITING_MANUAL_ACTION" && task.manual.cause === "WORK";
  const evidence = ownWork ? input.form : input.evidence;
  const [unproven] = ownWork ? [] : decision.type(position).evidence(evidence);
  if (unproven) return { code: "evidence-invalid", message: `The evidence does not prove the work: ${unproven.path} ${unproven.message}`, details: { path: unproven.path } };
  succeed(decision, position, { result: evidence, via: "person", attempt: task.attempts, by: input.actor.id, decision: outcome.key });
  return null;
}

function reasonOf({ form }: InputOf<"CompleteManualTask">, said: string): string {
  const reason = form["reason"];
  return typeof reason === "string" && reason.trim() !== "" ? `${said}: ${reason}` : said;
}
