import type { Repair } from "../order/repair.ts";
import { isJsonObject, type Json } from "../support/json.ts";
import type { Rejection } from "../interpret/interpretation.ts";

/** What a repair must bring along besides its reason, which is always needed (H4, I-30). */
export interface RepairNeeds {
  readonly evidence: boolean;
  /** Both impacts: on the customer and on the money. */
  readonly impacts: boolean;
}

/** Refuses a repair that does not say why, how we know, or what it means for the customer and the money. */
export function missingEvidence(repair: Repair, needs: RepairNeeds): Rejection | null {
  const missing = [
    ...(isBlank(repair.reason) ? ["reason"] : []),
    ...(needs.evidence && isBlank(repair.evidence) ? ["evidence"] : []),
    ...(needs.impacts && isBlank(repair.customerImpact) ? ["customerImpact"] : []),
    ...(needs.impacts && isBlank(repair.financialImpact) ? ["financialImpact"] : []),
  ];
  if (missing.length === 0) return null;
  return {
    code: "repair-evidence-missing",
    message: `${repair.action} needs ${missing.join(", ")}.`,
    details: missing.map((name) => ({ path: `/${name}`, message: "This is missing." })),
  };
}

/** Nothing, spaces, or a list or object that holds nothing. */
function isBlank(value: Json): boolean {
  if (value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  if (Array.isArray(value)) return (value as readonly Json[]).every(isBlank);
  return isJsonObject(value) && Object.values(value).every((member) => member === undefined || isBlank(member));
}
