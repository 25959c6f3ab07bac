import type { DispatchTask, QueryTask } from "../../../engine/order/commands.ts";

/** A command as the engine writes it. */
export function dispatchTask(changes: Partial<DispatchTask> = {}): DispatchTask {
  return {
    type: "DispatchTask", commandId: "O-1/p1/1/reserve-ont/reserve/1", idempotencyKey: "a".repeat(64), correlationId: "corr-1", causationId: "O-1/7",
    orderId: "O-1", taskId: "O-1/p1/1/reserve-ont", attempt: 1, targetSystem: "resource-inventory", action: "reserve", request: { resource: "ONT" },
    businessKeys: { orderId: "O-1", orderItemId: "1", externalId: null, billingAccount: null, customerId: null, quoteId: null },
    ...changes,
  };
}

/** The question about that command. */
export function queryTask(changes: Partial<QueryTask> = {}): QueryTask {
  const { commandId, idempotencyKey, correlationId, causationId, orderId, taskId, attempt, targetSystem } = dispatchTask();
  return { type: "QueryTask", commandId, idempotencyKey, correlationId, causationId, orderId, taskId, attempt, targetSystem, ...changes };
}

/** A signal that never fires. */
export const patient = new AbortController().signal;
