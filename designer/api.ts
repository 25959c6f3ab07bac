import type { OrderLine } from "../server/api/order-line.ts";
import type { OrderView } from "../server/api/order-view.ts";
import type { ProblemBody } from "../server/problems/problem.ts";
import type { OrderExplanation } from "../engine/explain/explain.ts";
import type { JournalEntry } from "../engine/order/events.ts";

export interface OrderList {
  readonly orders: readonly OrderLine[];
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
}

/** A request that did not get through, in words for people. */
export class ApiError extends Error {
  readonly status: number | null;
  readonly code: string | null;

  constructor(message: string, status: number | null, code: string | null) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface Request {
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

async function send<T>(path: string, request?: Request): Promise<T> {
  const response = await fetch(path, { ...request, headers: { Accept: "application/json", ...request?.headers } }).catch(() => {
    throw new ApiError("The server does not answer. Is it running?", null, null);
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body as T;
  const problem = body as Partial<ProblemBody> | null;
  const reasons = problem?.errors?.map(({ pointer, detail }) => `${pointer}: ${detail}`) ?? [];
  const message = [problem?.detail ?? `The server answered ${response.status}.`, ...reasons].join(" ");
  throw new ApiError(message, response.status, problem?.code ?? null);
}

const order = (id: string): string => `/api/orders/${encodeURIComponent(id)}`;

export const api = {
  orders: (query: string) => send<OrderList>(`/api/orders?${query}`),
  order: (id: string) => send<OrderView>(order(id)),
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
  release: (digest: string) => send<{ readonly definitions: readonly { readonly kind: string; readonly key: string; readonly title: string }[] }>(`/api/releases/${digest}`),
  sample: (name: string) => send<unknown>(`/demo/orders/${name}`),
  submit: (payload: unknown) =>
    send<{ readonly id: string }>("/tmf-api/productOrderingManagement/v4/productOrder", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": JSON.stringify(crypto.randomUUID()) },
      body: JSON.stringify(payload),
    }),
} as const;
