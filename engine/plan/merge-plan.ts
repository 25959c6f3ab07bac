import type { Order } from "../order/order.ts";
import type { PlanGraph, PlannedEdge, PlannedMilestone, PlannedTask } from "../order/plan.ts";
import { outcomeOf } from "../order/machines.ts";
import { required } from "../support/defect.ts";
import { workName } from "./item-plan.ts";

/** What the next version of a plan adds besides the fresh plan: undoing, and differences sent to where work was done. */
export interface ExtraWork {
  readonly task: PlannedTask;
  /** `<itemId>/<key>` of the work that must not begin before it: what it undoes, or what it changes. */
  readonly before: string;
}

/**
 * Joins the running plan with a fresh one for the amended order (22a section 20). The old tasks stay at their positions;
 * `keeps` says which of them still stand for their work. Fresh tasks that nothing stands for are added, and everything that
 * has not begun waits for the version of its predecessors that counts now.
 */
export function mergePlan(order: Order, fresh: PlanGraph, keeps: (position: number) => boolean, extra: readonly ExtraWork[]): PlanGraph {
  const old = required(order.plan, `The plan of ${order.id}`).graph;
  const latest = new Map<string, string>();
  const keptIds = new Set<string>();
  old.tasks.forEach((task, position) => {
    if (!keeps(position)) return;
    latest.set(workName(task), task.id);
    keptIds.add(task.id);
  });
  const added = fresh.tasks.filter((task) => !latest.has(workName(task)));
  for (const task of added) latest.set(workName(task), task.id);
  const freshById = new Map(fresh.tasks.map((task) => [task.id, workName(task)]));
  const current = (freshId: string) => latest.get(freshById.get(freshId) ?? "") ?? freshId;
  const extrasBefore = new Map<string, string[]>();
  for (const { task, before } of [...openExtras(order, old, keptIds), ...extra]) extrasBefore.set(before, [...(extrasBefore.get(before) ?? []), task.id]);

  const freshByName = new Map(fresh.tasks.map((task) => [workName(task), task]));
  // New work waits for the undoing of its former self, and for changes that are still on their way to kept work it builds on.
  const edgesOf = (task: PlannedTask): readonly PlannedEdge[] => [
    ...task.edges.map((edge) => ("task" in edge.on ? { ...edge, on: { task: current(edge.on.task) } } : edge)),
    ...(extrasBefore.get(workName(task)) ?? []).map(waitFor),
    ...task.edges.flatMap(({ on }) => ("task" in on && keptIds.has(current(on.task)) ? (extrasBefore.get(freshById.get(on.task) ?? "") ?? []).map(waitFor) : [])),
  ];
  const tasks = old.tasks.map((task, position): PlannedTask => {
    if (!keptIds.has(task.id)) return { ...task, mandatory: false };
    const newer = freshByName.get(workName(task));
    if (newer === undefined) return task;
    const begun = order.tasks[position]?.state !== "PENDING";
    return begun ? { ...task, with: newer.with } : { ...newer, id: task.id, key: task.key, orderVersion: task.orderVersion, edges: edgesOf(newer) };
  });
  return {
    tasks: [...tasks, ...added.map((task) => ({ ...task, edges: edgesOf(task) })), ...extra.map(({ task }) => task)],
    milestones: mergeMilestones(order, old.milestones, fresh.milestones, current),
  };
}

/** Undoing and changes of an earlier amendment that are still on their way. */
function openExtras(order: Order, old: PlanGraph, keptIds: ReadonlySet<string>): readonly ExtraWork[] {
  const byId = new Map(old.tasks.map((task) => [task.id, task]));
  return old.tasks.flatMap((task, position) => {
    const { source } = task;
    const open = keptIds.has(task.id) && outcomeOf(required(order.tasks[position], task.id).state) === "OPEN";
    if (!open || (source.by !== "compensation" && source.by !== "amendment")) return [];
    return [{ task, before: workName(required(byId.get(source.of), source.of)) }];
  });
}

/** A milestone that was reached is a fact and keeps what reached it; any other is reached by the work that counts now. */
function mergeMilestones(order: Order, old: readonly PlannedMilestone[], fresh: readonly PlannedMilestone[], current: (id: string) => string): readonly PlannedMilestone[] {
  const freshById = new Map(fresh.map((milestone) => [milestone.id, milestone]));
  const known = new Set(old.map(({ id }) => id));
  const remap = (milestone: PlannedMilestone): PlannedMilestone => ("tasks" in milestone.by ? { ...milestone, by: { tasks: milestone.by.tasks.map(current) } } : milestone);
  return [
    ...old.map((milestone, position) => {
      const newer = freshById.get(milestone.id);
      return newer === undefined || order.milestones[position]?.outcome === "REACHED" ? milestone : remap(newer);
    }),
    ...fresh.filter(({ id }) => !known.has(id)).map(remap),
  ];
}

function waitFor(task: string): PlannedEdge {
  return { edge: null, on: { task }, with: {} };
}

/** True when a task has ended without an effect that still stands. */
export function isSpent(state: Parameters<typeof outcomeOf>[0]): boolean {
  return outcomeOf(state) === "FAILURE" || state === "SKIPPED_BY_POLICY";
}
