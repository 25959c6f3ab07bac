import type { InputOf } from "../../order/inputs.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";

export function requestRepair(decision: Decision, _input: InputOf<"RequestRepair">): Rejection | null {
  return { code: "invalid-transition", message: `Repairs are not taken for order ${decision.order.id}.` };
}
