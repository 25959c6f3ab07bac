import type { PlanGraph } from "./plan.ts";
import { Defect } from "../support/defect.ts";

/** An edge of a waiting task: both are positions in the graph. */
export interface Waiter {
  readonly task: number;
  readonly edge: number;
}

/**
 * Who waits for whom, so that a transition touches only what it concerns. Derived from the graph, kept beside it while it
 * is in memory, never stored.
 */
export interface GraphIndex {
  readonly taskPosition: ReadonlyMap<string, number>;
  readonly milestonePosition: ReadonlyMap<string, number>;
  readonly waitersOfTask: readonly (readonly Waiter[])[];
  readonly waitersOfMilestone: readonly (readonly Waiter[])[];
  /** Milestones that a task helps to reach. */
  readonly milestonesOfTask: readonly (readonly number[])[];
  readonly tasksOfItem: ReadonlyMap<string, readonly number[]>;
  readonly milestonesOfItem: ReadonlyMap<string, readonly number[]>;
  /** Tasks that pass a point of no return when they start. */
  readonly pointsOfNoReturnOfItem: ReadonlyMap<string, readonly number[]>;
  /** Tasks that bill a charge, those excluded from the plan left out. */
  readonly chargesOfItem: ReadonlyMap<string, readonly number[]>;
}

const indexes = new WeakMap<PlanGraph, GraphIndex>();

/** The index of a graph; built once per graph object. */
export function graphIndex(graph: PlanGraph): GraphIndex {
  const known = indexes.get(graph);
  if (known) return known;
  const built = buildIndex(graph);
  indexes.set(graph, built);
  return built;
}

function buildIndex(graph: PlanGraph): GraphIndex {
  const taskPosition = new Map(graph.tasks.map((task, position) => [task.id, position]));
  const milestonePosition = new Map(graph.milestones.map((milestone, position) => [milestone.id, position]));
  const waitersOfTask: Waiter[][] = graph.tasks.map(() => []);
  const waitersOfMilestone: Waiter[][] = graph.milestones.map(() => []);
  const milestonesOfTask: number[][] = graph.tasks.map(() => []);
  const tasksOfItem = new Map<string, number[]>();
  const milestonesOfItem = new Map<string, number[]>();
  const pointsOfNoReturnOfItem = new Map<string, number[]>();
  const chargesOfItem = new Map<string, number[]>();

  graph.tasks.forEach((task, position) => {
    append(tasksOfItem, task.itemId, position);
    if (task.pointOfNoReturn !== "none") append(pointsOfNoReturnOfItem, task.itemId, position);
    if (task.source.by === "billing-trigger" && task.excluded === null) append(chargesOfItem, task.itemId, position);
    task.edges.forEach(({ on }, edge) => {
      const waiter = { task: position, edge };
      if ("task" in on) at(waitersOfTask, taskPosition, on.task).push(waiter);
      else if ("milestone" in on) at(waitersOfMilestone, milestonePosition, on.milestone).push(waiter);
    });
  });
  graph.milestones.forEach((milestone, position) => {
    append(milestonesOfItem, milestone.itemId, position);
    if ("tasks" in milestone.by) for (const task of milestone.by.tasks) at(milestonesOfTask, taskPosition, task).push(position);
  });
  return { taskPosition, milestonePosition, waitersOfTask, waitersOfMilestone, milestonesOfTask, tasksOfItem, milestonesOfItem, pointsOfNoReturnOfItem, chargesOfItem };
}

function append(map: Map<string, number[]>, key: string, position: number): void {
  const list = map.get(key);
  if (list) list.push(position);
  else map.set(key, [position]);
}

function at<T>(lists: readonly T[], positions: ReadonlyMap<string, number>, id: string): T {
  const list = lists[positions.get(id) ?? -1];
  if (list === undefined) throw new Defect(`The plan refers to ${id}, which it does not contain`);
  return list;
}
