import type { InputOf } from "../../order/inputs.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";

export function requestAmendment(decision: Decision, _input: InputOf<"RequestAmendment">): Rejection | null {
  return { code: "invalid-transition", message: `Amendments are not taken for order ${decision.order.id}.` };
}
