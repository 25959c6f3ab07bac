import type { NewItem, NewOrder } from "../../engine/order/order.ts";

/** Monday, 11:00 in Berlin. */
export const START = "2026-11-02T10:00:00.000Z";

/** An order of the given items; one item of the offering DEMO when none is named. */
export function orderOf(items: readonly NewItem[] = [itemOf()], more: Partial<NewOrder> = {}): NewOrder {
  return {
    id: "O1", externalId: "X-1", channel: "web", region: "north", priority: 0, requestedDate: null, customer: { id: "C1" },
    billingAccount: "BA1", quote: { id: "Q1" }, contract: null, items, ...more,
  };
}

/** Item 1, ADD DEMO, unless said otherwise. */
export function itemOf(more: Partial<NewItem> = {}): NewItem {
  return {
    id: "1", parentId: null, action: "ADD", offering: "DEMO", specification: null, quantity: 1, requestedDate: null, place: { id: "P1" },
    appointment: null, product: null, characteristics: {}, charges: [], qualification: null, relationships: [], ...more,
  };
}
