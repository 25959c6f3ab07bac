import type { Instant, OrderSchema } from "../../engine/language/kinds.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import type { Reason } from "./reason.ts";

/** Is the accepted quote there, identified well enough to become one order only, and still valid (B3)? */
export function checkQuote(order: NewOrder, rule: OrderSchema["quote"], now: Instant): readonly Reason[] {
  const { quote } = order;
  if (quote === null) {
    return rule.required ? [{ code: "quote-missing", pointer: "/quote", detail: "Refer to the accepted quote by its id." }] : [];
  }
  const reasons: Reason[] = [];
  if (rule.oneOrderPerVersion === true && (quote["version"] ?? null) === null) {
    reasons.push({ code: "quote-missing", pointer: "/quote/version", detail: "Name the version of the quote; one version becomes one order." });
  }
  const validUntil = quote["validUntil"];
  if (typeof validUntil === "string" && Date.parse(validUntil) < Date.parse(now)) {
    reasons.push({ code: "quote-expired", pointer: "/quote/validUntil", detail: "Have the quote renewed, then order its new version." });
  }
  return reasons;
}
