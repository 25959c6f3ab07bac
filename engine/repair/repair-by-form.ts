import type { Decision } from "../interpret/decision.ts";
import { openCaseOf } from "../interpret/fallout.ts";
import type { Rejection } from "../interpret/interpretation.ts";
import type { InputOf } from "../order/inputs.ts";
import type { RepairAction } from "../order/repair.ts";
import { isJsonObject, type Json } from "../support/json.ts";
import { askRepair } from "./ask-repair.ts";

/**
 * The repair that the outcome of a manual task asks for: the same door, right and rules as any other. The form says why and
 * what; what it does not say about the impacts, the open case knows; the evidence is what was sent along, or the form.
 */
export function repairByForm(decision: Decision, action: RepairAction, input: InputOf<"CompleteManualTask">, said: string): Promise<Rejection | null> {
  const { taskId, form, evidence, actor } = input;
  const open = openCaseOf(decision, taskId);
  const amount = form["amount"];
  return askRepair(decision, {
    action, taskId, itemId: null,
    reason: textOf(form["reason"]) ?? said,
    evidence: evidence ?? form,
    customerImpact: textOf(form["customerImpact"]) ?? open?.customerImpact ?? null,
    financialImpact: textOf(form["financialImpact"]) ?? open?.revenueImpact ?? null,
    amount: typeof amount === "number" ? amount : null,
    values: {
      ...(isJsonObject(form["outputs"]) && { outputs: form["outputs"] }),
      ...(isJsonObject(form["corrections"]) && { corrections: form["corrections"] }),
    },
  }, actor);
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
