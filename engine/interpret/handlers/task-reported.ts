import { canonicalJson } from "../../support/canonical-json.ts";
import type { InputOf, TaskReport } from "../../order/inputs.ts";
import { isInFlight, outcomeOf } from "../../order/machines.ts";
import type { ResultVia } from "../../order/task.ts";
import { required } from "../../support/defect.ts";
import { addMs } from "../../support/instant.ts";
import type { Json } from "../../support/json.ts";
import type { Decision } from "../decision.ts";
import { failTask, NOT_EXECUTED } from "../fail-task.ts";
import { openTaskCase } from "../fallout.ts";
import type { Rejection } from "../interpretation.ts";
import { undoLateSuccess } from "../late-success.ts";
import { ownFailure } from "../make-ready.ts";
import { isUndone } from "../request-compensations.ts";
import { retryDelayMs } from "../retry-delay.ts";
import { succeed } from "../task-success.ts";

/** Between two questions about a command whose task type has no retry policy. */
const UNPOLICED_QUERY_DELAY_MS = 60_000;

/** A target system said something about a command: as its answer, in a callback, or when asked. */
export function reportTask(decision: Decision, input: InputOf<"TaskReported">): Rejection | null {
  const position = decision.order.plan === null ? undefined : decision.index.taskPosition.get(input.taskId);
  if (position === undefined) return { code: "task-not-found", message: `Order ${decision.order.id} has no task ${input.taskId}.` };
  const task = decision.task(position);
  if (outcomeOf(task.state) !== "OPEN") settledAlready(decision, position, input);
  else if (task.attempts < Math.max(input.attempt ?? 1, 1)) park(decision, position, input);
  else applyReport(decision, position, input.via, input.attempt, input.report);
  return null;
}

/** A report about a task that is under way (E4, E5). */
export function applyReport(decision: Decision, position: number, via: Exclude<ResultVia, "person" | "internal">, attempt: number | null, report: TaskReport): void {
  const task = decision.task(position);
  const { id: taskId } = task;
  const ofEarlierAttempt = attempt !== null && attempt < task.attempts;
  switch (report.status) {
    case "accepted":
      if (!ofEarlierAttempt && (task.state === "DISPATCHED" || task.state === "OUTCOME_UNKNOWN")) accept(decision, position);
      return;
    case "inProgress":
      if (task.state !== "OUTCOME_UNKNOWN" && task.state !== "DISPATCHED") return;
      decision.emitTask(position, { type: "TaskReconciled", taskId, found: "inProgress" });
      accept(decision, position);
      return;
    case "succeeded":
      if (attempt !== null && attempt < task.requestAttempt) {
        recordLate(decision, position, report, "The request it answers was replaced by an alternative");
        openTaskCase(decision, position, ownFailure("LATE_RESULT", `A success was reported for a request of "${decision.planned(position).title}" that was replaced by an alternative.`));
        return;
      }
      if (via === "query") decision.emitTask(position, { type: "TaskReconciled", taskId, found: "succeeded" });
      succeedWithEvidence(decision, position, via, report.result);
      return;
    case "failed":
      // The key is the same on every attempt: what an earlier attempt could not do says nothing about the later one.
      if (ofEarlierAttempt || !isInFlight(task.state)) {
        const known = report.failure.code === task.lastFailure?.code;
        if (report.failure.effect === "NONE" && !known) recordLate(decision, position, report, "The attempt it answers is settled already");
        return;
      }
      if (via === "query" && report.failure.effect === "NONE" && task.state === "OUTCOME_UNKNOWN") decision.emitTask(position, { type: "TaskReconciled", taskId, found: "failed" });
      failTask(decision, position, via, report.failure);
      return;
    case "notFound":
      notFound(decision, position);
      return;
    case "unanswered":
      askAgain(decision, position, report.reason);
  }
}

/** Nobody answered the question; it is asked again, more and more slowly. */
function askAgain(decision: Decision, position: number, reason: string): void {
  const { id: taskId, state, queries } = decision.task(position);
  const { retry } = decision.type(position);
  if (!isInFlight(state)) return;
  const delayMs = retry ? retryDelayMs(retry, Math.max(queries, 1), taskId) : UNPOLICED_QUERY_DELAY_MS;
  decision.emitTask(position, { type: "TaskQueryScheduled", taskId, queryAt: addMs(decision.at, delayMs), reason });
}

function accept(decision: Decision, position: number): void {
  const { id: taskId, attempts } = decision.task(position);
  decision.emitTask(position, { type: "TaskAccepted", taskId, attempt: attempts });
}

function succeedWithEvidence(decision: Decision, position: number, via: ResultVia, result: Json): void {
  const task = decision.task(position);
  // Calling work back proves nothing but that it was called back.
  const [violation] = decision.planned(position).source.by === "withdrawal" ? [] : decision.type(position).evidence(result);
  if (!violation) {
    succeed(decision, position, { result, via, attempt: task.attempts });
    return;
  }
  // A person has it already.
  if (task.state === "AWAITING_MANUAL_ACTION") return;
  // It happened, but nothing proves it: neither success nor something to send again.
  const { title } = decision.planned(position);
  failTask(decision, position, via, {
    code: "EVIDENCE_INCOMPLETE", httpStatus: null, effect: "PARTIAL",
    message: `"${title}" was reported done without the evidence it must carry: ${violation.path} ${violation.message}`,
  });
}

/**
 * The system does not know the command. For one that only answers questions this is believed after its settle window, since
 * the command may still be on its way; then it is proof that nothing happened, and the command may go out again.
 */
function notFound(decision: Decision, position: number): void {
  const task = decision.task(position);
  if (task.state !== "OUTCOME_UNKNOWN" && task.state !== "DISPATCHED" && task.state !== "WAITING") return;
  const system = required(decision.type(position).targetSystem, `The target system of ${task.id}`);
  // From a system that keeps no record of keys it proves nothing.
  if (system.definition.effects.class === "neither") return;
  const settledAt = addMs(task.sentAt ?? decision.at, system.settleWindowMs);
  if (decision.at < settledAt) {
    decision.emitTask(position, { type: "TaskQueryScheduled", taskId: task.id, queryAt: settledAt, reason: `"${system.definition.title}" does not know the command yet; it may still be on its way` });
    return;
  }
  if (task.state !== "OUTCOME_UNKNOWN") {
    decision.emitTask(position, { type: "TaskOutcomeBecameUnknown", taskId: task.id, cause: "The system does not know the command", queryAt: null, resendAt: null });
  }
  decision.emitTask(position, { type: "TaskReconciled", taskId: task.id, found: "notFound" });
  failTask(decision, position, "query", { code: NOT_EXECUTED, message: `"${system.definition.title}" never received the command`, httpStatus: null, effect: "NONE" });
}

/** A result before its command was sent is kept until the dispatch, never lost (E5). */
function park(decision: Decision, position: number, input: InputOf<"TaskReported">): void {
  if (input.report.status !== "succeeded" && input.report.status !== "failed") return;
  const parked = decision.order.parkedResults.find(({ taskId }) => taskId === input.taskId);
  if (parked) {
    if (canonicalJson(parked.report) === canonicalJson(input.report as unknown as Json)) return;
    recordLate(decision, position, input.report, "Another result for this task is parked already");
    return;
  }
  decision.emit({ type: "ResultParked", parked: { taskId: input.taskId, inputId: input.id, report: input.report as unknown as Json } });
}

/**
 * A repeat says nothing new; a success of cancelled work is recorded and undone; anything else about settled work is
 * recorded and looked at by a person.
 */
function settledAlready(decision: Decision, position: number, input: InputOf<"TaskReported">): void {
  const task = decision.task(position);
  const { report } = input;
  if (report.status === "succeeded") {
    if (task.state === "SUCCEEDED" && (canonicalJson(task.evidence) === canonicalJson(report.result) || task.via === "person")) return;
    if (task.state === "CANCELLED" && isUndone(decision, task.id)) return;
    recordLate(decision, position, report, `The task is ${task.state} already`);
    if (task.state === "CANCELLED" && undoLateSuccess(decision, position, report.result)) return;
    openTaskCase(decision, position, ownFailure("LATE_RESULT", `A success was reported for "${decision.planned(position).title}", which is settled already.`));
  } else if (report.status === "failed" && report.failure.effect === "NONE" && input.via !== "response" && task.state === "SUCCEEDED") {
    recordLate(decision, position, report, `The task is ${task.state} already`);
    openTaskCase(decision, position, ownFailure("LATE_RESULT", `A failure was reported for "${decision.planned(position).title}", which has succeeded.`));
  }
}

function recordLate(decision: Decision, position: number, report: TaskReport, reason: string): void {
  decision.emit({ type: "LateResultRecorded", taskId: decision.planned(position).id, inputId: decision.input.id, report: report as unknown as Json, reason });
}
