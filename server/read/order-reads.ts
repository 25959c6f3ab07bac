import type { OrderState } from "../../engine/order/machines.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Json } from "../../engine/support/json.ts";

/** What the edges read. Queries only: nothing in here changes an order. */
export interface OrderReads {
  readonly order: (orderId: string) => Promise<Order | null>;
  /** Several orders at once; those that do not exist are left out. */
  readonly orders: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, Order>>;
  readonly find: (query: OrderQuery) => Promise<Page<OrderRow>>;
  /** Entries of the journal after a version, oldest first. */
  readonly journal: (orderId: string, afterVersion: number, limit: number) => Promise<readonly JournalEntry[]>;
  /** Why ready tasks of an order are not admitted yet, by task id. */
  readonly waiting: (orderId: string) => Promise<ReadonlyMap<string, WaitReason>>;
  readonly unmatched: (offset: number, limit: number) => Promise<Page<UnmatchedResult>>;
}

/** Why a ready task has to wait, in words, and what must come free. */
export interface WaitReason {
  /** The reason of admission; with who paused the target system and why, when it is paused. */
  readonly reason: string;
  readonly resource: string;
}

/** One page and how many rows there are in all. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** Which orders, in which order. A filter left out does not filter; `regions` null means every region. */
export interface OrderQuery {
  readonly regions: readonly string[] | null;
  readonly states?: readonly OrderState[];
  readonly customerStatus?: string;
  readonly blocked?: boolean;
  readonly releaseDigest?: string;
  readonly externalId?: string;
  readonly customerId?: string;
  readonly billingAccount?: string;
  readonly channel?: string;
  /** Offering of at least one item. */
  readonly offering?: string;
  /** An id people search by: of the order, external, customer, account, correlation. */
  readonly anyId?: string;
  readonly acceptedAfter?: string;
  readonly acceptedBefore?: string;
  readonly sort: OrderSort;
  readonly offset: number;
  readonly limit: number;
}

export const ORDER_SORTS = ["acceptedAt", "-acceptedAt", "updatedAt", "-updatedAt", "priority", "-priority", "state", "-state"] as const;

export type OrderSort = (typeof ORDER_SORTS)[number];

/** One line of a list of orders. */
export interface OrderRow {
  readonly id: string;
  readonly externalId: string | null;
  readonly state: OrderState;
  /** Key of the customer-visible status; null before there is a plan. */
  readonly customerStatus: string | null;
  readonly priority: number;
  readonly region: string | null;
  readonly channel: string | null;
  readonly customerId: string | null;
  readonly billingAccount: string | null;
  readonly releaseDigest: string;
  readonly aggregateVersion: number;
  readonly correlationId: string;
  readonly acceptedAt: string;
  readonly completedAt: string | null;
  readonly updatedAt: string;
  readonly blocked: boolean;
}

/** A result that belongs to no task. */
export interface UnmatchedResult {
  readonly source: string;
  readonly messageId: string;
  readonly orderId: string | null;
  readonly taskId: string | null;
  readonly reason: string;
  readonly input: Json;
  readonly receivedAt: string;
}
