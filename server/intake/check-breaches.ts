import { itemFacts, orderFacts } from "../../engine/interpret/facts-of.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Instant } from "../../engine/language/kinds.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import type { Reason } from "./reason.ts";
import { submittedOrder } from "./submitted-order.ts";

/** The authored rules of the product that this order breaches; each has its own code and sentence. */
export function checkBreaches(order: NewOrder, release: CompiledRelease, now: Instant): readonly Reason[] {
  const submitted = submittedOrder(order, release, "", now);
  const facts = orderFacts(submitted);
  return submitted.items.flatMap((item, position) => {
    const breaches = release.orderSchemas.get(item.offering)?.breaches ?? [];
    return breaches
      .filter(({ when }) => when.holds({ order: facts, item: itemFacts(submitted, item), now }))
      .map(({ code, message }) => ({ code: "rule-breached" as const, pointer: `/items/${position}`, detail: message, rule: code }));
  });
}
