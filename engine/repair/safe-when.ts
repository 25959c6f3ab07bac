import { undoOf } from "../change/assess-task.ts";
import type { Rejection } from "../interpret/interpretation.ts";
import { isInFlight, ORDER_MACHINE, outcomeOf } from "../order/machines.ts";
import type { Order } from "../order/order.ts";
import { isMessage } from "../order/planned-work.ts";
import { laterWork } from "../plan/plan-compensation.ts";
import { required } from "../support/defect.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import { invalidValues, taskAt, tasksOfItem, type RepairedTask, type RepairScope } from "./repair-scope.ts";
import { correctionsOf, outputsOf, reassignmentOf, reconciliationOf } from "./repair-values.ts";

/** Says why a repair is not safe now, or null when it is. Pure: reads the state and nothing else. */
export type SafeWhen = (scope: RepairScope) => Rejection | null;

/** A failed attempt may be repeated when it provably did nothing, or when the system recognizes the key. */
export const mayRetry: SafeWhen = (scope) => {
  const { task, type } = subject(scope);
  const honorsKey = type.targetSystem?.definition.effects.class === "idempotent-key";
  if (task.state === "OUTCOME_UNKNOWN" || (task.state === "AWAITING_MANUAL_ACTION" && task.effect !== "NONE" && !honorsKey)) return reconcileFirst(scope);
  if (task.state !== "AWAITING_MANUAL_ACTION" || task.manual.cause === "WORK") {
    return unsafe(`Task ${task.id} is ${task.state}: only work that failed and waits for a person can be retried.`);
  }
  return null;
};

/** Work may be done without while nothing of it is under way: what it did must be known. */
export const mayDoWithout: SafeWhen = (scope) => {
  const { task } = subject(scope);
  if (isInFlight(task.state) || (outcomeOf(task.state) === "OPEN" && mayHaveActed(subject(scope)))) return reconcileFirst(scope);
  return outcomeOf(task.state) === "OPEN" ? null : unsafe(`Task ${task.id} is ${task.state}: it has ended, there is nothing left to do without.`);
};

/** A person's work may go to others; what waits for the customer waits for nobody here. */
export const mayReassign: SafeWhen = (scope) => {
  const { task } = subject(scope);
  if (task.state !== "AWAITING_MANUAL_ACTION" || task.manual.cause === "HOLD") return unsafe(`Task ${task.id} is ${task.state}: no person of ours works on it.`);
  return reassignmentOf(scope.repair) === null ? invalidValues("Name the queue or the role the work goes to.") : null;
};

/** The reference of done work may be corrected as long as the work stands. */
export const mayUpdateReference: SafeWhen = (scope) => {
  const { task, type } = subject(scope);
  if (task.state !== "SUCCEEDED") return unsafe(`Task ${task.id} is ${task.state}: only what has succeeded has references to correct.`);
  if (isBeingUndone(scope.order, task.id)) return unsafe(`Task ${task.id} is being undone; its references are what the undoing was told.`);
  const outputs = outputsOf(scope.repair);
  if (outputs === null) return invalidValues("Name the outputs and their values.", "/values/outputs");
  const known = new Set([...Object.keys(type.definition.outputs ?? {}), ...Object.keys(task.outputs)]);
  const unknown = Object.keys(outputs).find((name) => !known.has(name));
  return unknown === undefined ? null : invalidValues(`"${type.definition.title}" has no output ${unknown}; it has ${[...known].join(", ")}.`, `/values/outputs/${unknown}`);
};

/** An unknown, or a partial effect that stopped the work, may be settled by who has found out. */
export const mayReconcile: SafeWhen = (scope) => {
  const { task, type } = subject(scope);
  const stopped = task.state === "AWAITING_MANUAL_ACTION" && task.manual.cause === "FALLOUT" && type.definition.work.by === "system" && task.effect !== "NONE";
  if (task.state !== "OUTCOME_UNKNOWN" && !stopped) return unsafe(`Task ${task.id} is ${task.state}: its outcome is not unknown.`);
  return reconciliationOf(scope.repair) === null ? invalidValues('Say what was found: "succeeded" or "notFound".', "/values/found") : null;
};

/** A system's work that waits for a person may be completed by what proves that it was done elsewhere. */
export const mayComplete: SafeWhen = (scope) => {
  const { task, type } = subject(scope);
  if (task.state === "OUTCOME_UNKNOWN") return reconcileFirst(scope);
  if (task.state !== "AWAITING_MANUAL_ACTION") return unsafe(`Task ${task.id} is ${task.state}: only work that waits for a person can be completed by one.`);
  if (task.manual.cause === "WORK") return unsafe(`Task ${task.id} is a person's own work: complete its manual task.`);
  return type.definition.work.by === "internal" ? unsafe(`Task ${task.id} writes our own records: retry it.`) : null;
};

/** A request may be corrected when the former one provably did nothing; never the price the customer accepted. */
export const mayCorrect: SafeWhen = (scope) => {
  const { task, planned, type } = subject(scope);
  if (task.state === "OUTCOME_UNKNOWN" || (task.state === "AWAITING_MANUAL_ACTION" && task.effect !== "NONE")) return reconcileFirst(scope);
  if (task.state !== "AWAITING_MANUAL_ACTION" || task.manual.cause !== "FALLOUT" || type.definition.work.by !== "system") {
    return unsafe(`Task ${task.id} is ${task.state}: only a request that failed and waits for a person can be corrected.`);
  }
  if (task.request === null) return unsafe(`Task ${task.id} has no request yet: correct the reference it lacks where it comes from.`);
  const corrections = correctionsOf(scope.repair);
  if (corrections === null) return invalidValues("Name the fields of the request and their values.", "/values/corrections");
  for (const field of Object.keys(corrections)) {
    const present = Object.hasOwn(task.request, field) ? task.request[field] : undefined;
    if (present === undefined) return invalidValues(`The request has no field ${field}; it has ${Object.keys(task.request).join(", ")}.`, `/values/corrections/${field}`);
    if (planned.source.by === "billing-trigger" && isCommitment(planned.source.charge, present)) {
      return unsafe(`${field} is part of the price the customer accepted: an amendment changes it, not a repair.`);
    }
  }
  return null;
};

/** What was done may be undone by itself when nothing that builds on it still stands. */
export const mayCompensate: SafeWhen = (scope) => {
  const { order, release } = scope;
  const { task, planned, position } = subject(scope);
  if (isInFlight(task.state)) return reconcileFirst(scope);
  if (task.state !== "SUCCEEDED") return unsafe(`Task ${task.id} is ${task.state}: only what has succeeded can be undone.`);
  const inactive = planIsOver(scope);
  if (inactive) return inactive;
  if (isBeingUndone(order, task.id)) return unsafe(`The undoing of task ${task.id} was requested already: repair that task.`);
  if (undoOf(order, release, planned, task, required(scope.item, planned.itemId)) === null) return unsafe(`"${planned.title}" cannot be undone by its compensation policy.`);
  for (const later of laterWork(order, position)) {
    if (!release.taskTypes.has(order.plan?.graph.tasks[later]?.type ?? "")) continue;
    const other = taskAt(order, release, later);
    if (isInFlight(other.task.state)) return { code: "reconcile-first", message: `"${other.planned.title}" builds on it and is under way: find out first what it did.` };
    if (other.task.state !== "SUCCEEDED" || isMessage(other.planned) || isBeingUndone(order, other.task.id)) continue;
    const stands = other.type.definition.irreversible === true || undoOf(order, release, other.planned, other.task, required(order.items.find(({ id }) => id === other.planned.itemId), "item")) !== null;
    if (stands) return unsafe(`"${other.planned.title}" builds on it and stands: undo that first, or cancel the item.`);
  }
  return null;
};

/** An order that is open may be cancelled; its change policy then answers. */
export const mayCancelOrder: SafeWhen = ({ order }) =>
  ORDER_MACHINE[order.state].length === 0 || order.state === "CANCELLING" || order.state === "ASSESSING_CANCELLATION"
    ? unsafe(`Order ${order.id} is ${order.state}: there is nothing to cancel.`)
    : null;

/** The rest of an item may be dropped when nothing is under way and nothing done would have to be undone. */
export const mayCancelRemaining: SafeWhen = (scope) => {
  const { order, release } = scope;
  const item = required(scope.item, "The item");
  if (item.state !== "IN_PROGRESS" && item.state !== "HELD") return unsafe(`Item ${item.id} is ${item.state}: nothing of it remains to be dropped.`);
  if (item.holdCause === "AMENDMENT") return unsafe(`Item ${item.id} is being amended: what remains of it is about to be planned anew.`);
  const tasks = tasksOfItem(order, release, item.id).filter(({ planned }) => !isMessage(planned));
  const underWay = tasks.find((on) => isInFlight(on.task.state) || (outcomeOf(on.task.state) === "OPEN" && mayHaveActed(on)));
  if (underWay) return { code: "reconcile-first", message: `"${underWay.planned.title}" may have taken effect: find out first.` };
  const done = tasks.find(({ task, planned }) => task.state === "SUCCEEDED" && !isBeingUndone(order, task.id) && undoOf(order, release, planned, task, item) !== null);
  if (done) return unsafe(`"${done.planned.title}" was done and would have to be undone: cancel item ${item.id} instead.`);
  return tasks.some(({ task }) => outcomeOf(task.state) === "OPEN") ? null : unsafe(`Nothing of item ${item.id} remains to be dropped.`);
};

/** A plan is made again only where none could be made; a plan that exists is changed by an amendment. */
export const mayRegenerate: SafeWhen = ({ order }) => {
  if (order.plan !== null) return unsafe(`Order ${order.id} has plan ${order.plan.id}, and work may have begun: amend the order instead.`);
  return order.state === "READY_FOR_FULFILLMENT" ? null : unsafe(`Order ${order.id} is ${order.state} and is not waiting for a plan.`);
};

/** An item may be completed by decision when nothing mandatory is under way and no charge would be lost on the way. */
export const mayForceComplete: SafeWhen = (scope) => {
  const { order, release } = scope;
  const item = required(scope.item, "The item");
  if (item.state !== "IN_PROGRESS") return unsafe(`Item ${item.id} is ${item.state}: only an item in progress can be completed.`);
  const open = tasksOfItem(order, release, item.id).filter(({ task }) => outcomeOf(task.state) === "OPEN");
  const charge = open.find(({ planned }) => planned.source.by === "billing-trigger");
  if (charge) return unsafe(`The charge "${charge.planned.title}" is open: bill it, or have finance waive it first.`);
  const mandatory = open.filter(({ planned }) => planned.mandatory);
  const underWay = mandatory.find((on) => isInFlight(on.task.state) || mayHaveActed(on));
  if (underWay) return { code: "reconcile-first", message: `"${underWay.planned.title}" may have taken effect: find out first.` };
  return mandatory.length > 0 ? null : unsafe(`Nothing mandatory of item ${item.id} is open; its completion criteria decide.`);
};

/** Failed work may be done anew while its item is open and the failure provably did nothing. */
export const mayReopen: SafeWhen = (scope) => {
  const { task, planned } = subject(scope);
  const item = required(scope.item, planned.itemId);
  if (task.state !== "FAILED_FINAL") return unsafe(`Task ${task.id} is ${task.state}: only what has failed for good can be opened again.`);
  if (planned.source.by !== "template" && planned.source.by !== "billing-trigger") return unsafe(`"${planned.title}" follows from other work and is not opened by itself.`);
  if (item.state !== "IN_PROGRESS" && item.state !== "HELD") return unsafe(`Item ${item.id} is ${item.state}: what has ended is ordered anew.`);
  const inactive = planIsOver(scope);
  if (inactive) return inactive;
  if (task.effect !== "NONE") return reconcileFirst(scope);
  const again = tasksOfItem(scope.order, scope.release, item.id).some((other) => other.planned.key.startsWith(`${planned.key.split("~", 1)[0] ?? ""}~`) && other.position > subject(scope).position);
  return again ? unsafe(`Task ${task.id} was opened again already.`) : null;
};

/** What is held may go on; an amendment lets its items go on itself. */
export const mayResume: SafeWhen = (scope) => {
  const item = required(scope.item, "The item");
  if (item.state !== "HELD") return unsafe(`Item ${item.id} is ${item.state}, not held.`);
  return item.holdCause === "AMENDMENT" ? unsafe(`Item ${item.id} is held by an amendment, which lets it go on itself.`) : null;
};

/** A change order is an amendment, with its own request, policy and approval. */
export const mayCreateChangeOrder: SafeWhen = ({ order }) =>
  unsafe(`Request an amendment of order ${order.id} with the full wanted state of its items; what is active already is changed by a new MODIFY order.`);

/** True when work that waits may have taken effect all the same. A question has no effects. */
function mayHaveActed({ task, type }: RepairedTask): boolean {
  const { work } = type.definition;
  return work.by === "system" && work.mode === "command" && task.effect === "POSSIBLE";
}

function subject(scope: RepairScope): RepairedTask {
  return required(scope.on, "The task");
}

function planIsOver({ order }: RepairScope): Rejection | null {
  const state = order.plan?.state;
  return state === "RUNNING" || state === "BLOCKED" ? null : unsafe(`The plan of order ${order.id} is ${state ?? "not made"}: nothing can be added to it.`);
}

/** True for the charge itself, in whole or with more said about it, and for its amount or currency: what the customer accepted. */
function isCommitment(charge: JsonObject, value: Json): boolean {
  if (isJsonObject(value)) return value["key"] !== undefined && value["key"] === charge["key"];
  return value !== null && (value === charge["amount"] || value === charge["currency"]);
}

function isBeingUndone(order: Order, taskId: string): boolean {
  return order.compensations.some(({ originalTaskId }) => originalTaskId === taskId);
}

function unsafe(message: string): Rejection {
  return { code: "invalid-transition", message };
}

function reconcileFirst(scope: RepairScope): Rejection {
  return { code: "reconcile-first", message: `The outcome of task ${subject(scope).task.id} is not known: find out what happened, then reconcile it.` };
}
