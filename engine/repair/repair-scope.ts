import type { CompiledRelease, CompiledTaskType } from "../language/compiled-release.ts";
import { graphIndex } from "../order/graph-index.ts";
import type { Item, Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Repair } from "../order/repair.ts";
import type { Task } from "../order/task.ts";
import { required } from "../support/defect.ts";
import type { Rejection } from "../interpret/interpretation.ts";

/** What a repair is about, as things stand now. The rules of `repair-rules.ts` read this and nothing else. */
export interface RepairScope {
  readonly order: Order;
  readonly release: CompiledRelease;
  readonly at: string;
  readonly repair: Repair;
  /** The task the repair names, with all that is known of it; null for a repair of an item or of the order. */
  readonly on: RepairedTask | null;
  /** The item the repair names, or the one of its task; null for a repair of the order. */
  readonly item: Item | null;
}

export interface RepairedTask {
  readonly position: number;
  readonly task: Task;
  readonly planned: PlannedTask;
  readonly type: CompiledTaskType;
}

export type RepairSubject = "task" | "item" | "order";

/** Finds what a repair is about. Refused: a name that names nothing, and an action without the name it needs. */
export function scopeOf(order: Order, release: CompiledRelease, at: string, repair: Repair, subject: RepairSubject): RepairScope | Rejection {
  const base = { order, release, at, repair };
  if (subject === "order") return { ...base, on: null, item: null };
  if (subject === "item") {
    if (repair.itemId === null) return invalidValues(`${repair.action} is about an item: name it.`, "/itemId");
    const item = order.items.find(({ id }) => id === repair.itemId);
    return item ? { ...base, on: null, item } : { code: "item-not-found", message: `Order ${order.id} has no item ${repair.itemId}.` };
  }
  if (repair.taskId === null) return invalidValues(`${repair.action} is about a task: name it.`, "/taskId");
  const position = order.plan === null ? undefined : graphIndex(order.plan.graph).taskPosition.get(repair.taskId);
  if (position === undefined) return { code: "task-not-found", message: `Order ${order.id} has no task ${repair.taskId}.` };
  const type = order.plan?.graph.tasks[position]?.type ?? "";
  if (!release.taskTypes.has(type)) return { code: "invalid-transition", message: `Task ${repair.taskId} was dropped when the order moved to another release, which has no task type ${type}.` };
  const on = taskAt(order, release, position);
  return { ...base, on, item: required(order.items.find(({ id }) => id === on.planned.itemId), on.planned.itemId) };
}

export function isRefusal(found: RepairScope | Rejection): found is Rejection {
  return "code" in found;
}

/** A task with all that is known of it. */
export function taskAt(order: Order, release: CompiledRelease, position: number): RepairedTask {
  const planned = required(order.plan?.graph.tasks[position], `Planned task ${position}`);
  return { position, planned, task: required(order.tasks[position], planned.id), type: required(release.taskTypes.get(planned.type), planned.type) };
}

/** The tasks of one item, in the order of the plan; but what a release dropped together with its type. */
export function tasksOfItem(order: Order, release: CompiledRelease, itemId: string): readonly RepairedTask[] {
  if (order.plan === null) return [];
  return (graphIndex(order.plan.graph).tasksOfItem.get(itemId) ?? [])
    .filter((position) => release.taskTypes.has(order.plan?.graph.tasks[position]?.type ?? ""))
    .map((position) => taskAt(order, release, position));
}

/** The values do not say what the action needs. `path` is a JSON Pointer into the repair. */
export function invalidValues(message: string, path = "/values"): Rejection {
  return { code: "repair-values-invalid", message, details: [{ path, message }] };
}
