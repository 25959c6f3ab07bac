import { canonicalJson } from "../support/canonical-json.ts";
import { Defect } from "../support/defect.ts";
import type { Json } from "../support/json.ts";
import type { EventOf } from "./events.ts";
import { mayMove, outcomeOf, PLAN_MACHINE } from "./machines.ts";
import type { Item, Milestone, Order } from "./order.ts";
import type { PlannedTask } from "./plan.ts";
import { newTask } from "./start-plan.ts";
import type { Task } from "./task.ts";

/**
 * The part of `evolve` that lets a new version of a plan take over (22a section 20). The new graph begins with the tasks of
 * the old one, at their positions, so that nothing that was done is lost; what is new follows. The counters of open work
 * are taken anew, because the new graph says what is still mandatory.
 */
export function supersedePlan(order: Order, event: EventOf<"PlanSuperseded">): Order {
  const { plan } = order;
  if (!plan || plan.id !== event.supersedes) throw new Defect(`Order ${order.id} has no plan ${event.supersedes}`);
  if (!mayMove(PLAN_MACHINE, plan.state, "SUPERSEDED")) throw new Defect(`Plan ${plan.id} is ${plan.state} and cannot be superseded`);
  const { graph } = event;
  if (!plan.graph.tasks.every((task, position) => graph.tasks[position]?.id === task.id)) throw new Defect(`Plan ${event.planId} has lost tasks of ${plan.id}`);

  const tasks = graph.tasks.map((planned, position) => carry(order.tasks[position], plan.graph.tasks[position], planned, event.at));
  const known = new Map(order.milestones.map((milestone) => [milestone.id, milestone]));
  const due = new Map(event.dueMilestones.map(({ milestoneId, dueAt }) => [milestoneId, dueAt]));
  const milestones = graph.milestones.map(({ id }): Milestone => {
    const before = known.get(id) ?? { id, outcome: "OPEN", reachedAt: null, dueAt: null };
    const milestone: Milestone = event.reopenedMilestones.includes(id) ? { ...before, outcome: "OPEN" } : before;
    const dueAt = due.get(id);
    return milestone.outcome !== "OPEN" || dueAt === undefined ? milestone : { ...milestone, dueAt };
  });
  const deadlines = new Map(event.deadlines.map(({ itemId, deadlineAt }) => [itemId, deadlineAt]));
  const mandatory = graph.tasks.map((planned) => planned.mandatory && planned.excluded === null);
  const count = (itemId: string, open: boolean) =>
    graph.tasks.filter(({ itemId: owner }, position) => owner === itemId && mandatory[position] && (!open || outcomeOf((tasks[position] as Task).state) !== "SUCCESS")).length;
  return {
    ...order,
    plan: {
      id: event.planId,
      number: event.number,
      state: "RUNNING",
      graph,
      openTasks: tasks.filter((task) => outcomeOf(task.state) === "OPEN").length,
      failedTasks: tasks.filter((task) => outcomeOf(task.state) === "FAILURE").length,
      createdAt: event.at,
    },
    items: order.items.map((item) => ({
      ...item,
      mandatoryTasks: count(item.id, false),
      openMandatoryTasks: count(item.id, true),
      ...withDeadline(item, deadlines.get(item.id)),
    })),
    tasks,
    milestones,
  };
}

/** A task without a request takes its parameters from the new plan, and asks its dependencies anew when they are others than before. */
function carry(task: Task | undefined, before: PlannedTask | undefined, planned: PlannedTask, at: string): Task {
  if (!task || !before) return newTask(planned, at);
  if (!waits(task) || before === planned) return task;
  const parameters = task.request !== null || task.alternatives > 0 || same(task.with, planned.with) ? task.with : planned.with;
  const carried = parameters === task.with ? task : { ...task, with: parameters };
  return same(before.edges, planned.edges) ? carried : askAnew(carried, planned);
}

/** A task without a request forgets which of its dependencies held. */
export function askAnew(task: Task, { edges }: PlannedTask): Task {
  if (!waits(task)) return task;
  const unmetEdges = edges.map((_, edge) => edge);
  return task.state === "PENDING" ? { ...task, unmetEdges, timers: {} } : { ...task, unmetEdges };
}

function waits(task: Task): boolean {
  return task.state === "PENDING" || (task.state === "AWAITING_MANUAL_ACTION" && task.request === null);
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a as Json) === canonicalJson(b as Json);
}

function withDeadline(item: Item, deadlineAt: string | null | undefined): Partial<Item> {
  return deadlineAt === undefined || deadlineAt === item.deadlineAt ? {} : { deadlineAt, deadlinePassed: false };
}
