import { explainOrder } from "../../engine/explain/explain.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { TaskState } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";
import type { OrderRow } from "../read/order-reads.ts";
import { orderView, type OrderView } from "./order-view.ts";

/** One line of the list of orders: what a console shows of an order without opening it. */
export interface OrderLine
  extends Pick<
    OrderView,
    | "productOrderId" | "externalId" | "correlationId" | "internalState" | "customerVisibleStatus" | "progress" | "explanation" | "waitsFor"
    | "customerActionRequired" | "providerActionRequired" | "items" | "release" | "aggregateVersion" | "acceptedAt" | "completedAt"
  > {
  readonly priority: number;
  readonly region: string | null;
  readonly channel: string | null;
  readonly customerId: string | null;
  readonly updatedAt: string;
  readonly blocked: boolean;
  /** State of the step the order hangs on; null when it hangs on none. */
  readonly currentBlockingStepState: TaskState | null;
}

/** The line of an order as it stands now, which may be a moment newer than the row that found it. */
export function orderLine(row: OrderRow, order: Order, release: CompiledRelease): OrderLine {
  const view = orderView(order, release, explainOrder(order, release));
  return {
    productOrderId: view.productOrderId,
    externalId: view.externalId,
    correlationId: view.correlationId,
    internalState: view.internalState,
    customerVisibleStatus: view.customerVisibleStatus,
    progress: view.progress,
    explanation: view.explanation,
    waitsFor: view.waitsFor,
    customerActionRequired: view.customerActionRequired,
    providerActionRequired: view.providerActionRequired,
    currentBlockingStepState: view.steps.find(({ id }) => id === view.currentBlockingStep)?.state ?? null,
    items: view.items,
    release: view.release,
    aggregateVersion: view.aggregateVersion,
    acceptedAt: view.acceptedAt,
    completedAt: view.completedAt,
    priority: row.priority,
    region: row.region,
    channel: row.channel,
    customerId: row.customerId,
    updatedAt: row.updatedAt,
    blocked: row.blocked,
  };
}
