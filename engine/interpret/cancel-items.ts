import { changePolicyOf } from "../change/assess-cancellation.ts";
import { assessTask, isMessage, isUndo } from "../change/assess-task.ts";
import type { TaskAssessment } from "../change/assessment.ts";
import { isInFlight, outcomeOf } from "../order/machines.ts";
import { planCompensation, undoTaskId, type UndoOrder } from "../plan/plan-compensation.ts";
import { sha256Hex } from "../support/hash.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { required } from "../support/defect.ts";
import type { Json } from "../support/json.ts";
import { lookAgain } from "./wake-waiters.ts";
import type { Decision } from "./decision.ts";
import { closeTaskCase } from "./fallout.ts";

/** The hold of a cancellation: from now on nothing new is sent for these items (G2). */
export function freezeItems(decision: Decision, itemIds: readonly string[]): void {
  const whole = decision.order.items.every(({ id, state }) => itemIds.includes(id) || state === "CANCELLED");
  if (whole && decision.order.state !== "ASSESSING_CANCELLATION") decision.emit({ type: "OrderCancellationAssessed" });
  for (const itemId of itemIds) {
    if (decision.item(itemId).state !== "ASSESSING_CANCELLATION") decision.emit({ type: "ItemCancellationAssessed", itemId });
    decision.touchedItems.add(itemId);
  }
}

/** Starts the cancellation of items that was agreed to. Without a plan there is nothing to undo and it is done at once. */
export function startCancellation(decision: Decision, changeId: string): void {
  const { itemIds } = required(decision.order.changes.find(({ id }) => id === changeId), changeId);
  freezeItems(decision, itemIds);
  if (decision.order.state === "ASSESSING_CANCELLATION") decision.emit({ type: "OrderCancellationStarted" });
  for (const itemId of itemIds) decision.emit({ type: "ItemCancellationStarted", itemId });
  if (decision.order.plan !== null) return;
  for (const itemId of itemIds) decision.emit({ type: "ItemCancelled", itemId });
  decision.emit({ type: "ChangeCompleted", changeId });
  if (decision.order.state === "CANCELLING") decision.emit({ type: "OrderCancelled" });
}

/** The cancellation was not agreed to: the items go on where they stood. */
export function dropCancellation(decision: Decision, itemIds: readonly string[]): void {
  for (const itemId of itemIds) {
    decision.emit({ type: "ItemCancellationDropped", itemId });
    decision.touchedItems.add(itemId);
    if (decision.order.plan === null) continue;
    lookAgain(decision, (decision.index.tasksOfItem.get(itemId) ?? []).filter((position) => decision.task(position).state === "PENDING"));
  }
  if (decision.order.state === "ASSESSING_CANCELLATION") decision.emit({ type: "OrderCancellationDropped" });
}

/**
 * Brings an item that is being cancelled one step nearer to its end: what has not begun is dropped, what is under way is
 * waited for, what was done is undone. Called whenever something of the item moved; true when nothing is unsettled any more.
 */
export function settleCancellation(decision: Decision, itemId: string): boolean {
  const item = decision.item(itemId);
  const policy = changePolicyOf(decision.release, item);
  if (!policy || decision.order.plan === null) return true;
  const undo: (UndoOrder & { readonly assessment: TaskAssessment })[] = [];
  for (const position of decision.index.tasksOfItem.get(itemId) ?? []) {
    const planned = decision.planned(position);
    if (isMessage(planned)) continue;
    if (isUndo(planned)) settleCompensation(decision, position);
    else {
      const assessment = assessTask(decision.order, decision.release, policy, { type: "CANCEL" }, position, true);
      if (assessment.do === "STOP") stop(decision, position);
      else if (assessment.do === "COMPENSATE" && !isUndone(decision, planned.id)) undo.push({ position, approvalId: null, assessment });
    }
  }
  if (undo.length > 0) requestUndo(decision, itemId, undo);
  return isSettled(decision, itemId);
}

/** Work that has not begun, or provably did nothing, is over. Work in flight is never stopped by us: we find out first. */
function stop(decision: Decision, position: number): void {
  const task = decision.task(position);
  if (outcomeOf(task.state) !== "OPEN" || isInFlight(task.state)) return;
  closeTaskCase(decision, task.id, "The item is cancelled");
  decision.emitTask(position, { type: "TaskCancelled", taskId: task.id, reason: "The item is cancelled" });
}

function isUndone(decision: Decision, taskId: string): boolean {
  return decision.order.compensations.some(({ originalTaskId }) => originalTaskId === taskId);
}

/** Plans the undoing as a new version of the plan, each with the approval its policy asks for. */
function requestUndo(decision: Decision, itemId: string, undo: readonly (UndoOrder & { readonly assessment: TaskAssessment })[]): void {
  const { plan, order } = decision;
  const number = plan.number + 1;
  const planId = `${order.id}/p${number}`;
  const requestedBy = order.changes.findLast(({ itemIds }) => itemIds.includes(itemId))?.requestedBy ?? "policy";
  const orders = undo.map(({ position, assessment }): UndoOrder => {
    const role = assessment.undo?.approverRole ?? null;
    return { position, approvalId: role === null ? null : requestApproval(decision, position, role, requestedBy, assessment, planId) };
  });
  const tasks = planCompensation(order, decision.release, orders, planId);
  for (const [index, { position, assessment }] of undo.entries()) {
    const approvalId = orders[index]?.approvalId ?? null;
    decision.emit({
      type: "CompensationRequested",
      compensation: {
        id: `${order.id}/undo/${decision.order.compensations.length + 1}`,
        state: approvalId === null ? "UNDER_WAY" : "AWAITING_APPROVAL",
        itemId,
        originalTaskId: decision.planned(position).id,
        taskId: undoTaskId(planId, decision.planned(position)),
        policy: assessment.undo?.policy ?? "",
        requestedAt: decision.at,
        requestedBy,
        approvalId,
        deadlineAt: assessment.undo?.deadlineAt ?? null,
        settledAt: null,
      },
    });
  }
  decision.emit({ type: "PlanSuperseded", planId, number, supersedes: plan.id, graph: { ...plan.graph, tasks: [...plan.graph.tasks, ...tasks] } });
  lookAgain(decision, tasks.map(({ id }) => required(decision.index.taskPosition.get(id), id)));
}

function requestApproval(decision: Decision, position: number, role: string, requestedBy: string, assessment: TaskAssessment, planId: string): string {
  const id = `${decision.order.id}/approval/${decision.order.approvals.length + 1}`;
  const compensationId = undoTaskId(planId, decision.planned(position));
  decision.emit({
    type: "ApprovalRequested",
    approval: {
      id, state: "PENDING", subject: { type: "compensation", compensationId }, role, requestedBy, requestedAt: decision.at,
      stateHash: undoHash(decision, position, assessment), decidedBy: null, decidedAt: null, reason: null,
    },
  });
  return id;
}

/** What an approver of an undo agrees to: this undo of this task as it stands. */
export function undoHash(decision: Decision, position: number, assessment: TaskAssessment): string {
  return sha256Hex(canonicalJson([assessment.undo as unknown as Json, assessment.taskId, decision.task(position).outputs]));
}

function settleCompensation(decision: Decision, position: number): void {
  const task = decision.task(position);
  const compensation = decision.order.compensations.find(({ taskId, state }) => taskId === task.id && state === "UNDER_WAY");
  const outcome = outcomeOf(task.state);
  if (compensation && outcome !== "OPEN") decision.emit({ type: "CompensationSettled", compensationId: compensation.id, succeeded: outcome === "SUCCESS" });
}

function isSettled(decision: Decision, itemId: string): boolean {
  const positions = decision.index.tasksOfItem.get(itemId) ?? [];
  const over = positions.every((position) => isMessage(decision.planned(position)) || outcomeOf(decision.task(position).state) !== "OPEN");
  return over && decision.order.compensations.every((compensation) => compensation.itemId !== itemId || compensation.settledAt !== null);
}

