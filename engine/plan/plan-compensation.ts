import { compensationOf, undoFacts } from "../change/assess-task.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import { graphIndex } from "../order/graph-index.ts";
import type { Order } from "../order/order.ts";
import type { PlannedEdge, PlannedTask } from "../order/plan.ts";
import { required } from "../support/defect.ts";
import { isJsonObject } from "../support/json.ts";
import { taskIdOf } from "./item-plan.ts";

/** Work to undo: the position of the original, and the approval its undoing waits for. */
export interface UndoOrder {
  readonly position: number;
  readonly approvalId: string | null;
}

/** The id the undo task of an original gets in a plan. */
export function undoTaskId(planId: string, original: PlannedTask): string {
  return taskIdOf(planId, original.itemId, `undo.${original.key}`);
}

/**
 * The tasks that undo others, in the reverse order of the work: what was done last is undone first (G1). Each receives the
 * outputs of its original as inputs and waits for the approval its policy asks for.
 */
export function planCompensation(order: Order, release: CompiledRelease, undo: readonly UndoOrder[], planId: string): readonly PlannedTask[] {
  const positions = new Set(undo.map(({ position }) => position));
  return undo.map(({ position, approvalId }) => {
    const original = required(order.plan?.graph.tasks[position], `Planned task ${position}`);
    const compensation = compensationOf(release, original);
    if (!compensation.compensatable) throw new TypeError(`Task ${original.id} cannot be compensated`);
    const item = required(order.items.find(({ id }) => id === original.itemId), original.itemId);
    const values = compensation.with.evaluate(undoFacts(order, release, original, required(order.tasks[position], original.id), item));
    const later = laterWork(order, position);
    const undoneFirst = [
      ...later.filter((other) => positions.has(other)).map((other) => undoTaskId(planId, required(order.plan?.graph.tasks[other], "task"))),
      ...openUndoOf(order, later),
    ];
    const edges: PlannedEdge[] = undoneFirst.map((task) => ({ edge: null, on: { task }, with: {} }));
    if (approvalId !== null) edges.push({ edge: null, on: { approval: approvalId }, with: {} });
    return {
      id: undoTaskId(planId, original),
      key: `undo.${original.key}`,
      itemId: original.itemId,
      type: compensation.taskType.definition.key,
      title: `${compensation.title}: ${original.title}`,
      mandatory: true,
      orderVersion: order.orderVersion,
      depth: 0,
      with: isJsonObject(values) ? values : {},
      edges,
      source: { by: "compensation", template: original.source.template, of: original.id, policy: compensation.key },
      excluded: null,
      pointOfNoReturn: "none",
      omittedEdges: [],
    };
  });
}

/** Undoing of later work that was asked for before and is not done yet. */
function openUndoOf(order: Order, later: readonly number[]): readonly string[] {
  const ids = new Set(later.map((position) => order.plan?.graph.tasks[position]?.id));
  return order.compensations.filter(({ originalTaskId, settledAt }) => settledAt === null && ids.has(originalTaskId)).map(({ taskId }) => taskId);
}

/** Everything that came after a task, directly or through milestones. */
export function laterWork(order: Order, position: number): readonly number[] {
  const { waitersOfTask, waitersOfMilestone, milestonesOfTask } = graphIndex(required(order.plan, `The plan of ${order.id}`).graph);
  const found = new Set<number>();
  const open = [position];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const direct = waitersOfTask[next] ?? [];
    const viaMilestones = (milestonesOfTask[next] ?? []).flatMap((milestone) => waitersOfMilestone[milestone] ?? []);
    for (const { task } of [...direct, ...viaMilestones]) {
      if (found.has(task)) continue;
      found.add(task);
      open.push(task);
    }
  }
  return [...found].sort((a, b) => a - b);
}

