import { Defect } from "../support/defect.ts";
import type { EventOf } from "./events.ts";
import type { Milestone, Order } from "./order.ts";
import type { PlannedTask } from "./plan.ts";
import type { Task } from "./task.ts";

/** The part of `evolve` that turns a plan's graph into tasks and milestones that can move. */
export function startPlan(order: Order, event: EventOf<"PlanCreated">): Order {
  if (order.plan) throw new Defect(`Order ${order.id} has a plan already`);
  const { graph } = event;
  const due = new Map(event.dueMilestones.map(({ milestoneId, dueAt }) => [milestoneId, dueAt]));
  const planned = new Map(event.items.map((item) => [item.itemId, item]));
  const mandatory = new Map<string, number>();
  for (const task of graph.tasks) {
    if (task.mandatory && task.excluded === null) mandatory.set(task.itemId, (mandatory.get(task.itemId) ?? 0) + 1);
  }
  return {
    ...order,
    plan: {
      id: event.planId,
      number: event.number,
      state: "CREATED",
      graph,
      openTasks: graph.tasks.filter((task) => task.excluded === null).length,
      failedTasks: 0,
      createdAt: event.at,
    },
    items: order.items.map((item) => ({
      ...item,
      decomposition: planned.get(item.id)?.decomposition ?? null,
      deadlineAt: planned.get(item.id)?.deadlineAt ?? null,
      mandatoryTasks: mandatory.get(item.id) ?? 0,
      openMandatoryTasks: mandatory.get(item.id) ?? 0,
    })),
    tasks: graph.tasks.map((task) => newTask(task, event.at)),
    milestones: graph.milestones.map(
      (milestone): Milestone => ({ id: milestone.id, outcome: "OPEN", reachedAt: null, dueAt: due.get(milestone.id) ?? null }),
    ),
  };
}

export function newTask(planned: PlannedTask, at: string): Task {
  const base = {
    id: planned.id,
    unmetEdges: planned.excluded === null ? planned.edges.map((_, edge) => edge) : [],
    attempts: 0,
    queries: 0,
    effect: "NONE" as const,
    unanswered: false,
    with: planned.with,
    alternatives: 0,
    requestRevision: 1,
    requestAttempt: 1,
    inputs: {},
    request: null,
    idempotencyKey: null,
    locks: [],
    locked: false,
    readyAt: null,
    startedAt: null,
    clockAt: null,
    sentAt: null,
    finishedAt: planned.excluded === null ? null : at,
    outputs: {},
    lastFailure: null,
    timers: {},
  };
  return planned.excluded === null
    ? { ...base, state: "PENDING" }
    : { ...base, state: "SKIPPED_BY_POLICY", reason: planned.excluded };
}
