import type { OrderView } from "../server/api/order-view.ts";
import { api, type OrderLine } from "./api.ts";

export const PAGE_SIZE = 25;

/** The views of the list, with the filters they stand for. */
export const VIEWS: readonly { readonly key: string; readonly title: string; readonly query: string }[] = [
  { key: "all", title: "All", query: "" },
  { key: "open", title: "Open", query: "state=SUBMITTED,VALIDATING,READY_FOR_FULFILLMENT,IN_PROGRESS,HELD,ASSESSING_CANCELLATION,CANCELLING,PARTIALLY_COMPLETED" },
  { key: "needs-people", title: "Needs people", query: "blocked=true" },
  { key: "held", title: "Held", query: "state=HELD" },
  { key: "completed", title: "Completed", query: "state=COMPLETED" },
  { key: "failed", title: "Failed or cancelled", query: "state=FAILED,CANCELLED,REJECTED" },
];

export interface ListedOrder {
  readonly line: OrderLine;
  /** The read model behind the line. */
  readonly view: OrderView;
}

export interface LoadedOrders {
  readonly orders: readonly ListedOrder[];
  readonly total: number;
}

/** Read models by order and version: only orders that moved are read again. */
const views = new Map<string, OrderView>();

/** One page of a view of the list, newest first, with the read model of each order on it. */
export async function loadOrders(viewKey: string, offset: number): Promise<LoadedOrders> {
  const filter = VIEWS.find(({ key }) => key === viewKey)?.query ?? "";
  const list = await api.orders([filter, "sort=-acceptedAt", `offset=${offset}`, `limit=${PAGE_SIZE}`].filter(Boolean).join("&"));
  const orders = await Promise.all(list.orders.map(async (line) => ({ line, view: await viewOf(line) })));
  const shown = new Set(orders.map(({ line }) => keyOf(line)));
  for (const key of views.keys()) if (!shown.has(key)) views.delete(key);
  return { orders, total: list.total };
}

async function viewOf(line: OrderLine): Promise<OrderView> {
  const known = views.get(keyOf(line));
  if (known !== undefined) return known;
  const view = await api.order(line.productOrderId);
  views.set(keyOf(line), view);
  return view;
}

function keyOf({ productOrderId, aggregateVersion }: OrderLine): string {
  return `${productOrderId} ${aggregateVersion}`;
}
