import type { Order } from "../../engine/order/order.ts";
import { createRecentlyUsed } from "./recently-used.ts";

/** Orders as they were last committed by this process; those used longest ago make room. */
export interface OrderCache {
  readonly get: (id: string) => Order | undefined;
  readonly put: (order: Order) => void;
  /** Forgets everything: some of it was proven wrong. */
  readonly clear: () => void;
}

/**
 * Keeps the most recently used orders that are not finished. An entry is true as long as its `aggregateVersion` is the
 * stored one.
 */
export function createOrderCache(capacity: number): OrderCache {
  const orders = createRecentlyUsed<Order>(capacity);
  return {
    get: orders.get,
    put(order) {
      if (order.completedAt === null) orders.put(order.id, order);
      else orders.delete(order.id);
    },
    clear: orders.clear,
  };
}
