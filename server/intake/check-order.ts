import type { CompiledOrderSchema, CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Instant } from "../../engine/language/kinds.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { checkBreaches } from "./check-breaches.ts";
import { checkQualification } from "./check-qualification.ts";
import { checkQuote } from "./check-quote.ts";
import { checkRelationships } from "./check-relationships.ts";
import { checkItemSchema, checkOrderSchema } from "./check-schemas.ts";
import type { Reason } from "./reason.ts";

/**
 * May this order be accepted under this release, now? Everything that can be known at the door is checked here and all
 * reasons are collected (contracts, Intake); what follows acceptance is fallout, never a refusal. Pure.
 */
export function checkOrder(order: NewOrder, release: CompiledRelease, now: Instant): readonly Reason[] {
  const schemas = new Map<CompiledOrderSchema, readonly number[]>();
  const reasons: Reason[] = [...checkItemIds(order)];
  for (const [position, item] of order.items.entries()) {
    const schema = release.orderSchemas.get(item.offering);
    if (schema === undefined) {
      reasons.push({ code: "offering-unknown", pointer: `/items/${position}/offering`, detail: "Order an offering of the active release." });
      continue;
    }
    schemas.set(schema, [...(schemas.get(schema) ?? []), position]);
    reasons.push(...checkItemSchema(item, position, schema));
    reasons.push(...checkQualification(item, position, schema.definition.qualification, now));
  }
  for (const schema of schemas.keys()) {
    reasons.push(...checkOrderSchema(order, schema));
    reasons.push(...checkQuote(order, schema.definition.quote, now));
  }
  reasons.push(...checkRelationships(order, release));
  // Rules read what the schemas promise: they speak only about an order of the right shape.
  if (reasons.length === 0) reasons.push(...checkBreaches(order, release, now));
  return withoutRepeats(reasons).slice(0, SERVER_LIMITS.reportedErrors);
}


function checkItemIds(order: NewOrder): readonly Reason[] {
  const ids = order.items.map((item) => item.id);
  return ids.flatMap((id, position) =>
    ids.indexOf(id) === position ? [] : [{ code: "duplicate-item", pointer: `/items/${position}`, detail: "Give every item of the order its own id." }],
  );
}

function withoutRepeats(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Set<string>();
  return reasons.filter(({ code, pointer, detail }) => {
    const text = `${code} ${pointer} ${detail}`;
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}
