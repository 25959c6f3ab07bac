import { changePolicyOf, isOver } from "../change/assess-cancellation.ts";
import { assessTask } from "../change/assess-task.ts";
import type { TaskReport } from "../order/inputs.ts";
import { isInFlight, outcomeOf } from "../order/machines.ts";
import type { Item } from "../order/order.ts";
import type { Task } from "../order/task.ts";
import { isMessage, isUndo } from "../order/planned-work.ts";
import { laterWork } from "../plan/plan-compensation.ts";
import { required } from "../support/defect.ts";
import type { Decision } from "./decision.ts";
import { applyReport } from "./handlers/task-reported.ts";
import { closeItemCases, closeOrderCases, closeTaskCase } from "./fallout.ts";
import { holdAgain } from "./hold-again.ts";
import { recallWork } from "./recall-work.ts";
import { extendPlan, isUndone, nextPlanId, requestCompensations, type Undo } from "./request-compensations.ts";
import { lookAgain } from "./wake-waiters.ts";

/** The hold of a cancellation: from now on nothing new is sent for these items (G2). */
export function freezeItems(decision: Decision, itemIds: readonly string[]): void {
  const whole = decision.order.items.every((item) => itemIds.includes(item.id) || item.state === "CANCELLING" || isOver(item));
  if (whole && decision.order.state !== "ASSESSING_CANCELLATION") decision.emit({ type: "OrderCancellationAssessed" });
  for (const itemId of itemIds) {
    if (decision.item(itemId).state !== "ASSESSING_CANCELLATION") decision.emit({ type: "ItemCancellationAssessed", itemId });
    decision.touchedItems.add(itemId);
  }
}

/** Starts the cancellation of items that was agreed to. Without a plan there is nothing to undo and it is done at once. */
export function startCancellation(decision: Decision, changeId: string): void {
  const { itemIds } = required(decision.order.changes.find(({ id }) => id === changeId), changeId);
  overtakeAmendments(decision, itemIds);
  freezeItems(decision, itemIds);
  if (decision.order.state === "ASSESSING_CANCELLATION") decision.emit({ type: "OrderCancellationStarted" });
  for (const itemId of itemIds) decision.emit({ type: "ItemCancellationStarted", itemId });
  if (decision.order.plan !== null) return;
  for (const itemId of itemIds) decision.emit({ type: "ItemCancelled", itemId });
  decision.emit({ type: "ChangeCompleted", changeId });
  for (const itemId of itemIds) closeItemCases(decision, itemId, "The item was cancelled");
  if (decision.order.state === "CANCELLING") {
    closeOrderCases(decision, "The order was cancelled");
    decision.emit({ type: "OrderCancelled" });
  }
}

/** An amendment of nothing but items that are cancelled is given up; one that reaches others goes on with those. */
function overtakeAmendments(decision: Decision, itemIds: readonly string[]): void {
  for (const { id: changeId, type, state, itemIds: amended } of decision.order.changes) {
    const open = type === "AMEND" && (state === "AWAITING_APPROVAL" || state === "EXECUTING");
    if (open && amended.every((id) => itemIds.includes(id) || !goesOn(decision.item(id)))) takeBack(decision, changeId, "A cancellation came before it was carried out");
  }
}

/** A change that is not carried out after all, by itself: the approval it waits for is void. */
export function takeBack(decision: Decision, changeId: string, reason: string): void {
  const approval = decision.order.approvals.find(({ state, subject }) => state === "PENDING" && subject.type === "change" && subject.changeId === changeId);
  if (approval) decision.emit({ type: "ApprovalVoided", approvalId: approval.id, reason });
  decision.emit({ type: "ChangeRefused", changeId, by: "policy", reason });
}

/** False for an item whose cancellation is decided or done. */
export function goesOn(item: Item): boolean {
  return item.state !== "CANCELLING" && item.state !== "CANCELLED";
}

/** The cancellation was not agreed to: the items go on where they stood. */
export function dropCancellation(decision: Decision, itemIds: readonly string[]): void {
  for (const itemId of itemIds) {
    decision.emit({ type: "ItemCancellationDropped", itemId });
    decision.touchedItems.add(itemId);
    if (decision.order.plan === null) continue;
    const { state, holdCause } = decision.item(itemId);
    // It was held for an amendment that has been given up meanwhile.
    if (state === "HELD" && holdCause === "AMENDMENT" && !isUnderAmendment(decision, itemId)) decision.emit({ type: "ItemResumed", itemId });
    holdAgain(decision, itemId);
    lookAgain(decision, (decision.index.tasksOfItem.get(itemId) ?? []).filter((position) => decision.task(position).state === "PENDING"));
  }
  if (decision.order.state === "ASSESSING_CANCELLATION") decision.emit({ type: "OrderCancellationDropped" });
}

function isUnderAmendment({ order }: Decision, itemId: string): boolean {
  return order.changes.some(({ type, state, itemIds }) => type === "AMEND" && (state === "AWAITING_APPROVAL" || state === "EXECUTING") && itemIds.includes(itemId));
}

/**
 * Brings an item that is being cancelled one step nearer to its end: what has not begun is dropped, what is under way is
 * called back or waited for, what was done is undone. Called whenever something of the item moved; true when nothing is
 * unsettled any more.
 */
export function settleCancellation(decision: Decision, itemId: string): boolean {
  const item = decision.item(itemId);
  const policy = changePolicyOf(decision.release, item);
  if (!policy || decision.order.plan === null) return true;
  const undo: Undo[] = [];
  const recall: number[] = [];
  for (const position of decision.index.tasksOfItem.get(itemId) ?? []) {
    const planned = decision.planned(position);
    if (isMessage(planned) || isUndo(planned)) continue;
    const assess = () => assessTask(decision.order, decision.release, policy, { position, request: { type: "CANCEL" }, affected: true, needed: true });
    let assessment = assess();
    // Work that was done before it was sent is done all the same.
    if (assessment.do === "STOP" && takeParked(decision, position)) assessment = assess();
    if (assessment.do === "STOP") stop(decision, position);
    else if (assessment.do === "WITHDRAW") recall.push(position);
    else if (assessment.do === "COMPENSATE" && !isUndone(decision, planned.id) && !laterIsUnderWay(decision, position)) undo.push({ position, assessment });
  }
  recallWork(decision, recall);
  if (undo.length > 0) {
    const requestedBy = decision.order.changes.findLast(({ itemIds }) => itemIds.includes(itemId))?.requestedBy ?? "policy";
    const planId = nextPlanId(decision);
    extendPlan(decision, planId, requestCompensations(decision, undo, requestedBy, planId));
  }
  return isSettled(decision, itemId);
}

/** Takes up a success that came before its command was sent; true when there was one. */
function takeParked(decision: Decision, position: number): boolean {
  const { id: taskId } = decision.planned(position);
  const parked = decision.order.parkedResults.find((result) => result.taskId === taskId);
  const report = parked?.report as TaskReport | undefined;
  if (report?.status !== "succeeded") return false;
  decision.emit({ type: "ParkedResultTaken", taskId });
  applyReport(decision, position, "callback", null, report);
  return true;
}

/** What others still build on is undone after them - messages build on nothing -, and what is being changed after the change: first their outcome must be known. */
function laterIsUnderWay(decision: Decision, position: number): boolean {
  const changing = new Set(decision.plan.graph.tasks.flatMap(({ source }, change) => (source.by === "amendment" && isUnsettled(decision.task(change)) ? [source.of] : [])));
  return changing.has(decision.planned(position).id) || laterWork(decision.order, position).some((later) => (!isMessage(decision.planned(later)) && isUnsettled(decision.task(later))) || changing.has(decision.planned(later).id));
}

/** True while it is open what a command did: it is in flight, or a person finds out. */
function isUnsettled(task: Task): boolean {
  return outcomeOf(task.state) === "OPEN" && (isInFlight(task.state) || task.effect !== "NONE");
}

/** Work that has not begun, or provably did nothing, is over. Work in flight is never stopped by us: we find out first. */
function stop(decision: Decision, position: number): void {
  const task = decision.task(position);
  if (outcomeOf(task.state) !== "OPEN" || isInFlight(task.state)) return;
  closeTaskCase(decision, task.id, "The item is cancelled");
  decision.emitTask(position, { type: "TaskCancelled", taskId: task.id, reason: "The item is cancelled" });
}

function isSettled(decision: Decision, itemId: string): boolean {
  const positions = decision.index.tasksOfItem.get(itemId) ?? [];
  const over = positions.every((position) => isMessage(decision.planned(position)) || outcomeOf(decision.task(position).state) !== "OPEN");
  return over && decision.order.compensations.every((compensation) => compensation.itemId !== itemId || compensation.settledAt !== null);
}
