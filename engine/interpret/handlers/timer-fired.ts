import type { InputOf } from "../../order/inputs.ts";
import { isInFlight } from "../../order/machines.ts";
import type { TaskTimerPurpose } from "../../order/task.ts";
import type { TimeoutAction } from "../../language/kinds.ts";
import { required } from "../../support/defect.ts";
import { lookAgain } from "../wake-waiters.ts";
import { isQuestion } from "../command-of.ts";
import type { Decision } from "../decision.ts";
import { escalateManualTask } from "../escalation.ts";
import { escalateUnknown } from "../fail-task.ts";
import { openOrderCase, openTaskCase } from "../fallout.ts";
import { makeReady, ownFailure } from "../make-ready.ts";
import { MILESTONE_MISSED, missedReason, missMilestone, reachMilestone } from "../settle-milestones.ts";
import { clockOf, dueActions, nextTimeout } from "../timeout-clock.ts";
import { timeoutSteps } from "../timeout-steps.ts";

/** A clock ran out. One that was cancelled or moved in the meantime says nothing. */
export function fireTimer(decision: Decision, input: InputOf<"TimerFired">): null {
  const split = input.timerId.lastIndexOf("#");
  const subject = input.timerId.slice(0, split);
  const purpose = input.timerId.slice(split + 1);
  if (purpose === "deadline") passDeadline(decision, subject);
  else if (purpose === "due") milestoneDue(decision, subject);
  else if (decision.order.plan) {
    const position = decision.index.taskPosition.get(subject);
    if (position !== undefined) fireTaskTimer(decision, position, purpose as TaskTimerPurpose);
  }
  return null;
}

function fireTaskTimer(decision: Decision, position: number, purpose: TaskTimerPurpose): void {
  const task = decision.task(position);
  const dueAt = task.timers[purpose];
  if (dueAt === undefined || dueAt > decision.at) return;
  switch (purpose) {
    case "wake":
    case "window":
      decision.emitTask(position, { type: "TaskWoken", taskId: task.id });
      lookAgain(decision, [position]);
      return;
    case "retry":
      if (task.state === "RETRY_SCHEDULED") makeReady(decision, position);
      else if (task.state === "OUTCOME_UNKNOWN") requestResend(decision, position, "The same command is sent again with the same key");
      return;
    case "query":
      query(decision, position);
      return;
    case "escalate":
      escalateManualTask(decision, position);
      return;
    case "timeout":
      timeOut(decision, position, dueAt);
  }
}

/**
 * The next step of the timeout policy: the clock of the task ran out, which is never a failure (22a section 13). The other
 * timeout, an adapter that got no answer to its call, is reported as a failure (`TIMEOUT`) and goes through `fail-task.ts`.
 */
function timeOut(decision: Decision, position: number, dueAt: string): void {
  const task = decision.task(position);
  const steps = timeoutSteps(decision, position);
  const { clock, clockAt: since } = clockOf(task);
  const clockAt = since ?? dueAt;
  const actions = dueActions(steps, clock, clockAt, dueAt, task.state);
  decision.emitTask(position, { type: "TaskTimeoutStepPassed", taskId: task.id, timeoutAt: nextTimeout(steps, clock, clockAt, dueAt) });
  for (const action of actions) takeStep(decision, position, action);
  // A step of the same instant may look at the state the one before has made.
  if (decision.task(position).state !== task.state) {
    const later = dueActions(steps, clock, clockAt, dueAt, decision.task(position).state).filter((action) => !actions.includes(action));
    for (const action of later) takeStep(decision, position, action);
  }
  if (decision.task(position).queries === task.queries) neverInSilence(decision, position);
}

/** A policy that has nothing left to do about work under way hands it to a person. */
function neverInSilence(decision: Decision, position: number): void {
  const task = decision.task(position);
  const resend = task.state === "OUTCOME_UNKNOWN" && task.resend;
  if (isInFlight(task.state) && !resend && Object.keys(task.timers).length === 0) escalate(decision, position);
}

function takeStep(decision: Decision, position: number, action: TimeoutAction): void {
  const planned = decision.planned(position);
  const { state } = decision.task(position);
  switch (action) {
    case "MARK_OUTCOME_UNKNOWN":
      if (state === "DISPATCHED" || state === "WAITING") markUnknown(decision, position);
      return;
    case "QUERY_STATUS":
      if (isInFlight(state)) query(decision, position);
      return;
    case "RETRY_SAME_COMMAND":
      repeat(decision, position);
      return;
    case "ESCALATE":
      escalate(decision, position);
      return;
    case "CANCEL_TASK":
      if (state === "READY" || state === "PENDING") decision.emitTask(position, { type: "TaskCancelled", taskId: planned.id, reason: "It was not started in time" });
  }
}

function markUnknown(decision: Decision, position: number): void {
  const { id: taskId } = decision.task(position);
  decision.emitTask(position, { type: "TaskOutcomeBecameUnknown", taskId, cause: "No answer came in time", queryAt: null, resendAt: null });
}

/** The same command, the same key - or, for a question, simply the question again. The compiler admits this step only where it is safe. */
function repeat(decision: Decision, position: number): void {
  const { work } = decision.type(position).definition;
  const { state } = decision.task(position);
  if (!isInFlight(state)) return;
  if (work.by === "system" && work.mode === "query") makeReady(decision, position);
  else {
    if (state !== "OUTCOME_UNKNOWN") markUnknown(decision, position);
    requestResend(decision, position, "No answer came in time: the same command is sent again with the same key");
  }
}

function requestResend(decision: Decision, position: number, reason: string): void {
  const task = decision.task(position);
  if (task.state !== "OUTCOME_UNKNOWN" || task.resend) return;
  const maxAttempts = decision.type(position).retry?.definition.maxAttempts ?? 1;
  if (task.attempts >= maxAttempts) escalateUnknown(decision, position, `The outcome is still unknown after ${task.attempts} attempts`);
  else decision.emitTask(position, { type: "TaskResendRequested", taskId: task.id, reason });
}

function query(decision: Decision, position: number): void {
  const task = decision.task(position);
  if (!isInFlight(task.state) || task.idempotencyKey === null) return;
  const system = required(decision.type(position).targetSystem, `The target system of ${task.id}`);
  const number = task.queries + 1;
  const commandId = `${task.id}/query/${number}`;
  decision.emitTask(position, { type: "TaskStatusQueried", taskId: task.id, query: number, commandId });
  decision.commands.push({
    type: "QueryTask", commandId, idempotencyKey: task.idempotencyKey, correlationId: decision.order.correlationId,
    causationId: decision.lastEventId(), orderId: decision.order.id, taskId: task.id, attempt: task.attempts, targetSystem: system.definition.key,
  });
}

function escalate(decision: Decision, position: number): void {
  const task = decision.task(position);
  if ((task.state === "DISPATCHED" || task.state === "WAITING") && !isQuestion(decision, position)) {
    // A person can only find out what is not known: from now on it counts as unknown.
    markUnknown(decision, position);
    escalateUnknown(decision, position, `"${decision.planned(position).title}" has taken longer than its policy allows`);
    return;
  }
  if (task.state === "OUTCOME_UNKNOWN") escalateUnknown(decision, position, `${task.cause}; nobody could find out what happened`);
  else {
    const { title } = decision.planned(position);
    openTaskCase(decision, position, { ...ownFailure("TIMEOUT", `"${title}" has taken longer than its policy allows.`), effect: "POSSIBLE", class: "UNKNOWN" });
  }
}

function passDeadline(decision: Decision, subject: string): void {
  const item = decision.order.items.find(({ id }) => `${decision.order.id}/${id}` === subject);
  if (!item?.deadlineAt || item.deadlinePassed || item.deadlineAt > decision.at || item.completedAt !== null) return;
  decision.emit({ type: "ItemDeadlinePassed", itemId: item.id });
  decision.touchedItems.add(item.id);
}

function milestoneDue(decision: Decision, subject: string): void {
  const position = decision.order.milestones.findIndex(({ id }) => `${decision.order.id}/${id}` === subject);
  const milestone = decision.order.milestones[position];
  const planned = decision.order.plan?.graph.milestones[position];
  if (!milestone?.dueAt || !planned || milestone.outcome !== "OPEN" || milestone.dueAt > decision.at) return;
  if ("instant" in planned.by) reachMilestone(decision, position);
  else {
    missMilestone(decision, position, "it was expected by now");
    openOrderCase(decision, planned.itemId, MILESTONE_MISSED, missedReason(planned, milestone));
  }
}
