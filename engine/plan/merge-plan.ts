import type { Order } from "../order/order.ts";
import type { PlanGraph, PlannedEdge, PlannedMilestone, PlannedTask } from "../order/plan.ts";
import { outcomeOf } from "../order/machines.ts";
import { required } from "../support/defect.ts";

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
    latest.set(nameOf(task), task.id);
    keptIds.add(task.id);
  });
  const added = fresh.tasks.filter((task) => !latest.has(nameOf(task)));
  for (const task of added) latest.set(nameOf(task), task.id);
  const freshById = new Map(fresh.tasks.map((task) => [task.id, nameOf(task)]));
  const current = (freshId: string) => latest.get(freshById.get(freshId) ?? "") ?? freshId;
  const extrasBefore = new Map<string, string[]>();
  for (const { task, before } of extra) extrasBefore.set(before, [...(extrasBefore.get(before) ?? []), task.id]);

  const freshByName = new Map(fresh.tasks.map((task) => [nameOf(task), task]));
  // New work waits for the undoing of its former self, and for changes that are still on their way to kept work it builds on.
  const edgesOf = (task: PlannedTask): readonly PlannedEdge[] => [
    ...task.edges.map((edge) => ("task" in edge.on ? { ...edge, on: { task: current(edge.on.task) } } : edge)),
    ...(extrasBefore.get(nameOf(task)) ?? []).map(waitFor),
    ...task.edges.flatMap(({ on }) => ("task" in on && keptIds.has(current(on.task)) ? (extrasBefore.get(freshById.get(on.task) ?? "") ?? []).map(waitFor) : [])),
  ];
  const tasks = old.tasks.map((task, position): PlannedTask => {
    if (!keptIds.has(task.id)) return { ...task, mandatory: false };
    const newer = freshByName.get(nameOf(task));
    const begun = order.tasks[position]?.state !== "PENDING";
    return newer === undefined || begun ? task : { ...newer, id: task.id, edges: edgesOf(newer) };
  });
  return {
    tasks: [...tasks, ...added.map((task) => ({ ...task, edges: edgesOf(task) })), ...extra.map(({ task }) => task)],
    milestones: mergeMilestones(order, old.milestones, fresh.milestones, current),
  };
}

/** A milestone that is settled is a fact and keeps what reached it; an open one is reached by the work that counts now. */
function mergeMilestones(order: Order, old: readonly PlannedMilestone[], fresh: readonly PlannedMilestone[], current: (id: string) => string): readonly PlannedMilestone[] {
  const freshById = new Map(fresh.map((milestone) => [milestone.id, milestone]));
  const known = new Set(old.map(({ id }) => id));
  const remap = (milestone: PlannedMilestone): PlannedMilestone => ("tasks" in milestone.by ? { ...milestone, by: { tasks: milestone.by.tasks.map(current) } } : milestone);
  return [
    ...old.map((milestone, position) => {
      const newer = freshById.get(milestone.id);
      return newer === undefined || order.milestones[position]?.outcome !== "OPEN" ? milestone : remap(newer);
    }),
    ...fresh.filter(({ id }) => !known.has(id)).map(remap),
  ];
}

function nameOf(task: Pick<PlannedTask, "itemId" | "key">): string {
  return `${task.itemId}/${task.key}`;
}

function waitFor(task: string): PlannedEdge {
  return { edge: null, on: { task }, with: {} };
}

/** True when a task has ended without an effect that still stands. */
export function isSpent(state: Parameters<typeof outcomeOf>[0]): boolean {
  return outcomeOf(state) === "FAILURE" || state === "SKIPPED_BY_POLICY";
}
