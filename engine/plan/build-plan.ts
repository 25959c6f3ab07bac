import type { CompiledRelease } from "../language/compiled-release.ts";
import type { EventOf } from "../order/events.ts";
import type { Order } from "../order/order.ts";
import type { PlannedMilestone } from "../order/plan.ts";
import { itemFacts, orderFacts } from "../interpret/facts-of.ts";
import { required } from "../support/defect.ts";
import { parseDurationMs } from "../support/duration.ts";
import { addMs } from "../support/instant.ts";
import { decompose } from "./decompose.ts";
import { instantOf, taskIdOf, type ItemPlan, type TaskSketch } from "./item-plan.ts";
import { planBilling } from "./plan-billing.ts";
import { planMessages } from "./plan-messages.ts";
import { planMilestones } from "./plan-milestones.ts";
import { planTasks } from "./plan-tasks.ts";
import type { PlanProblem } from "./problem.ts";
import { rankGraph } from "./rank-graph.ts";

export type PlanResult =
  | { readonly made: true; readonly plan: Omit<EventOf<"PlanCreated">, "type" | "at"> }
  | { readonly made: false; readonly problems: readonly PlanProblem[] };

/**
 * Makes the fulfillment plan of an order: one graph over all its items. Deterministic - the same order and release give
 * the same bytes (B5) - and complete: a graph with a cycle or a loose end is a list of problems, not a plan (B6).
 */
export async function buildPlan(order: Order, release: CompiledRelease): Promise<PlanResult> {
  const problems: PlanProblem[] = [];
  const itemPlans: ItemPlan[] = [];
  for (const item of order.items) {
    if (item.state === "CANCELLED") continue;
    const result = decompose(order, item, release);
    if (!result.found) problems.push(result.problem);
    else if (result.decomposition) {
      const template = required(release.planTemplates.get(result.decomposition.template), result.decomposition.template);
      itemPlans.push({ item, decomposition: result.decomposition, template });
    }
  }
  if (problems.length > 0) return { made: false, problems };

  const number = (order.plan?.number ?? 0) + 1;
  const planId = `${order.id}/p${number}`;
  const milestones: PlannedMilestone[] = [];
  const dueMilestones: { milestoneId: string; dueAt: string }[] = [];
  for (const itemPlan of itemPlans) {
    const planned = planMilestones(order, itemPlan);
    milestones.push(...planned.milestones);
    dueMilestones.push(...planned.due);
    problems.push(...planned.problems);
  }
  const sketches: TaskSketch[] = [];
  for (const itemPlan of itemPlans) {
    sketches.push(...(await planTasks(order, itemPlan, itemPlans, planId)));
    sketches.push(...(await planBilling(order, itemPlan, planId)));
    sketches.push(...planMessages(itemPlan, planId));
  }
  const tasks = sketches.map((sketch) => ({ ...sketch, orderVersion: order.orderVersion }));
  const ranked = rankGraph(tasks, milestones.map((milestone) => withTaskIds(milestone, planId)), order.items);
  if ("cycle" in ranked) problems.push({ code: "PLAN_CYCLE", itemId: null, message: `The plan would wait for itself: ${ranked.cycle.join(" -> ")}.` });
  if (problems.length > 0 || "cycle" in ranked) return { made: false, problems };

  const items = order.items.map((item) => {
    const itemPlan = itemPlans.find((candidate) => candidate.item.id === item.id);
    return { itemId: item.id, decomposition: itemPlan?.decomposition ?? null, deadlineAt: itemPlan ? deadlineOf(order, itemPlan) : null };
  });
  return { made: true, plan: { planId, number, graph: ranked.graph, items, dueMilestones } };
}

function withTaskIds(milestone: PlannedMilestone, planId: string): PlannedMilestone {
  if (!("tasks" in milestone.by)) return milestone;
  return { ...milestone, by: { tasks: milestone.by.tasks.map((key) => taskIdOf(planId, milestone.itemId, key)) } };
}

function deadlineOf(order: Order, { item, template }: ItemPlan): string | null {
  const value = template.deadline?.evaluate({ order: orderFacts(order), item: itemFacts(order, item) });
  if (typeof value !== "string") return null;
  const span = parseDurationMs(value);
  return span === null ? instantOf(value) : addMs(order.acceptedAt, span);
}
