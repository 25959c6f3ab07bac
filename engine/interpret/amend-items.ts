import { affectedTasks, newestVersions } from "../change/affected-tasks.ts";
import { changePolicyOf } from "../change/assess-cancellation.ts";
import { wantedItems } from "../change/assess-amendment.ts";
import { assessTask } from "../change/assess-task.ts";
import type { TaskAssessment } from "../change/assessment.ts";
import { changedPaths } from "../change/changed-paths.ts";
import type { ChangeRequest } from "../order/change.ts";
import type { NewItem } from "../order/order.ts";
import { isInFlight, outcomeOf } from "../order/machines.ts";
import type { PlannedTask } from "../order/plan.ts";
import { isMessage, isUndo } from "../order/planned-work.ts";
import { buildPlan } from "../plan/build-plan.ts";
import { taskIdOf, workName } from "../plan/item-plan.ts";
import { isSpent, mergePlan, type ExtraWork } from "../plan/merge-plan.ts";
import { required } from "../support/defect.ts";
import { goesOn, takeBack } from "./cancel-items.ts";
import type { Decision } from "./decision.ts";
import { closeTaskCase, openOrderCase } from "./fallout.ts";
import { holdAgain } from "./hold-again.ts";
import { recallWork } from "./recall-work.ts";
import { requestCompensations } from "./request-compensations.ts";
import { takeOver, type NextPlan } from "./take-over.ts";
import { lookAgain } from "./wake-waiters.ts";

/** Holds the items of an amendment: nothing new is sent for them until it is refused or the plan is made anew. */
export function startAmendment(decision: Decision, wanted: readonly NewItem[]): void {
  for (const { id: itemId } of wanted) {
    if (decision.item(itemId).state === "IN_PROGRESS") decision.emit({ type: "ItemHeld", itemId, cause: "AMENDMENT" });
    decision.touchedItems.add(itemId);
  }
}

/** The amendment is not carried out: its items go on as they were. */
export function dropAmendment(decision: Decision, itemIds: readonly string[]): void {
  for (const itemId of itemIds) {
    if (decision.item(itemId).state !== "HELD" || decision.item(itemId).holdCause !== "AMENDMENT") continue;
    decision.emit({ type: "ItemResumed", itemId });
    decision.touchedItems.add(itemId);
    holdAgain(decision, itemId);
    lookAgain(decision, (decision.index.tasksOfItem.get(itemId) ?? []).filter((position) => decision.task(position).state === "PENDING"));
  }
}

type Reached = ReadonlyMap<number, TaskAssessment>;

/**
 * Carries an amendment out as soon as nothing it reaches is under way any more (G4): the items become what is wanted, what
 * has not begun is dropped, what was done is kept, changed where it was done, or undone and planned anew; a new version of
 * the plan takes over. Until then what is under way is waited for or called back. While someone decides about a
 * cancellation it waits; items that were cancelled since are left out of it.
 */
export async function settleAmendment(decision: Decision, change: ChangeRequest): Promise<void> {
  const wanted = change.wanted.filter(({ id }) => goesOn(decision.item(id)));
  if (wanted.some(({ id }) => decision.item(id).state === "ASSESSING_CANCELLATION")) return;
  const reached = assessReached(decision, change, wanted);
  const tooLate = [...reached.values()].find(({ do: action }) => action === "REFUSE");
  if (tooLate) return giveUp(decision, change, tooLate.reason);
  const unsettled = [...reached].filter(([position, { do: action }]) => isUnsettled(decision, position, action));
  if (unsettled.length > 0) {
    recallWork(decision, unsettled.filter(([, { do: action }]) => action === "WITHDRAW").map(([position]) => position));
    return;
  }
  const items = wantedItems(decision.order, wanted);
  const intent = { orderVersion: decision.order.orderVersion + 1, items: decision.order.items.map((item) => items.get(item.id) ?? item) };
  const fresh = await buildPlan({ ...decision.order, ...intent }, decision.release);
  if (!fresh.made) {
    for (const problem of fresh.problems) openOrderCase(decision, problem.itemId, problem.code, problem.message);
    return;
  }
  decision.emit({ type: "OrderAmended", changeId: change.id, items: wanted });
  replan(decision, fresh.plan, reached, wanted, change.requestedBy);
  decision.emit({ type: "ChangeCompleted", changeId: change.id });
  for (const { id: itemId } of wanted) {
    resume(decision, itemId);
    decision.touchedItems.add(itemId);
  }
  lookAgain(decision, decision.order.tasks.flatMap((task, position) => (task.state === "PENDING" ? [position] : [])));
}

/** Drops, undoes and changes what the amendment reaches, and lets the new version of the plan take over. */
function replan(decision: Decision, fresh: NextPlan, reached: Reached, wanted: readonly NewItem[], requestedBy: string): void {
  const undoneBefore = new Set(decision.order.compensations.map(({ originalTaskId }) => originalTaskId));
  for (const [position, { do: action }] of reached) if (action === "STOP") drop(decision, position);
  const undone = [...reached].filter(([, { do: action }]) => action === "REDO");
  const undo = requestCompensations(decision, undone.map(([position, assessment]) => ({ position, assessment })), requestedBy, fresh.planId);
  const freshTasks = new Map(fresh.graph.tasks.map((task) => [workName(task), task]));
  const extra: ExtraWork[] = undo.map((task, index) => ({ task, before: workName(decision.planned(required(undone[index], task.id)[0])) }));
  for (const [position, { do: action }] of reached) {
    const original = decision.planned(position);
    const name = workName(original);
    if (action === "AMEND") extra.push({ task: amendTask(original, freshTasks.get(name) ?? original, fresh.planId), before: name });
  }
  const newest = newestVersions(decision.plan.graph.tasks);
  const amended = new Set(wanted.map(({ id }) => id));
  const keeps = (position: number) => {
    const planned = decision.planned(position);
    if (isUndo(planned)) return true;
    if (newest.get(workName(planned)) !== position || undoneBefore.has(planned.id)) return false;
    const { state } = decision.task(position);
    // What fell away while the plan ran may be needed now: it is asked anew.
    if (amended.has(planned.itemId) && state === "SKIPPED_BY_POLICY" && planned.excluded === null) return false;
    const action = reached.get(position)?.do;
    return action === undefined || action === "AMEND" || (action === "KEEP" && !isSpent(state));
  };
  takeOver(decision, fresh, mergePlan(decision.order, fresh.graph, keeps, extra), wanted);
}

/**
 * The amendment came too late for something it reaches: it is refused after all. What was called back for it meanwhile is
 * planned again, so that the items go on as if nobody had asked.
 */
async function giveUp(decision: Decision, change: ChangeRequest, reason: string): Promise<void> {
  takeBack(decision, change.id, reason);
  const recalled = new Set(decision.plan.graph.tasks.flatMap(({ source, itemId }) => (source.by === "withdrawal" && change.itemIds.includes(itemId) ? [source.of] : [])));
  const lost = new Set(decision.order.tasks.flatMap(({ id, state }, position) => (recalled.has(id) && state === "CANCELLED" ? [position] : [])));
  const fresh = lost.size > 0 ? await buildPlan(decision.order, decision.release) : null;
  if (fresh?.made === true) {
    const newest = newestVersions(decision.plan.graph.tasks);
    const keeps = (position: number) => isUndo(decision.planned(position)) || (newest.get(workName(decision.planned(position))) === position && !lost.has(position));
    takeOver(decision, fresh.plan, mergePlan(decision.order, fresh.plan.graph, keeps, []), []);
  }
  dropAmendment(decision, change.itemIds);
  lookAgain(decision, decision.order.tasks.flatMap((task, position) => (task.state === "PENDING" ? [position] : [])));
}

/** What the policy does with each task the change reaches, as things stand now. */
function assessReached(decision: Decision, change: ChangeRequest, items: readonly NewItem[]): Reached {
  const { order, release } = decision;
  const wanted = wantedItems(order, items);
  const reached = new Map<number, TaskAssessment>();
  for (const [position, reach] of affectedTasks(order, release, wanted)) {
    const planned = decision.planned(position);
    const item = decision.item(planned.itemId);
    const policy = changePolicyOf(release, item);
    const next = wanted.get(planned.itemId);
    if (!policy || !next || isMessage(planned) || isUndo(planned)) continue;
    const request = { type: "AMEND", paths: changedPaths(item, next), reason: change.reason };
    reached.set(position, assessTask(order, release, policy, { position, request, affected: true, needed: reach === "changed" }));
  }
  return reached;
}

/** True while it is open what a task did, or will have done: in flight, called back, or looked into by a person. */
function isUnsettled(decision: Decision, position: number, action: TaskAssessment["do"]): boolean {
  return action === "SETTLE" || action === "WITHDRAW" || (action === "STOP" && isInFlight(decision.task(position).state));
}

/** The item goes on, unless it is held for a reason of its own. */
function resume(decision: Decision, itemId: string): void {
  const { state, holdCause } = decision.item(itemId);
  if (state !== "HELD" || holdCause === "DELIBERATE") return;
  decision.emit({ type: "ItemResumed", itemId });
  holdAgain(decision, itemId);
}

function drop(decision: Decision, position: number): void {
  const task = decision.task(position);
  if (outcomeOf(task.state) !== "OPEN") return;
  closeTaskCase(decision, task.id, "The order was amended");
  decision.emit({ type: "TaskCancelled", taskId: task.id, reason: "The order was amended" });
}

/** The task that sends the difference to where the work was done, with the parameters that count now. */
function amendTask(original: PlannedTask, wanted: PlannedTask, planId: string): PlannedTask {
  return {
    ...original,
    id: taskIdOf(planId, original.itemId, `amend.${original.key}`),
    key: `amend.${original.key}`,
    title: `Change: ${original.title}`,
    mandatory: true,
    with: wanted.with,
    orderVersion: wanted.orderVersion,
    edges: [],
    omittedEdges: [],
    source: { by: "amendment", template: original.source.template, of: original.id },
    pointOfNoReturn: "none",
  };
}
