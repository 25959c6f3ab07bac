import type { TaskAssessment } from "../change/assessment.ts";
import { outcomeOf } from "../order/machines.ts";
import type { PlannedTask } from "../order/plan.ts";
import { planCompensation, undoTaskId, type UndoOrder } from "../plan/plan-compensation.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { required } from "../support/defect.ts";
import { sha256Hex } from "../support/hash.ts";
import type { Json } from "../support/json.ts";
import type { Decision } from "./decision.ts";
import { lookAgain } from "./wake-waiters.ts";

/** A task whose effect is to be undone, as the change policy assessed it. */
export interface Undo {
  readonly position: number;
  readonly assessment: TaskAssessment;
}

/**
 * Requests that effects are undone (G1): one compensation each, with the approval its policy asks for. Returns the tasks
 * that do it, for the caller to plan under `planId`.
 */
export function requestCompensations(decision: Decision, undo: readonly Undo[], requestedBy: string, planId: string): readonly PlannedTask[] {
  const orders = undo.map(({ position, assessment }): UndoOrder => {
    const role = assessment.undo?.approverRole ?? null;
    return { position, approvalId: role === null ? null : requestApproval(decision, position, role, requestedBy, assessment, planId) };
  });
  const tasks = planCompensation(decision.order, decision.release, orders, planId);
  for (const [index, { position, assessment }] of undo.entries()) {
    const approvalId = orders[index]?.approvalId ?? null;
    const original = decision.planned(position);
    decision.emit({
      type: "CompensationRequested",
      compensation: {
        id: `${decision.order.id}/undo/${decision.order.compensations.length + 1}`,
        state: approvalId === null ? "UNDER_WAY" : "AWAITING_APPROVAL",
        itemId: original.itemId,
        originalTaskId: original.id,
        taskId: undoTaskId(planId, original),
        policy: assessment.undo?.policy ?? "",
        requestedAt: decision.at,
        requestedBy,
        approvalId,
        deadlineAt: assessment.undo?.deadlineAt ?? null,
        settledAt: null,
      },
    });
  }
  return tasks;
}

/** Adds tasks to the plan as its next version; everything else stays as it is. */
export function extendPlan(decision: Decision, planId: string, tasks: readonly PlannedTask[]): void {
  const { plan } = decision;
  decision.emit({ type: "PlanSuperseded", planId, number: plan.number + 1, supersedes: plan.id, graph: { ...plan.graph, tasks: [...plan.graph.tasks, ...tasks] }, reopenedMilestones: [], dueMilestones: [], deadlines: [] });
  lookAgain(decision, tasks.map(({ id }) => required(decision.index.taskPosition.get(id), id)));
}

/** The id of the plan's next version. */
export function nextPlanId(decision: Decision): string {
  return `${decision.order.id}/p${decision.plan.number + 1}`;
}

/** True when the effect of a task is being undone, or was. */
export function isUndone(decision: Decision, taskId: string): boolean {
  return decision.order.compensations.some(({ originalTaskId }) => originalTaskId === taskId);
}

/** Compensations whose task has ended. */
export function settleCompensations(decision: Decision): void {
  for (const { id, state, taskId, itemId } of decision.order.compensations) {
    if (state !== "UNDER_WAY") continue;
    const { state: reached } = decision.task(required(decision.index.taskPosition.get(taskId), taskId));
    if (outcomeOf(reached) === "OPEN") continue;
    // What was waived or skipped has undone nothing.
    decision.emit({ type: "CompensationSettled", compensationId: id, succeeded: reached === "SUCCEEDED" });
    decision.touchedItems.add(itemId);
  }
}

/** What an approver of an undo agrees to: this undo of this task as it stands. */
export function undoHash(decision: Decision, position: number, assessment: Pick<TaskAssessment, "undo" | "taskId">): string {
  return sha256Hex(canonicalJson([assessment.undo as unknown as Json, assessment.taskId, decision.task(position).outputs]));
}

function requestApproval(decision: Decision, position: number, role: string, requestedBy: string, assessment: TaskAssessment, planId: string): string {
  const id = `${decision.order.id}/approval/${decision.order.approvals.length + 1}`;
  decision.emit({
    type: "ApprovalRequested",
    approval: {
      id, state: "PENDING", subject: { type: "compensation", compensationId: undoTaskId(planId, decision.planned(position)) }, role, requestedBy,
      requestedAt: decision.at, stateHash: undoHash(decision, position, assessment), decidedBy: null, decidedAt: null, reason: null,
    },
  });
  return id;
}
