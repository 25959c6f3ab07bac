import { graphIndex } from "../order/graph-index.ts";
import type { Item, Order } from "../order/order.ts";
import type { Repair } from "../order/repair.ts";
import type { Task } from "../order/task.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { sha256Hex } from "../support/hash.ts";
import type { Json } from "../support/json.ts";

/**
 * Hash of what an approver of a repair agrees to (N5): the repair word for word, and its subject as it stands. When either
 * changes, the approval is stale. Clocks, and who happens to have claimed the work, are no part of it: they change without
 * changing what the repair would do.
 */
export function repairHash(order: Order, repair: Repair): string {
  return sha256Hex(canonicalJson([repair, subjectOf(order, repair)] as unknown as Json));
}

function subjectOf(order: Order, { taskId, itemId }: Repair): unknown {
  if (taskId !== null) {
    const position = order.plan === null ? -1 : (graphIndex(order.plan.graph).taskPosition.get(taskId) ?? -1);
    const task = order.tasks[position];
    return { task: task && agreedTask(task), item: order.items.find(({ id }) => id === order.plan?.graph.tasks[position]?.itemId)?.state ?? null };
  }
  const items = order.items.filter(({ id }) => itemId === null || id === itemId);
  const owners = new Set(items.map(({ id }) => id));
  return {
    order: { state: order.state, version: order.orderVersion, plan: order.plan?.id ?? null },
    items: items.map(agreedItem),
    tasks: order.tasks.flatMap(({ id, state, effect, outputs }, position) => (owners.has(order.plan?.graph.tasks[position]?.itemId ?? "") ? [{ id, state, effect, outputs }] : [])),
  };
}

function agreedTask(task: Task): object {
  const { timers: _timers, ...row } = task;
  if (row.state !== "AWAITING_MANUAL_ACTION") return row;
  const { claimedBy: _claimedBy, escalations: _escalations, ...manual } = row.manual;
  return { ...row, manual };
}

function agreedItem(item: Item): object {
  const { customerStatus: _customerStatus, deadlinePassed: _deadlinePassed, ...row } = item;
  return row;
}
