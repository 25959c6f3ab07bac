import { addWorkingTime } from "../../support/calendar.ts";
import { required } from "../../support/defect.ts";
import { parseDurationMs } from "../../support/duration.ts";
import { sha256Hex } from "../../support/hash.ts";
import { addMs } from "../../support/instant.ts";
import { canonicalJson } from "../../support/canonical-json.ts";
import { isJsonObject, textOf, type JsonObject } from "../../support/json.ts";
import type { InputOf } from "../../order/inputs.ts";
import type { PlannedTask } from "../../order/plan.ts";
import { planIdOf } from "../../plan/item-plan.ts";
import { decide } from "../../rules/decide.ts";
import { commandOf, isQuestion } from "../command-of.ts";
import type { Decision } from "../decision.ts";
import { escalationAt } from "../escalation.ts";
import { orderFacts, itemFacts, taskFacts } from "../facts-of.ts";
import { closedWindow, ownFailure, stopForPerson } from "../make-ready.ts";
import { mayStart } from "../may-start.ts";
import { nextTimeout } from "../timeout-clock.ts";
import { timeoutSteps } from "../timeout-steps.ts";
import { succeed } from "../task-success.ts";
import { applyReport } from "./task-reported.ts";

/**
 * Admission let tasks out: the only way a command is ever dispatched. A task that is no longer in a state to go is passed
 * over in silence, because admission decides on a state that may be a moment old.
 */
export async function dispatchAdmitted(decision: Decision, input: InputOf<"TasksAdmitted">): Promise<null> {
  for (const taskId of input.taskIds) {
    const position = decision.order.plan === null ? undefined : decision.index.taskPosition.get(taskId);
    if (position !== undefined && mayGo(decision, position)) await start(decision, position);
  }
  return null;
}

/**
 * READY, and its item lets it begin; or unknown and to be repeated, which under a hold is still how we find out - but never
 * for work that cannot be undone. Only of an active plan (D1, C2).
 */
function mayGo(decision: Decision, position: number): boolean {
  const task = decision.task(position);
  const active = decision.plan.state === "RUNNING" || decision.plan.state === "BLOCKED";
  const free = mayStart(decision.order, decision.release, decision.planned(position));
  const repeatable = free || decision.type(position).definition.irreversible !== true;
  return active && ((task.state === "READY" && free) || (task.state === "OUTCOME_UNKNOWN" && task.resend && repeatable));
}

async function start(decision: Decision, position: number): Promise<void> {
  const planned = decision.planned(position);
  const type = decision.type(position);
  const closed = decision.task(position).state === "READY" ? closedWindow(decision, planned) : null;
  if (closed) {
    decision.emitTask(position, { type: "TaskDeferred", taskId: planned.id, ...closed });
    return;
  }
  if (type.preconditions && !(await decide(type.preconditions, preconditionFacts(decision, position)))) {
    stopForPerson(decision, position, ownFailure("PRECONDITION_NOT_MET", `The preconditions of "${planned.title}" do not hold.`));
    return;
  }
  const { work } = type.definition;
  if (work.by === "system") dispatch(decision, position);
  else if (work.by === "person") askPerson(decision, position, work.manualTask);
  else recordProduct(decision, position);
}

function preconditionFacts(decision: Decision, position: number) {
  const planned = decision.planned(position);
  return {
    order: orderFacts(decision.order),
    item: itemFacts(decision.order, decision.item(planned.itemId)),
    task: taskFacts(planned, decision.task(position), decision.release),
    now: decision.at,
  };
}

function dispatch(decision: Decision, position: number): void {
  const planned = decision.planned(position);
  const type = decision.type(position);
  const task = decision.task(position);
  const targetSystem = required(type.targetSystem, `The target system of ${planned.type}`).definition.key;
  const attempt = task.attempts + 1;
  const { action } = commandOf(decision, position);
  const commandId = `${planned.id}/${action}/${attempt}`;
  const idempotencyKey = task.idempotencyKey ?? makeIdempotencyKey(decision, position, targetSystem);
  // A repeat without a definite answer runs on the clock of the first one, or its timeout would never come to an end.
  const clockStarts = task.clockAt === null;
  const clockAt = clockStarts ? decision.at : (task.clockAt ?? decision.at);
  decision.emitTask(position, {
    type: "TaskDispatched", taskId: planned.id, attempt, commandId, idempotencyKey, clockStarts, ...(isQuestion(decision, position) && { question: true }),
    timeoutAt: nextTimeout(timeoutSteps(decision, position), "dispatch", clockAt, decision.at),
  });
  const parked = decision.order.parkedResults.find(({ taskId }) => taskId === planned.id);
  if (parked) {
    // The system answered before we sent: it has the command, so nothing is sent again.
    decision.emit({ type: "ParkedResultTaken", taskId: planned.id });
    applyReport(decision, position, "callback", null, parked.report as never);
    return;
  }
  const { order } = decision;
  decision.commands.push({
    type: "DispatchTask", commandId, idempotencyKey, correlationId: order.correlationId, causationId: decision.lastEventId(),
    orderId: order.id, taskId: planned.id, attempt, targetSystem, action, request: task.request ?? {},
    businessKeys: {
      orderId: order.id,
      orderItemId: planned.itemId,
      externalId: order.externalId,
      billingAccount: order.billingAccount,
      customerId: textOf(order.customer?.["id"]),
      quoteId: textOf(order.quote?.["id"]),
    },
  });
}

/**
 * The seed's key (22a section 10): what is the same about every attempt, and nothing else. A charge's key hashes order,
 * item, charge and milestone alone, so that no change of plan can ever charge twice.
 */
function makeIdempotencyKey(decision: Decision, position: number, targetSystem: string): string {
  const planned = decision.planned(position);
  const { action } = commandOf(decision, position);
  const { order } = decision;
  if (planned.source.by === "billing-trigger") {
    const again = creditsOf(decision, planned.itemId, planned.source.charge, planned.source.milestoneId);
    return sha256Hex(canonicalJson([order.id, planned.itemId, planned.source.charge, planned.source.milestoneId, ...(again > 0 ? [again] : [])]));
  }
  return sha256Hex(canonicalJson([order.id, planned.orderVersion, planIdOf(planned), planned.id, action, decision.task(position).requestRevision, targetSystem]));
}

/** How often this very charge was billed and taken back: what an amendment brings back is a new charge, not the old one again. */
function creditsOf(decision: Decision, itemId: string, charge: JsonObject, milestoneId: string): number {
  const taken = new Set(decision.order.compensations.filter(({ state }) => state === "COMPENSATED").map(({ originalTaskId }) => originalTaskId));
  const same = ({ source, itemId: owner }: PlannedTask) =>
    source.by === "billing-trigger" && owner === itemId && source.milestoneId === milestoneId && canonicalJson(source.charge) === canonicalJson(charge);
  return decision.plan.graph.tasks.filter((planned) => taken.has(planned.id) && same(planned)).length;
}

function askPerson(decision: Decision, position: number, manualTask: string): void {
  const planned = decision.planned(position);
  const compiled = required(decision.release.manualTasks.get(manualTask), `Manual task ${manualTask}`);
  const { sla, role } = compiled.definition;
  const withinMs = sla ? (parseDurationMs(sla.within) ?? 0) : null;
  const calendar = sla?.calendar === undefined ? undefined : decision.release.calendars.get(sla.calendar);
  const dueAt = withinMs === null ? null : calendar ? addWorkingTime(calendar, decision.at, withinMs) : addMs(decision.at, withinMs);
  const queue = compiled.queue?.evaluate(preconditionFacts(decision, position));
  decision.emitTask(position, {
    type: "TaskManualActionRequired", taskId: planned.id,
    manual: { cause: "WORK", manualTask, queue: typeof queue === "string" ? queue : null, role, dueAt, claimedBy: null, escalations: [] },
    escalateAt: escalationAt(decision.release, manualTask, decision.at, 0),
  });
}

/** Work of the engine itself: the installed base is written in the transaction that stores the event (I3). */
function recordProduct(decision: Decision, position: number): void {
  const { id: taskId, itemId } = decision.planned(position);
  const item = decision.item(itemId);
  const request = decision.task(position).request ?? {};
  const productId = textOf(item.product?.["id"]) ?? `${decision.order.id}/${itemId}`;
  const characteristics = request["characteristics"];
  decision.commands.push({
    type: "RecordProduct", productId, orderId: decision.order.id, itemId, status: textOf(request["status"]) ?? "ACTIVE",
    offering: item.offering, characteristics: isJsonObject(characteristics) ? characteristics : item.characteristics, at: decision.at,
  });
  succeed(decision, position, { result: { productId, taskId }, via: "internal", attempt: 0 });
}
