import type { CompiledRetryPolicy, CompiledTargetSystem } from "../language/compiled-release.ts";
import type { FailureClass } from "../language/kinds.ts";
import { isInFlight } from "../order/machines.ts";
import type { ReportedFailure } from "../order/inputs.ts";
import type { Failure } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { ResultVia, Task } from "../order/task.ts";
import { isMessage, isUndo } from "../order/planned-work.ts";
import { required } from "../support/defect.ts";
import { addMs, msBetween } from "../support/instant.ts";
import { isJsonObject } from "../support/json.ts";
import { isQuestion } from "./command-of.ts";
import type { Decision } from "./decision.ts";
import { itemFacts, orderFacts, taskFacts } from "./facts-of.ts";
import { openCaseOf, openTaskCase, templateOf } from "./fallout.ts";
import { makeReady, stopForPerson } from "./make-ready.ts";
import { retryDelayMs } from "./retry-delay.ts";

/** Code of a command of which the system, asked after its settle window, knows nothing: it never ran. */
export const NOT_EXECUTED = "NOT_EXECUTED";

/**
 * An attempt failed: the target system's table says what kind of failure it is (F1), and policy decides what follows. In
 * this order: a business outcome the task type knows; an effect that may have happened is found out, never repeated
 * blindly; a retry; an alternative; a person.
 */
export function failTask(decision: Decision, position: number, via: ResultVia, reported: ReportedFailure): void {
  const planned = decision.planned(position);
  const type = decision.type(position);
  const system = required(type.targetSystem, `The target system of ${planned.type}`);
  const underWay = isInFlight(decision.task(position).state);
  const failure = classify(decision, position, system, isQuestion(decision, position) ? { ...reported, effect: "NONE" } : believed(decision, position, via, reported));
  decision.emitTask(position, { type: "TaskAttemptFailed", taskId: planned.id, attempt: decision.task(position).attempts, failure, via });

  // Nothing is under way that could be repeated or asked about: only a person can judge it.
  if (!underWay) return stopForPerson(decision, position, failure);

  const outcome = type.definition.outcomes?.find(({ key }) => key === failure.code);
  const unsure = mayHaveHappened(decision, position, via, failure);
  // A known answer is definite, unless the system itself says that something may have happened.
  if (unsure && (!outcome || failure.effect === "POSSIBLE")) return becomeUnknown(decision, position, system, failure.message);
  if (isCancelled(decision, planned)) return endCancelled(decision, position, failure);
  if (outcome?.effect === "HOLD" && mayHold(decision, position)) return holdForCustomer(decision, position);
  if (outcome?.effect === "FAIL") return failFinally(decision, position, failure.message);
  const retryable = outcome?.effect === "RETRY" || isRetryable(type.retry, failure);
  if (retryable && scheduleRetry(decision, position, failure)) return;
  if (tryAlternative(decision, position, failure)) return;
  giveUp(decision, position, failure, retryable);
}

/**
 * What a failure says about the work as a whole. A repeat that was not even let in proves nothing about the sending before
 * it, which was never answered; only a system that knows the key and has judged the command speaks for both.
 */
function believed(decision: Decision, position: number, via: ResultVia, reported: ReportedFailure): ReportedFailure {
  if (!decision.task(position).unanswered || reported.effect !== "NONE" || via !== "response") return reported;
  const { httpStatus } = reported;
  const judged = httpStatus !== null && httpStatus >= 400 && httpStatus < 500 && httpStatus !== 429 && httpStatus !== 408;
  const knowsKey = decision.type(position).targetSystem?.definition.effects.class === "idempotent-key";
  return judged && knowsKey ? reported : { ...reported, effect: "POSSIBLE" };
}

/** Work of an item that is being cancelled is not tried again; undoing it is. */
function isCancelled(decision: Decision, planned: PlannedTask): boolean {
  return decision.item(planned.itemId).state === "CANCELLING" && !isUndo(planned) && !isMessage(planned);
}

/** It is over when it provably did nothing; what it did in part has to be found and undone by someone. */
function endCancelled(decision: Decision, position: number, failure: Failure): void {
  if (failure.effect !== "NONE") return stopForPerson(decision, position, failure);
  decision.emitTask(position, { type: "TaskCancelled", taskId: decision.planned(position).id, reason: "The item is cancelled, and the work did nothing" });
}

function classify(decision: Decision, position: number, system: CompiledTargetSystem, reported: ReportedFailure): Failure {
  const { code, message, httpStatus, effect } = reported;
  if (code === NOT_EXECUTED) return { ...reported, class: "TRANSIENT", rule: "engine" };
  const facts = {
    failure: { code, effect, ...(httpStatus !== null && { httpStatus }) },
    task: taskFacts(decision.planned(position), decision.task(position), decision.release),
  };
  const answer = system.failures.evaluate(facts);
  const found = answer.hit === "one" ? answer.outputs["class"] : null;
  const rule = `${system.failures.definition.key}/${answer.hit === "one" ? (answer.rows[0] ?? "otherwise") : "none"}`;
  return { code, message, httpStatus, effect, class: typeof found === "string" ? (found as FailureClass) : "UNKNOWN", rule };
}

/** Only a command has effects; a question that went unanswered may be asked again. */
function mayHaveHappened(decision: Decision, position: number, via: ResultVia, failure: Failure): boolean {
  // What a status query says is the answer to the question, not another doubt.
  if (via === "query" && failure.effect === "NONE") return false;
  const { work } = decision.type(position).definition;
  if (work.by !== "system" || work.mode === "query" || failure.effect === "PARTIAL") return false;
  return failure.class === "UNKNOWN" || failure.class === "DUPLICATE" || failure.effect === "POSSIBLE";
}

/**
 * OUTCOME_UNKNOWN (22a section 11). What follows is decided by the effects class alone: a system that honors the key gets
 * the same command again, one that answers questions is asked, and with one that does neither a person finds out.
 */
export function becomeUnknown(decision: Decision, position: number, system: CompiledTargetSystem, cause: string): void {
  const { id: taskId, attempts, queries } = decision.task(position);
  const { retry } = decision.type(position);
  const soon = addMs(decision.at, retry ? retryDelayMs(retry, attempts + queries, taskId) : 0);
  const effects = system.definition.effects.class;
  const maxAttempts = retry?.definition.maxAttempts ?? 1;
  decision.emitTask(position, {
    type: "TaskOutcomeBecameUnknown", taskId, cause,
    queryAt: effects === "queryable" ? soon : null,
    resendAt: effects === "idempotent-key" && attempts < maxAttempts ? soon : null,
  });
  if (effects === "neither" || (effects === "idempotent-key" && attempts >= maxAttempts)) escalateUnknown(decision, position, cause);
}

/** An unknown that no machine can resolve stays unknown, with a case (contracts: States). */
export function escalateUnknown(decision: Decision, position: number, cause: string): void {
  const { lastFailure } = decision.task(position);
  const base = lastFailure ?? { code: "TIMEOUT", httpStatus: null, rule: "engine" };
  openTaskCase(decision, position, { ...base, message: cause, effect: "POSSIBLE", class: "UNKNOWN" });
}

/** True when the policy tries again after such a failure, as long as attempts and time are left. */
export function isRetryable(retry: CompiledRetryPolicy | undefined, failure: Failure): boolean {
  if (!retry || retry.definition.neverOn?.codes.includes(failure.code)) return false;
  // A command that provably never ran is as good as one that was never sent.
  if (failure.code === NOT_EXECUTED) return true;
  return retry.definition.retryOn.classes.includes(failure.class) || (retry.definition.retryOn.codes?.includes(failure.code) ?? false);
}

/** Puts the next attempt on the clock; false when attempts or time are used up. */
function scheduleRetry(decision: Decision, position: number, failure: Failure): boolean {
  const task: Task = decision.task(position);
  const { retry } = decision.type(position);
  if (!retry || task.attempts >= retry.definition.maxAttempts) return false;
  const retryAt = addMs(decision.at, retryDelayMs(retry, task.attempts, task.idempotencyKey ?? task.id));
  if (retry.maxElapsedMs !== null && msBetween(task.startedAt ?? decision.at, retryAt) > retry.maxElapsedMs) return false;
  const escalateAfter = retry.definition.escalateAfterAttempts;
  if (escalateAfter !== undefined && task.attempts >= escalateAfter && !openCaseOf(decision, task.id)) openTaskCase(decision, position, failure);
  decision.emitTask(position, { type: "TaskRetryScheduled", taskId: task.id, retryAt, attempt: task.attempts + 1, reason: failure.message });
  return true;
}

/** The next alternative of the template that answers this code: a new request, so a new key (E10). */
function tryAlternative(decision: Decision, position: number, failure: Failure): boolean {
  const planned = decision.planned(position);
  if (planned.source.by !== "template" || failure.effect !== "NONE") return false;
  const alternatives = templateOf(decision, planned.source.template).tasks[planned.source.task]?.alternatives ?? [];
  const task = decision.task(position);
  const next = alternatives.findIndex(({ onCodes }, index) => index >= task.alternatives && onCodes.includes(failure.code));
  const alternative = alternatives[next];
  if (!alternative) return false;
  const values = alternative.with.evaluate({ order: orderFacts(decision.order), item: itemFacts(decision.order, decision.item(planned.itemId)) });
  decision.emitTask(position, {
    type: "TaskAlternativeChosen", taskId: planned.id, alternative: next + 1,
    with: { ...task.with, ...(isJsonObject(values) ? values : {}) }, requestRevision: task.requestRevision + 1,
  });
  makeReady(decision, position);
  return true;
}

/** Nothing automatic is left: a case, and a person - or the end, by policy or because the work was optional. */
function giveUp(decision: Decision, position: number, failure: Failure, exhausted: boolean): void {
  const planned = decision.planned(position);
  // A recall that is refused changes nothing: the work it was for decides.
  if (planned.source.by === "withdrawal") return failFinally(decision, position, failure.message);
  const final = exhausted && decision.type(position).retry?.definition.onExhausted === "FAIL_FINAL";
  // A charge that holds nothing up is owed all the same.
  const optional = !planned.mandatory && planned.source.by !== "billing-trigger";
  if (optional || final) {
    openTaskCase(decision, position, failure);
    failFinally(decision, position, failure.message);
  } else {
    stopForPerson(decision, position, failure);
  }
}

export function failFinally(decision: Decision, position: number, reason: string, by?: string): void {
  decision.emitTask(position, { type: "TaskFailedFinally", taskId: decision.planned(position).id, reason, ...(by !== undefined && { by }) });
}

/** True when the customer can be waited for: the item is still being fulfilled. */
export function mayHold(decision: Decision, position: number): boolean {
  const { state } = decision.item(decision.planned(position).itemId);
  return state === "IN_PROGRESS" || state === "HELD";
}

/** The customer must act: nothing technical is undone, the item waits (C6). Only where `mayHold`. */
export function holdForCustomer(decision: Decision, position: number, reason?: string): void {
  const { id: taskId, itemId } = decision.planned(position);
  decision.emitTask(position, { type: "TaskManualActionRequired", taskId, manual: { cause: "HOLD", manualTask: null, queue: null, role: null, dueAt: null, claimedBy: null, escalations: [] }, escalateAt: null });
  if (decision.item(itemId).state === "IN_PROGRESS") decision.emit({ type: "ItemHeld", itemId, cause: "CUSTOMER_ACTION", ...(reason !== undefined && { reason }) });
}
