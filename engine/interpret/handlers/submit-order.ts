import type { InputOf } from "../../order/inputs.ts";
import type { Decision } from "../decision.ts";

/** An order was accepted at intake: it exists from now on, pinned to the release it was accepted under (B8). */
export function submitOrder(decision: Decision, input: InputOf<"SubmitOrder">): null {
  const { name, digest } = decision.release;
  decision.emit({ type: "OrderSubmitted", order: input.order, release: { name, digest }, correlationId: input.correlationId });
  return null;
}
