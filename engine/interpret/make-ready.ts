import { nextOpening } from "../support/calendar.ts";
import { required } from "../support/defect.ts";
import { isJsonObject, type JsonObject } from "../support/json.ts";
import type { Failure } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Lock } from "../order/task.ts";
import type { Facts } from "../rules/facts.ts";
import { commandOf, subjectOf } from "./command-of.ts";
import type { Decision } from "./decision.ts";
import { providedInputs } from "./dependencies.ts";
import { itemFacts, milestoneFacts, orderFacts, taskFacts } from "./facts-of.ts";
import { escalationAt } from "./escalation.ts";
import { openTaskCase, repairWork, templateOf } from "./fallout.ts";
import { timeoutSteps } from "./timeout-steps.ts";
import { nextTimeout } from "./timeout-clock.ts";

/** Language of a customer who has not named one. */
const DEFAULT_LANGUAGE = "en";

/**
 * A task has all it waits for: it becomes READY with its inputs, its request and its locks, all evaluated once and stored,
 * so that a repeat sends the same bytes. Outside its execution window it is put off to the next opening (D5).
 */
export function makeReady(decision: Decision, position: number): void {
  const planned = decision.planned(position);
  const task = decision.task(position);
  const closed = task.state === "PENDING" || task.state === "RETRY_SCHEDULED" ? closedWindow(decision, planned) : null;
  if (closed) {
    decision.emitTask(position, { type: "TaskDeferred", taskId: planned.id, ...closed });
    return;
  }
  const parameters = parametersOf(decision, planned) ?? task.with;
  const facts = requestFacts(decision, position, parameters);
  const type = decision.type(position);
  const problem = type.inputs(facts.inputs ?? {})[0];
  const steps = timeoutSteps(decision, position);
  decision.emitTask(position, {
    type: "TaskReady",
    taskId: planned.id,
    inputs: facts.inputs as JsonObject,
    // A request is evaluated once per revision.
    request: task.request ?? asObject(commandOf(decision, position).request.evaluate(facts)),
    // Whoever is called back or changed may hold the lock still.
    locks: task.locked || subjectOf(decision, position) !== undefined ? task.locks : locksOf(decision, position, facts),
    timeoutAt: nextTimeout(steps, "ready", decision.at, decision.at),
    ...(parameters !== task.with && { with: parameters }),
  });
  if (problem) {
    const failure = ownFailure("INPUT_INVALID", `The inputs of "${planned.title}" do not fit its task type: ${problem.path} ${problem.message}`);
    stopForPerson(decision, position, failure);
  }
}

/** A failure that we found ourselves before anything was sent. */
export function ownFailure(code: string, message: string): Failure {
  return { code, message, httpStatus: null, effect: "NONE", class: "PERMANENT", rule: "engine" };
}

/** Opens a case and hands the task to a person. */
export function stopForPerson(decision: Decision, position: number, failure: Failure): void {
  const { id } = decision.planned(position);
  openTaskCase(decision, position, failure);
  const manual = repairWork(decision, id);
  decision.emitTask(position, { type: "TaskManualActionRequired", taskId: id, manual, escalateAt: escalationAt(decision.release, manual.manualTask, decision.at, 0) });
}

/** null when the task may be sent now, else when which calendar opens. */
export function closedWindow(decision: Decision, planned: PlannedTask): { readonly until: string; readonly calendar: string } | null {
  if (planned.source.by !== "template") return null;
  const key = templateOf(decision, planned.source.template).tasks[planned.source.task]?.definition.window;
  if (key === undefined) return null;
  const calendar = required(decision.release.calendars.get(key), `Calendar ${key}`);
  const opening = required(nextOpening(calendar, decision.at), `An opening of calendar ${key}`);
  return opening === decision.at ? null : { until: opening, calendar: key };
}

/** Parameters that are known only when a generated task's milestone has been reached; null for all other tasks. */
function parametersOf(decision: Decision, planned: PlannedTask): JsonObject | null {
  const { source } = planned;
  if (source.by !== "milestone-message" && source.by !== "status-message") return null;
  const { milestoneMap } = templateOf(decision, source.template);
  const message = source.by === "milestone-message" ? milestoneMap.milestoneMessages.get(source.milestone) : milestoneMap.statusMessages.get(source.status);
  const item = decision.item(planned.itemId);
  const facts = {
    order: orderFacts(decision.order),
    item: itemFacts(decision.order, item),
    milestone: milestoneFacts(decision.order, decision.index.milestonePosition.get(source.milestoneId) ?? -1),
  };
  const texts = asObject(message?.evaluate(facts) ?? {});
  const language = decision.order.customer?.["language"];
  const text = (typeof language === "string" ? texts[language] : undefined) ?? texts[DEFAULT_LANGUAGE] ?? Object.values(texts)[0] ?? "";
  return { message: text };
}

/** What a request, a lock or an output may read. */
export function requestFacts(decision: Decision, position: number, parameters: JsonObject): Facts {
  const planned = decision.planned(position);
  const { source } = planned;
  const item = decision.item(planned.itemId);
  const base: Facts = {
    order: orderFacts(decision.order),
    item: itemFacts(decision.order, item),
    // A change or a recall speaks about the work it is for.
    task: taskFacts(planned, decision.task(subjectOf(decision, position) ?? position), decision.release),
    with: parameters,
    inputs: providedInputs(decision.order, decision.release, position, decision.at),
  };
  if (source.by !== "billing-trigger") return base;
  const milestone = milestoneFacts(decision.order, decision.index.milestonePosition.get(source.milestoneId) ?? -1);
  const billing: Facts = { ...base, charge: source.charge, milestone };
  const trigger = required(templateOf(decision, source.template).billingTriggers[source.trigger], `Billing trigger ${source.trigger}`);
  return { ...billing, inputs: { effectiveFrom: trigger.effectiveFrom.evaluate(billing) } };
}

function locksOf(decision: Decision, position: number, facts: Facts): readonly Lock[] {
  const locks: Lock[] = [];
  for (const { scope, key } of decision.type(position).locks) {
    const value = key.evaluate(facts);
    // Nothing to protect, nothing to lock: a new installation has no asset yet.
    if (typeof value === "string" || typeof value === "number") locks.push({ scope, key: String(value) });
  }
  return locks;
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
