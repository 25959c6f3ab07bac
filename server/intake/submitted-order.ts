import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Instant } from "../../engine/language/kinds.ts";
import type { NewOrder, Order } from "../../engine/order/order.ts";

/**
 * The order as the caller sees it right after acceptance. It is shown in the answer, which is stored in the very
 * transaction that accepts the order, and read by the rules of intake; the engine makes its own from the event.
 */
export function submittedOrder(order: NewOrder, release: CompiledRelease, correlationId: string, at: Instant): Order {
  return {
    ...order,
    state: "SUBMITTED",
    release: { name: release.name, digest: release.digest },
    orderVersion: 1,
    aggregateVersion: 1,
    correlationId,
    acceptedAt: at,
    completedAt: null,
    items: order.items.map((item) => ({
      ...item,
      state: "SUBMITTED",
      holdCause: null,
      decomposition: null,
      mandatoryTasks: 0,
      openMandatoryTasks: 0,
      deadlineAt: null,
      deadlinePassed: false,
      customerStatus: null,
      completedAt: null,
    })),
    plan: null,
    tasks: [],
    milestones: [],
    cases: [],
    parkedResults: [],
  };
}
