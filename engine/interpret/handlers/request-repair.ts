import type { InputOf } from "../../order/inputs.ts";
import { askRepair } from "../../repair/ask-repair.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";

/** A person asks for a repair (H3); `engine/repair` decides. */
export function requestRepair(decision: Decision, input: InputOf<"RequestRepair">): Promise<Rejection | null> {
  return askRepair(decision, input.repair, input.actor);
}
