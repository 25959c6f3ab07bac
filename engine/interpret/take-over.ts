import { outcomeOf } from "../order/machines.ts";
import type { NewItem } from "../order/order.ts";
import type { PlanGraph } from "../order/plan.ts";
import type { EventOf } from "../order/events.ts";
import { graphIndex } from "../order/graph-index.ts";
import type { Decision } from "./decision.ts";

/** A fresh plan, made for the items as they are wanted. */
export type NextPlan = Omit<EventOf<"PlanCreated">, "type" | "at">;

/**
 * Lets the next version of the plan take over: milestones that were given up and have work again are open again, and dates
 * that follow from the amended items move. Everybody who waits is to be asked anew by the caller.
 */
export function takeOver(decision: Decision, fresh: NextPlan, graph: PlanGraph, amended: readonly NewItem[]): void {
  const items = new Set(amended.map(({ id }) => id));
  const { order, plan } = decision;
  const known = new Set(plan.graph.tasks.map(({ id }) => id));
  const { taskPosition } = graphIndex(graph);
  const reopenedMilestones = order.milestones.flatMap(({ id, outcome }, position) => {
    const by = graph.milestones[position]?.by;
    if (!by || !("tasks" in by) || (outcome !== "NOT_APPLICABLE" && outcome !== "MISSED")) return [];
    return by.tasks.some((task) => !known.has(task) && graph.tasks[taskPosition.get(task) ?? -1]?.excluded === null) ? [id] : [];
  });
  decision.emit({
    type: "PlanSuperseded", planId: fresh.planId, number: fresh.number, supersedes: plan.id, graph, reopenedMilestones,
    dueMilestones: fresh.dueMilestones.filter(({ milestoneId }) => items.has(milestoneId.split("/", 1)[0] ?? "")),
    deadlines: fresh.items.filter(({ itemId }) => items.has(itemId)).map(({ itemId, deadlineAt }) => ({ itemId, deadlineAt })),
  });
  for (const [position, task] of decision.order.tasks.entries()) if (outcomeOf(task.state) !== "OPEN") decision.movedTasks.add(position);
}
