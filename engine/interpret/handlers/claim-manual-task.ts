import type { InputOf } from "../../order/inputs.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";

export function claimManualTask(decision: Decision, _input: InputOf<"ClaimManualTask" | "ReleaseManualTask">): Rejection | null {
  return { code: "invalid-transition", message: `Nothing can be claimed for order ${decision.order.id}.` };
}
