import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Instant } from "../../engine/language/kinds.ts";
import { evolve } from "../../engine/order/evolve.ts";
import type { NewOrder, Order } from "../../engine/order/order.ts";

/**
 * The order as the caller sees it right after acceptance. It is shown in the answer, which is stored in the very
 * transaction that accepts the order, and read by the rules of intake; the engine makes its own from the same event.
 */
export function submittedOrder(order: NewOrder, { name, digest }: CompiledRelease, correlationId: string, at: Instant): Order {
  return evolve(null, { type: "OrderSubmitted", order, release: { name, digest }, correlationId, at });
}
