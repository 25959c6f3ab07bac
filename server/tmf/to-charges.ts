import type { JsonObject } from "../../engine/support/json.ts";
import type { Field } from "./field.ts";

/** The one table of price types, in both directions. The first TMF name of a type is the one we answer with. */
export const CHARGE_TYPES: { readonly [tmf: string]: string } = {
  recurring: "RECURRING",
  nonRecurring: "ONE_TIME",
  oneTime: "ONE_TIME",
  usage: "USAGE",
};

/** Properties of `OrderPrice` that have a place of their own in a charge; all others are kept under their names. */
const KNOWN = ["name", "priceType", "price", "recurringChargePeriod", "productOfferingPrice", "priceAlteration", "billingAccount"] as const;

/**
 * TMF `itemPrice[]` -> the accepted price snapshot (B10). `amount` is the price without tax where it is given, otherwise the
 * one with tax, marked by `taxIncluded`.
 */
export function toCharges(field: Field): readonly JsonObject[] {
  const keys = new Set<string>();
  return field.list().map((price) => {
    const key = toKey(price.get("name"));
    if (key !== "" && keys.has(key)) price.get("name").refuse("duplicate-charge", "Give every price of an item its own name.");
    keys.add(key);
    return toCharge(price, key);
  });
}

function toCharge(price: Field, key: string): JsonObject {
  const net = price.get("price").get("dutyFreeAmount");
  const gross = price.get("price").get("taxIncludedAmount");
  const money = net.present || !gross.present ? net : gross;
  const period = price.get("recurringChargePeriod").text();
  const offeringPrice = price.get("productOfferingPrice").get("id").text();
  const alterations = price.get("priceAlteration").value;
  const taxRate = price.get("price").get("taxRate").number();
  return {
    ...price.extensions(KNOWN),
    key,
    type: toType(price.get("priceType")),
    amount: money.get("value").require(money.get("value").number()) ?? 0,
    currency: money.get("unit").require(money.get("unit").text()) ?? "",
    ...(money === gross ? { taxIncluded: true } : {}),
    ...(taxRate === null ? {} : { taxRate }),
    ...(period === null ? {} : { period }),
    ...(offeringPrice === null ? {} : { offeringPrice }),
    ...(alterations === undefined ? {} : { alterations }),
  };
}

/** The name becomes part of task ids and addresses: every run of other characters turns into one hyphen. */
function toKey(field: Field): string {
  const name = field.require(field.text());
  if (name === null) return "";
  const key = name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+|-+$/g, "");
  if (key === "") field.refuse("invalid-value", "Use letters or digits in the name of a price.");
  return key;
}

function toType(field: Field): string {
  const type = typeof field.value === "string" && Object.hasOwn(CHARGE_TYPES, field.value) ? CHARGE_TYPES[field.value] : undefined;
  if (type !== undefined) return type;
  if (field.present) field.refuse("invalid-value", "Send recurring, nonRecurring or usage.");
  else field.require(null);
  return "";
}
