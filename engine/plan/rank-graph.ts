import type { Item } from "../order/order.ts";
import type { PlanGraph, PlannedMilestone, PlannedTask } from "../order/plan.ts";

/** The graph with every task's depth, or a cycle by task keys. */
export type RankedGraph = { readonly graph: PlanGraph } | { readonly cycle: readonly string[] };

/**
 * Depth is the longest way from a task that waits for nothing. Waiting for a milestone is waiting for the tasks that reach
 * it; waiting for an item's completion is waiting for all mandatory tasks of the item and of its children.
 */
export function rankGraph(
  tasks: readonly Omit<PlannedTask, "depth">[], milestones: readonly PlannedMilestone[], items: readonly Pick<Item, "id" | "parentId">[],
): RankedGraph {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const milestoneById = new Map(milestones.map((milestone) => [milestone.id, milestone]));
  const mandatoryOf = (itemId: string): readonly string[] => {
    const family = new Set([itemId]);
    for (const member of family) for (const { id, parentId } of items) if (parentId === member) family.add(id);
    return tasks.filter((task) => family.has(task.itemId) && task.mandatory && task.excluded === null).map(({ id }) => id);
  };

  const predecessors = (task: Omit<PlannedTask, "depth">): readonly string[] =>
    task.edges.flatMap(({ on }) => {
      if ("task" in on) return [on.task];
      if (!("milestone" in on)) return [];
      const by = milestoneById.get(on.milestone)?.by;
      if (!by) return [];
      if ("tasks" in by) return by.tasks;
      return "always" in by && by.always === "item-completed" ? mandatoryOf(milestoneById.get(on.milestone)?.itemId ?? "") : [];
    });

  const depths = new Map<string, number>();
  for (const start of tasks) {
    const cycle = rankFrom(start.id, byId, predecessors, depths);
    if (cycle) return { cycle };
  }
  return { graph: { tasks: tasks.map((task) => ({ ...task, depth: depths.get(task.id) ?? 0 })), milestones } };
}

/** Depth-first without recursion: a chain of five thousand tasks must not overflow the stack. */
function rankFrom(
  start: string, byId: ReadonlyMap<string, Omit<PlannedTask, "depth">>,
  predecessors: (task: Omit<PlannedTask, "depth">) => readonly string[], depths: Map<string, number>,
): readonly string[] | null {
  const path: { id: string; left: string[]; depth: number }[] = [];
  const onPath = new Set<string>();
  const enter = (id: string) => {
    const task = byId.get(id);
    if (!task) return;
    onPath.add(id);
    path.push({ id, left: [...predecessors(task)], depth: 0 });
  };
  if (!depths.has(start)) enter(start);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const next = top.left.pop();
    if (next === undefined) {
      depths.set(top.id, top.depth);
      onPath.delete(top.id);
      path.pop();
      const above = path.at(-1);
      if (above) above.depth = Math.max(above.depth, top.depth + 1);
    } else if (onPath.has(next)) {
      const from = path.findIndex(({ id }) => id === next);
      return [...path.slice(from).map(({ id }) => byId.get(id)?.key ?? id), byId.get(next)?.key ?? next].toReversed();
    } else if (depths.has(next)) top.depth = Math.max(top.depth, (depths.get(next) ?? 0) + 1);
    else enter(next);
  }
  return null;
}
