import { decide } from "../rules/decide.ts";
import type { Item } from "../order/order.ts";
import type { Decision } from "./decision.ts";
import { itemFacts, milestonesFacts, orderFacts, planFacts } from "./facts-of.ts";
import { templateOf } from "./fallout.ts";
import { dropMilestone, missMilestone, reachMilestone } from "./settle-milestones.ts";

/**
 * Items and the order after what moved: complete by explicit criteria (C4), failed when mandatory work failed for good,
 * and what the customer now sees of them (A8).
 */
export async function settleItems(decision: Decision): Promise<void> {
  while (decision.touchedItems.size > 0) {
    const touched = decision.order.items.filter((item) => decision.touchedItems.has(item.id));
    decision.touchedItems.clear();
    for (const { id } of touched) await settleItem(decision, id);
  }
  settleOrder(decision);
  // The order's own state may show in the status of its items.
  for (const item of decision.order.items) if (item.customerStatus === null) showStatus(decision, item.id);
}

async function settleItem(decision: Decision, itemId: string): Promise<void> {
  const item = decision.item(itemId);
  if (item.state === "IN_PROGRESS") {
    const lost = lostTask(decision, itemId);
    if (lost !== null) endItem(decision, itemId, () => decision.emit({ type: "ItemFailed", itemId, reason: lost }));
    else if (await isComplete(decision, item)) endItem(decision, itemId, () => decision.emit({ type: "ItemCompleted", itemId }));
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

/** Title of a mandatory task that failed for good; null when there is none. */
export function lostTask(decision: Decision, itemId: string): string | null {
  for (const position of decision.index.tasksOfItem.get(itemId) ?? []) {
    const planned = decision.planned(position);
    const { state } = decision.task(position);
    if (planned.mandatory && (state === "FAILED_FINAL" || state === "CANCELLED")) return `"${planned.title}" has ended without success`;
  }
  return null;
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
    else missMilestone(decision, position, "the item has failed");
  }
  const { parentId } = decision.item(itemId);
  if (parentId !== null) decision.touchedItems.add(parentId);
  decision.touchedItems.add(itemId);
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

/** The order follows from its items: completed, failed, in part, or held for one of them. */
function settleOrder(decision: Decision): void {
  const { state, items } = decision.order;
  const all = (...states: readonly string[]) => items.every((item) => states.includes(item.state));
  const some = (wanted: string) => items.some((item) => item.state === wanted);
  if (state === "HELD") {
    if (!some("HELD")) decision.emit({ type: "OrderResumed" });
  } else if (state !== "IN_PROGRESS" && state !== "PARTIALLY_COMPLETED") {
    return;
  } else if (all("COMPLETED", "CANCELLED") && some("COMPLETED")) {
    decision.emit({ type: "OrderCompleted" });
  } else if (all("FAILED", "CANCELLED")) {
    decision.emit({ type: "OrderFailed", reason: "No item of the order could be fulfilled" });
  } else if (some("HELD")) {
    decision.emit({ type: "OrderHeld", cause: items.find((item) => item.state === "HELD")?.holdCause ?? "DELIBERATE" });
  } else if (state === "IN_PROGRESS" && some("COMPLETED") && some("FAILED") && all("COMPLETED", "FAILED", "CANCELLED")) {
    decision.emit({ type: "OrderPartiallyCompleted" });
  }
}
