import { outcomeOf } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";

/** How much of the work of an order is done. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/**
 * Progress computed from the graph (I1): tasks that are part of the work, and those of them that ended well. Work that was
 * left out or skipped does not count, nor do messages for a status that may never come.
 */
export function progressOf(order: Order): Progress {
  const planned = order.plan?.graph.tasks ?? [];
  const counted = order.tasks.filter((task, position) => {
    const source = planned[position];
    return source !== undefined && source.excluded === null && source.source.by !== "status-message" && task.state !== "SKIPPED_BY_POLICY";
  });
  return { done: counted.filter((task) => outcomeOf(task.state) === "SUCCESS").length, total: counted.length };
}
