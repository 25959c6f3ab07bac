import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Item, Order } from "../../engine/order/order.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { itemStatus } from "../read/customer-visible-status.ts";
import { TMF_ITEM_STATES } from "./state-map.ts";
import { CHARGE_TYPES } from "./to-charges.ts";
import { ITEM_ACTIONS } from "./to-new-item.ts";
import { withoutAbsent } from "./without-absent.ts";

/** The domain's item -> TMF `ProductOrderItem`, its children inside. */
export function toProductOrderItem(item: Item, order: Order, release: CompiledRelease): JsonObject {
  const { key, title } = itemStatus(item, release);
  const children = order.items.filter((child) => child.parentId === item.id);
  return withoutAbsent({
    id: item.id,
    action: tmfName(ITEM_ACTIONS, item.action),
    quantity: item.quantity,
    state: TMF_ITEM_STATES[item.state],
    customerStatus: { key, title, "@type": "CustomerStatus" },
    requestedCompletionDate: item.requestedDate,
    productOffering: { id: item.offering },
    product: toProduct(item),
    appointment: item.appointment,
    itemPrice: listOrAbsent(item.charges.map(toOrderPrice)),
    ...toQualifications(item.qualification),
    productOrderItemRelationship: listOrAbsent(item.relationships.map(({ type, itemId }) => ({ id: itemId, relationshipType: type }))),
    productOrderItem: listOrAbsent(children.map((child) => toProductOrderItem(child, order, release))),
    "@type": "ProductOrderItem",
  });
}

function toProduct(item: Item): JsonObject {
  const { serviceId, characteristics, ...installed } = item.product ?? {};
  return withoutAbsent({
    ...installed,
    realizingService: serviceId === undefined ? null : [{ id: serviceId }],
    installedCharacteristic: isJsonObject(characteristics) ? toPairs(characteristics) : null,
    productSpecification: item.specification === null ? null : { id: item.specification },
    productCharacteristic: listOrAbsent(toPairs(item.characteristics)),
    place: item.place === null ? null : [{ ...item.place, role: "installationAddress" }],
    "@type": "Product",
  });
}

function toPairs(characteristics: JsonObject): readonly JsonObject[] {
  return Object.entries(characteristics).map(([name, value]) => ({ name, value: value ?? null, valueType: valueType(value) }));
}

function valueType(value: Json | undefined): string {
  if (Array.isArray(value)) return "array";
  return value === null || value === undefined ? "null" : typeof value;
}

function toOrderPrice(charge: JsonObject): JsonObject {
  const { key, type, amount, currency, taxIncluded, taxRate, period, offeringPrice, alterations, ...others } = charge;
  const money = { unit: currency ?? null, value: amount ?? null };
  return withoutAbsent({
    ...others,
    name: key,
    priceType: tmfName(CHARGE_TYPES, type),
    recurringChargePeriod: period,
    productOfferingPrice: offeringPrice === undefined ? null : { id: offeringPrice },
    priceAlteration: alterations,
    price: withoutAbsent({ [taxIncluded === true ? "taxIncludedAmount" : "dutyFreeAmount"]: money, taxRate, "@type": "Price" }),
    "@type": "OrderPrice",
  });
}

function toQualifications(qualification: JsonObject | null): JsonObject {
  if (qualification === null) return {};
  const { commercial, ...technical } = qualification;
  return {
    ...(Object.keys(technical).length === 0 ? {} : { qualification: [{ ...technical, "@referredType": "ServiceQualification" }] }),
    ...(isJsonObject(commercial) ? { productOfferingQualificationItem: { ...commercial, "@referredType": "ProductOfferingQualification" } } : {}),
  };
}

function listOrAbsent<T extends Json>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function tmfName(table: { readonly [tmf: string]: string }, own: Json | undefined): string | undefined {
  return Object.keys(table).find((tmf) => table[tmf] === own);
}
