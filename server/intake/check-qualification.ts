import type { Instant, OrderSchema, QualificationRule } from "../../engine/language/kinds.ts";
import type { NewItem } from "../../engine/order/order.ts";
import { parseDurationMs } from "../../engine/support/duration.ts";
import { isJsonObject, type JsonObject } from "../../engine/support/json.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Reason } from "./reason.ts";

/**
 * Are the qualifications there, good and fresh (B4)? The technical one is the item's `qualification`, the commercial one
 * its `commercial`. Only what adds or changes a product needs them: nobody has to qualify for an end.
 */
export function checkQualification(item: NewItem, position: number, rules: OrderSchema["qualification"], now: Instant): readonly Reason[] {
  if (rules === undefined || (item.action !== "ADD" && item.action !== "MODIFY")) return [];
  const { qualification } = item;
  const commercial = qualification?.["commercial"];
  const technical = qualification === null || qualification["id"] === undefined ? null : qualification;
  const pointer = `/items/${position}/qualification`;
  return [
    ...checkOne(item, technical, rules.technical, "technical", pointer, now),
    ...checkOne(item, isJsonObject(commercial) ? commercial : null, rules.commercial, "commercial", `${pointer}/commercial`, now),
  ];
}

function checkOne(
  item: NewItem, given: JsonObject | null, rule: QualificationRule | undefined, kind: string, pointer: string, now: Instant,
): readonly Reason[] {
  if (rule === undefined || !rule.required || !(rule.offerings?.includes(item.offering) ?? true)) return [];
  if (given === null) return [{ code: "qualification-missing", pointer, detail: `Refer to the ${kind} qualification of this item.` }];
  const reasons: Reason[] = [];
  if (rule.results !== undefined && !rule.results.some((result) => result === given["result"])) {
    reasons.push({ code: "qualification-rejected", pointer: `${pointer}/result`, detail: `The result of the ${kind} qualification must be one of ${rule.results.join(", ")}.` });
  }
  return [...reasons, ...checkAge(given["checkedAt"], rule, kind, `${pointer}/checkedAt`, now)];
}

function checkAge(checkedAt: unknown, rule: QualificationRule, kind: string, pointer: string, now: Instant): readonly Reason[] {
  const validMs = rule.validFor === undefined ? null : parseDurationMs(rule.validFor);
  if (validMs === null) return [];
  const checkedMs = typeof checkedAt === "string" ? Date.parse(checkedAt) : Number.NaN;
  if (Number.isNaN(checkedMs)) return [{ code: "qualification-missing", pointer, detail: `Say when the ${kind} qualification was checked.` }];
  const nowMs = Date.parse(now);
  if (checkedMs > nowMs + SERVER_LIMITS.clockToleranceMs) {
    return [{ code: "qualification-rejected", pointer, detail: `The ${kind} qualification was checked in the future; correct the instant.` }];
  }
  if (checkedMs + validMs >= nowMs) return [];
  return [{ code: "qualification-expired", pointer, detail: `The ${kind} qualification holds for ${rule.validFor}; qualify again.` }];
}
