import { decide } from "../rules/decide.ts";
import type { ItemState, OrderState } from "../order/machines.ts";
import type { Item } from "../order/order.ts";
import { isMessage, isUndo } from "../order/planned-work.ts";
import { settleAmendment } from "./amend-items.ts";
import { settleCancellation } from "./cancel-items.ts";
import type { Decision } from "./decision.ts";
import { compiledEdge } from "./dependencies.ts";
import { itemFacts, milestonesFacts, orderFacts, planFacts } from "./facts-of.ts";
import { closeItemCases, closeOrderCases, templateOf } from "./fallout.ts";
import { settleCompensations } from "./request-compensations.ts";
import { lostTask } from "./lost-task.ts";
import { dropMilestone, missMilestone, reachMilestone } from "./settle-milestones.ts";

/**
 * Items and the order after what moved: complete by explicit criteria (C4), failed when mandatory work failed for good,
 * and what the customer now sees of them (A8).
 */
export async function settleItems(decision: Decision): Promise<void> {
  settleCompensations(decision);
  await settleAmendments(decision);
  while (decision.touchedItems.size > 0) {
    const touched = decision.order.items.filter((item) => decision.touchedItems.has(item.id));
    decision.touchedItems.clear();
    for (const { id } of touched) await settleItem(decision, id);
  }
  const { state } = decision.order;
  settleOrder(decision);
  // The order's own state may show in the status of its items.
  const moved = decision.order.state !== state;
  for (const item of decision.order.items) if (moved || item.customerStatus === null) showStatus(decision, item.id);
}

async function settleItem(decision: Decision, itemId: string): Promise<void> {
  const item = decision.item(itemId);
  if (item.state === "IN_PROGRESS") {
    const lost = lostTask(decision, itemId) ?? lostChild(decision, item);
    if (lost !== null) endItem(decision, itemId, () => decision.emit({ type: "ItemFailed", itemId, reason: lost }));
    else if (await isComplete(decision, item)) endItem(decision, itemId, () => decision.emit({ type: "ItemCompleted", itemId }));
  } else if (item.state === "CANCELLING" && settleCancellation(decision, itemId)) {
    closeItemCases(decision, itemId, "The item was cancelled");
    endItem(decision, itemId, () => decision.emit({ type: "ItemCancelled", itemId }));
  }
  showStatus(decision, itemId);
}

/** Completion is never "the last call answered 200": mandatory work ended well, children ended, the criteria hold. */
async function isComplete(decision: Decision, item: Item): Promise<boolean> {
  if (item.openMandatoryTasks > 0) return false;
  const children = decision.order.items.filter(({ parentId }) => parentId === item.id);
  if (children.some(({ state }) => state !== "COMPLETED" && state !== "CANCELLED")) return false;
  if (item.decomposition === null) return true;
  const { completeWhen } = templateOf(decision, item.decomposition.template);
  if (!completeWhen) return true;
  return decide(completeWhen, {
    item: itemFacts(decision.order, item),
    order: orderFacts(decision.order),
    plan: planFacts(decision.order),
    milestones: milestonesFacts(decision.order, item.id),
  });
}

/** Why a bundle cannot be complete any more, once all its children have ended; null when it can. */
function lostChild(decision: Decision, item: Item): string | null {
  const children = decision.order.items.filter(({ parentId }) => parentId === item.id);
  const ended = children.every(({ state }) => state === "COMPLETED" || state === "CANCELLED" || state === "FAILED");
  const lost = children.find(({ state }) => state === "FAILED");
  return lost && ended && item.openMandatoryTasks === 0 ? `Item ${lost.id}, which is part of it, has failed` : null;
}

function endItem(decision: Decision, itemId: string, emit: () => void): void {
  emit();
  const completed = decision.item(itemId).state === "COMPLETED";
  for (const position of decision.index.milestonesOfItem.get(itemId) ?? []) {
    const by = decision.plan.graph.milestones[position]?.by;
    if (!by || decision.order.milestones[position]?.outcome !== "OPEN") continue;
    if ("always" in by) (completed ? reachMilestone : dropMilestone)(decision, position);
    // A status the customer sees when the item has ended is reached below; work still under way may reach the others.
    else if ("status" in by || "tasks" in by) continue;
    else if (completed) dropMilestone(decision, position);
    else missMilestone(decision, position, "the item has ended without it");
  }
  if (decision.item(itemId).state === "FAILED") dropRest(decision, itemId);
  const { parentId } = decision.item(itemId);
  if (parentId !== null) decision.touchedItems.add(parentId);
  decision.touchedItems.add(itemId);
}

/** Of an item that has failed only messages and what takes back its work are still done. */
function dropRest(decision: Decision, itemId: string): void {
  for (const position of decision.index.tasksOfItem.get(itemId) ?? []) {
    const task = decision.task(position);
    const begun = task.state !== "PENDING" && task.state !== "READY" && task.state !== "RETRY_SCHEDULED";
    if (begun || survivesFailure(decision, position)) continue;
    decision.emitTask(position, { type: "TaskCancelled", taskId: task.id, reason: "The item has failed" });
  }
}

function survivesFailure(decision: Decision, position: number): boolean {
  const planned = decision.planned(position);
  // A dependency that lets its work fall away otherwise is one that waits for a failure.
  const foreseen = planned.edges.some((edge) => compiledEdge(decision.release, planned, edge)?.onImpossible === "SKIP");
  return foreseen || isMessage(planned) || isUndo(planned);
}

/** The status by the item's milestone map; a status that has a message reaches its milestone when first shown (I5). */
function showStatus(decision: Decision, itemId: string): void {
  const item = decision.item(itemId);
  if (item.decomposition === null) return;
  const { milestoneMap } = templateOf(decision, item.decomposition.template);
  const answer = milestoneMap.statusTable.evaluate({
    item: itemFacts(decision.order, item),
    order: orderFacts(decision.order),
    plan: planFacts(decision.order),
    milestones: milestonesFacts(decision.order, itemId),
  });
  const status = answer.hit === "one" ? answer.outputs["status"] : null;
  if (typeof status === "string" && status !== item.customerStatus) {
    decision.emit({ type: "CustomerStatusChanged", itemId, status, rule: `${milestoneMap.statusTable.definition.key}/${answer.rows[0] ?? "otherwise"}` });
  }
  const ended = item.state === "COMPLETED" || item.state === "FAILED" || item.state === "CANCELLED";
  for (const position of decision.index.milestonesOfItem.get(itemId) ?? []) {
    const by = decision.plan.graph.milestones[position]?.by;
    if (!by || !("status" in by) || decision.order.milestones[position]?.outcome !== "OPEN") continue;
    if (by.status === status) reachMilestone(decision, position);
    else if (ended) dropMilestone(decision, position);
  }
}

/** The order follows from its items: completed, failed, cancelled, in part, or held for one of them. */
function settleOrder(decision: Decision): void {
  settleChanges(decision);
  const { state, items } = decision.order;
  if (!OPEN_STATES.includes(state)) return;
  if (state === "HELD" && !some(items, "HELD")) {
    decision.emit({ type: "OrderResumed" });
    settleOrder(decision);
    return;
  }
  if (all(items, "CANCELLED") || (state === "CANCELLING" && all(items, "CANCELLED", "COMPLETED", "FAILED"))) cancelOrder(decision);
  else if (all(items, "COMPLETED", "CANCELLED") && state !== "HELD" && state !== "ASSESSING_CANCELLATION") decision.emit({ type: "OrderCompleted" });
  else if (state === "CANCELLING" || state === "ASSESSING_CANCELLATION") return;
  else if (all(items, "FAILED", "CANCELLED")) decision.emit({ type: "OrderFailed", reason: "No item of the order could be fulfilled" });
  else if (state === "IN_PROGRESS" && some(items, "HELD")) {
    decision.emit({ type: "OrderHeld", cause: items.find((item) => item.state === "HELD")?.holdCause ?? "DELIBERATE" });
  } else if (state === "IN_PROGRESS" && some(items, "COMPLETED") && some(items, "FAILED") && all(items, "COMPLETED", "FAILED", "CANCELLED")) {
    decision.emit({ type: "OrderPartiallyCompleted" });
  }
}

function all(items: readonly Item[], ...states: readonly ItemState[]): boolean {
  return items.every(({ state }) => states.includes(state));
}

function some(items: readonly Item[], wanted: ItemState): boolean {
  return items.some(({ state }) => state === wanted);
}

const OPEN_STATES: readonly OrderState[] = ["IN_PROGRESS", "HELD", "PARTIALLY_COMPLETED", "ASSESSING_CANCELLATION", "CANCELLING"];

/** An order whose last item was cancelled for itself is cancelled as a whole. */
function cancelOrder(decision: Decision): void {
  const { state } = decision.order;
  if (state !== "CANCELLING" && state !== "ASSESSING_CANCELLATION") decision.emit({ type: "OrderCancellationAssessed" });
  if (state !== "CANCELLING") decision.emit({ type: "OrderCancellationStarted" });
  closeOrderCases(decision, "The order was cancelled");
  decision.emit({ type: "OrderCancelled" });
}

/** Amendments that were agreed to and are not carried out yet: each step of an item they concern may clear their way. */
async function settleAmendments(decision: Decision): Promise<void> {
  for (const change of decision.order.changes) {
    if (change.type === "AMEND" && change.state === "EXECUTING" && change.itemIds.some((id) => decision.touchedItems.has(id))) await settleAmendment(decision, change);
  }
}

/** A cancellation is done when all its items are cancelled. */
function settleChanges(decision: Decision): void {
  for (const { id, type, state, itemIds } of decision.order.changes) {
    if (type === "CANCEL" && state === "EXECUTING" && itemIds.every((itemId) => decision.item(itemId).state === "CANCELLED")) decision.emit({ type: "ChangeCompleted", changeId: id });
  }
}
