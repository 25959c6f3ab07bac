import type { Order } from "../../engine/order/order.ts";

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
  const orders = new Map<string, Order>();
  return {
    get(id) {
      const order = orders.get(id);
      if (order) {
        orders.delete(id);
        orders.set(id, order);
      }
      return order;
    },
    put(order) {
      orders.delete(order.id);
      if (order.completedAt !== null) return;
      orders.set(order.id, order);
      if (orders.size > capacity) {
        const [oldest] = orders.keys();
        if (oldest !== undefined) orders.delete(oldest);
      }
    },
    clear: () => orders.clear(),
  };
}
