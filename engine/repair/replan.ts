import type { Decision } from "../interpret/decision.ts";
import { closeTaskCase } from "../interpret/fallout.ts";
import { fulfillOrder } from "../interpret/handlers/fulfill-order.ts";
import type { Rejection } from "../interpret/interpretation.ts";
import { nextPlanId } from "../interpret/request-compensations.ts";
import { lookAgain } from "../interpret/wake-waiters.ts";
import type { PlanGraph, PlannedEdge, PlannedTask } from "../order/plan.ts";
import { taskIdOf } from "../plan/item-plan.ts";
import { required } from "../support/defect.ts";
import type { RepairScope } from "./repair-scope.ts";

/** REGENERATE_PLAN: decomposition is tried again; a plan that still cannot be made is a refusal, and nothing changes. */
export function regeneratePlan(decision: Decision): Promise<Rejection | null> {
  return fulfillOrder(decision);
}

/**
 * REOPEN: failed work stays what it is, and a new task `~n` takes its place in the plan's next version (contracts: repair of
 * terminal work is a new task). Who has not begun and waited for the old one waits for the new one; the old one is not
 * mandatory any more.
 */
export function reopen(decision: Decision, { on, repair }: RepairScope, by: string): null {
  const { planned: failed } = required(on, "The task");
  const { plan } = decision;
  const planId = nextPlanId(decision);
  const key = nextKey(plan.graph, failed);
  const again: PlannedTask = { ...failed, id: taskIdOf(planId, failed.itemId, key), key };
  const graph: PlanGraph = {
    tasks: [
      ...plan.graph.tasks.map((task) => (task.id === failed.id ? { ...task, mandatory: false } : { ...task, edges: task.edges.map((edge) => follow(edge, failed.id, again.id)) })),
      again,
    ],
    milestones: plan.graph.milestones.map((milestone) =>
      "tasks" in milestone.by ? { ...milestone, by: { tasks: milestone.by.tasks.map((id) => (id === failed.id ? again.id : id)) } } : milestone),
  };
  closeTaskCase(decision, failed.id, `Opened again: ${repair.reason}`, by);
  decision.emit({ type: "PlanSuperseded", planId, number: plan.number + 1, supersedes: plan.id, graph, reopenedMilestones: [], dueMilestones: [], deadlines: [] });
  decision.touchedItems.add(failed.itemId);
  lookAgain(decision, [required(decision.index.taskPosition.get(again.id), again.id)]);
  return null;
}

function nextKey(graph: PlanGraph, { itemId, key }: PlannedTask): string {
  const [base = key] = key.split("~", 1);
  const known = graph.tasks.filter((task) => task.itemId === itemId && (task.key === base || task.key.startsWith(`${base}~`)));
  return `${base}~${known.length + 1}`;
}

function follow(edge: PlannedEdge, from: string, to: string): PlannedEdge {
  return "task" in edge.on && edge.on.task === from ? { ...edge, on: { task: to } } : edge;
}
