import { ordersApi, type OrderList } from "../api/orders.ts";
import type { operate } from "../strings/operate.ts";

export const PAGE_SIZE = 25;

/** The views of the list, with the filters they stand for. */
export const VIEWS: readonly { readonly key: keyof typeof operate.viewNames; readonly query: string }[] = [
  { key: "all", query: "" },
  { key: "open", query: "state=SUBMITTED,VALIDATING,READY_FOR_FULFILLMENT,IN_PROGRESS,HELD,ASSESSING_CANCELLATION,CANCELLING,PARTIALLY_COMPLETED" },
  { key: "needs-people", query: "blocked=true" },
  { key: "held", query: "state=HELD" },
  { key: "completed", query: "state=COMPLETED" },
  { key: "failed", query: "state=FAILED,CANCELLED,REJECTED" },
];

/** One page of a view of the list, newest first. */
export function loadOrders(viewKey: string, offset: number): Promise<OrderList> {
  const filter = VIEWS.find(({ key }) => key === viewKey)?.query ?? "";
  return ordersApi.list([filter, "sort=-acceptedAt", `offset=${offset}`, `limit=${PAGE_SIZE}`].filter(Boolean).join("&"));
}
