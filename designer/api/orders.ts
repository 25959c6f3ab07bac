import type { OrderExplanation } from "../../engine/explain/explain.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import type { OrderLine } from "../../server/api/order-line.ts";
import type { OrderView } from "../../server/api/order-view.ts";
import { send } from "./http.ts";

export interface OrderList {
  readonly orders: readonly OrderLine[];
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
}

const order = (id: string): string => `/api/orders/${encodeURIComponent(id)}`;

/** Orders as the server shows them. */
export const ordersApi = {
  list: (query: string) => send<OrderList>(`/api/orders?${query}`),
  one: (id: string) => send<OrderView>(order(id)),
  explain: (id: string) => send<OrderExplanation>(`${order(id)}/explain`),
  history: async (id: string): Promise<readonly JournalEntry[]> => {
    const entries: JournalEntry[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const page: { readonly entries: readonly JournalEntry[]; readonly next: number | null } = await send(`${order(id)}/history?after=${after}`);
      entries.push(...page.entries);
      after = page.next;
    }
    return entries;
  },
  sample: (name: string) => send<unknown>(`/demo/orders/${name}`),
  submit: (payload: unknown) => send<{ readonly id: string }>("/tmf-api/productOrderingManagement/v4/productOrder", { method: "POST", body: payload, anonymous: true }),
} as const;
