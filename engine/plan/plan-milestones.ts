import { itemFacts, orderFacts } from "../interpret/facts-of.ts";
import type { Order } from "../order/order.ts";
import type { PlannedMilestone } from "../order/plan.ts";
import { instantOf, type ItemPlan } from "./item-plan.ts";
import type { PlanProblem } from "./problem.ts";

/** Key prefix of the milestones that stand for a customer-visible status with a message. */
const STATUS_PREFIX = "status.";

/** Milestones every item has, whatever its template says. */
const ALWAYS = [
  { key: "order-accepted", title: "Order accepted" },
  { key: "item-completed", title: "Item completed" },
] as const;

/**
 * The milestones of one item: the two that always exist, the template's, and one for each customer-visible status that
 * has a message. `by.tasks` still holds task keys; the caller knows the plan's id.
 */
export function planMilestones(order: Order, { item, template }: ItemPlan) {
  const titles = new Map(template.milestoneMap.definition.milestones.map(({ key, title }) => [key, title]));
  const due: { milestoneId: string; dueAt: string }[] = [];
  const problems: PlanProblem[] = [];
  const milestone = (key: string, title: string, by: PlannedMilestone["by"]): PlannedMilestone => ({ id: `${item.id}/${key}`, key, itemId: item.id, title, by });

  const milestones = ALWAYS.map(({ key, title }) => milestone(key, titles.get(key) ?? title, { always: key }));
  for (const { definition, instant } of template.milestones) {
    const by: PlannedMilestone["by"] =
      "reachedBy" in definition ? { tasks: definition.reachedBy } : "reachedOn" in definition ? { event: definition.reachedOn } : { instant: true };
    milestones.push(milestone(definition.key, titles.get(definition.key) ?? definition.key, by));
    const dueAt = instantOf(instant?.evaluate({ order: orderFacts(order), item: itemFacts(order, item) }));
    if (dueAt !== null) due.push({ milestoneId: `${item.id}/${definition.key}`, dueAt });
    else if ("instant" in by) {
      problems.push({ code: "MILESTONE_INSTANT_MISSING", itemId: item.id, message: `Milestone ${definition.key} of item ${item.id} has no instant to be reached at.` });
    }
  }
  for (const status of template.milestoneMap.definition.statuses) {
    if (status.notify && template.milestoneMap.notifyWith) {
      milestones.push(milestone(`${STATUS_PREFIX}${status.key}`, status.title["en"] ?? status.key, { status: status.key }));
    }
  }
  return { milestones, due, problems };
}

export function statusMilestoneKey(status: string): string {
  return `${STATUS_PREFIX}${status}`;
}
