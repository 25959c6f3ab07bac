import { affectedTasks } from "../change/affected-tasks.ts";
import { changePolicyOf } from "../change/assess-cancellation.ts";
import { wantedItems } from "../change/assess-amendment.ts";
import { assessTask, isMessage, isUndo } from "../change/assess-task.ts";
import type { TaskAssessment } from "../change/assessment.ts";
import { changedPaths } from "../change/changed-paths.ts";
import type { ChangeRequest } from "../order/change.ts";
import type { NewItem } from "../order/order.ts";
import { isInFlight, outcomeOf } from "../order/machines.ts";
import type { PlannedTask } from "../order/plan.ts";
import { buildPlan } from "../plan/build-plan.ts";
import { taskIdOf } from "../plan/item-plan.ts";
import { mergePlan, isSpent, type ExtraWork } from "../plan/merge-plan.ts";
import { required } from "../support/defect.ts";
import type { Decision } from "./decision.ts";
import { closeTaskCase, openOrderCase } from "./fallout.ts";
import { recallWork } from "./recall-work.ts";
import { requestCompensations } from "./request-compensations.ts";
import { lookAgain } from "./wake-waiters.ts";

/** Holds the items of an amendment: nothing new is sent for them until it is refused or the plan is made anew. */
export function startAmendment(decision: Decision, wanted: readonly NewItem[]): void {
  for (const { id: itemId } of wanted) {
    if (decision.item(itemId).state === "IN_PROGRESS") decision.emit({ type: "ItemHeld", itemId, cause: "AMENDMENT" });
    decision.touchedItems.add(itemId);
  }
}

/** The amendment was not agreed to: its items go on as they were. */
export function dropAmendment(decision: Decision, itemIds: readonly string[]): void {
  for (const itemId of itemIds) {
    if (decision.item(itemId).holdCause !== "AMENDMENT") continue;
    decision.emit({ type: "ItemResumed", itemId });
    decision.touchedItems.add(itemId);
    lookAgain(decision, (decision.index.tasksOfItem.get(itemId) ?? []).filter((position) => decision.task(position).state === "PENDING"));
  }
}

/**
 * Carries an amendment out as soon as nothing it reaches is under way any more (G4): the items become what is wanted, what
 * has not begun is dropped, what was done is kept, changed where it was done, or undone and planned anew; a new version of
 * the plan takes over. Until then what is under way is waited for or called back.
 */
export async function settleAmendment(decision: Decision, change: ChangeRequest): Promise<void> {
  const reached = assessReached(decision, change);
  const underWay = [...reached].filter(([position]) => isInFlight(decision.task(position).state));
  if (underWay.length > 0) {
    recallWork(decision, underWay.filter(([, { do: action }]) => action === "WITHDRAW").map(([position]) => position));
    return;
  }
  decision.emit({ type: "OrderAmended", changeId: change.id, items: change.wanted });
  const fresh = await buildPlan(decision.order, decision.release);
  if (!fresh.made) {
    for (const problem of fresh.problems) openOrderCase(decision, problem.itemId, problem.code, problem.message);
    return;
  }
  const { planId, number } = fresh.plan;
  for (const [position, { do: action }] of reached) if (action === "STOP") drop(decision, position);
  const undone = [...reached].filter(([, { do: action }]) => action === "REDO");
  const undo = requestCompensations(decision, undone.map(([position, assessment]) => ({ position, assessment })), change.requestedBy, planId);
  const extra: ExtraWork[] = undo.map((task, index) => ({ task, before: nameOf(decision.planned(required(undone[index], task.id)[0])) }));
  for (const [position, { do: action }] of reached) if (action === "AMEND") extra.push({ task: amendTask(decision.planned(position), planId), before: nameOf(decision.planned(position)) });

  const keeps = (position: number) => {
    const action = reached.get(position)?.do;
    if (isUndo(decision.planned(position))) return true;
    if (action === undefined) return true;
    return action === "AMEND" || (action === "KEEP" && !isSpent(decision.task(position).state));
  };
  const graph = mergePlan(decision.order, fresh.plan.graph, keeps, extra);
  decision.emit({ type: "PlanSuperseded", planId, number, supersedes: decision.plan.id, graph });
  decision.emit({ type: "ChangeCompleted", changeId: change.id });
  for (const { id: itemId } of change.wanted) {
    if (decision.item(itemId).state === "HELD") decision.emit({ type: "ItemResumed", itemId });
    decision.touchedItems.add(itemId);
  }
  for (const [position, task] of decision.order.tasks.entries()) if (outcomeOf(task.state) !== "OPEN") decision.movedTasks.add(position);
  lookAgain(decision, decision.order.tasks.flatMap((task, position) => (task.state === "PENDING" ? [position] : [])));
}

/** What the policy does with each task the change reaches, as things stand now. */
function assessReached(decision: Decision, change: ChangeRequest): ReadonlyMap<number, TaskAssessment> {
  const { order, release } = decision;
  const wanted = wantedItems(order, change.wanted);
  const reached = new Map<number, TaskAssessment>();
  for (const position of affectedTasks(order, release, wanted)) {
    const planned = decision.planned(position);
    const item = decision.item(planned.itemId);
    const policy = changePolicyOf(release, item);
    const next = wanted.get(planned.itemId);
    if (!policy || !next || isMessage(planned) || isUndo(planned)) continue;
    const request = { type: "AMEND", paths: changedPaths(item, next), reason: change.reason };
    reached.set(position, assessTask(order, release, policy, request, position, true));
  }
  return reached;
}

function drop(decision: Decision, position: number): void {
  const task = decision.task(position);
  if (outcomeOf(task.state) !== "OPEN") return;
  closeTaskCase(decision, task.id, "The order was amended");
  decision.emit({ type: "TaskCancelled", taskId: task.id, reason: "The order was amended" });
}

/** The task that sends the difference to where the work was done. */
function amendTask(original: PlannedTask, planId: string): PlannedTask {
  return {
    ...original,
    id: taskIdOf(planId, original.itemId, `amend.${original.key}`),
    key: `amend.${original.key}`,
    title: `Change: ${original.title}`,
    mandatory: true,
    edges: [],
    omittedEdges: [],
    source: { by: "amendment", template: original.source.template, of: original.id },
    pointOfNoReturn: "none",
  };
}

function nameOf(task: PlannedTask): string {
  return `${task.itemId}/${task.key}`;
}
