import type { JsonObject } from "../../engine/support/json.ts";
import type { Field } from "./field.ts";

/**
 * The qualifications of an item (B4): the technical one (TMF645: can it be delivered there) gives the object, the
 * commercial one (TMF679: may this customer buy it) stands in its `commercial`; the two are never mixed (B13).
 *
 * Technical is the first `qualification` whose `@referredType` does not say product offering; commercial is
 * `productOfferingQualificationItem`, else the first `qualification` that says product offering, else the order's own.
 */
export function toQualification(item: Field, orderCommercial: JsonObject | null): JsonObject | null {
  const references = item.get("qualification").list();
  const technical = toQualificationReference(references.find((reference) => !isCommercial(reference)));
  const own = item.get("productOfferingQualificationItem");
  const commercial = toQualificationReference(own.present ? own : references.find(isCommercial)) ?? orderCommercial;
  if (technical === null && commercial === null) return null;
  return { ...technical, ...(commercial === null ? {} : { commercial }) };
}

/** One reference with its result and date as extension properties. */
export function toQualificationReference(field: Field | undefined): JsonObject | null {
  if (field === undefined || field.object() === null) return null;
  const id = field.get("id").require(field.get("id").text());
  const checkedAt = field.get("checkedAt").instant();
  return { ...field.extensions(["href", "name"]), id: id ?? "", ...(checkedAt === null ? {} : { checkedAt }) };
}

function isCommercial(reference: Field): boolean {
  return reference.get("@referredType").lower().includes("productofferingqualification");
}
