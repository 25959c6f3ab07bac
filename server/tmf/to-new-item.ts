import type { ItemAction } from "../../engine/language/kinds.ts";
import type { NewItem } from "../../engine/order/order.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import type { Field } from "./field.ts";
import type { SourceMap } from "./source-map.ts";
import { toCharacteristics } from "./to-characteristics.ts";
import { toCharges } from "./to-charges.ts";
import { toInstalledProduct } from "./to-installed-product.ts";
import { toQualification } from "./to-qualification.ts";

/** What an item takes from its order. */
export interface ItemContext {
  readonly parentId: string | null;
  readonly requestedDate: string | null;
  /** The commercial qualification the whole order refers to. */
  readonly commercial: JsonObject | null;
  readonly sources: SourceMap;
  readonly position: number;
}

/** The one table of actions, in both directions. */
export const ITEM_ACTIONS: { readonly [tmf: string]: ItemAction } = { add: "ADD", modify: "MODIFY", delete: "DISCONNECT", noChange: "NO_CHANGE" };

const INSTALLATION_ROLES = ["installationaddress", "installation address", "serviceaddress", "service address"];

/** TMF `ProductOrderItem` -> the domain's item. */
export function toNewItem(field: Field, context: ItemContext): NewItem {
  if (field.get("state").present) field.get("state").refuse("read-only-property", "Leave this property out; the server sets it.");
  const product = field.get("product");
  const offering = field.get("productOffering").present ? field.get("productOffering") : product.get("productOffering");
  const action = toAction(field.get("action"));
  const place = installationPlace(product);
  noteSources(field, place, context);
  return {
    id: field.get("id").require(field.get("id").name()) ?? "",
    parentId: context.parentId,
    action,
    offering: offering.present ? (offering.get("id").require(offering.get("id").text()) ?? "") : (field.get("productOffering").require(null) ?? ""),
    specification: product.get("productSpecification").get("id").text(),
    quantity: toQuantity(field.get("quantity")),
    requestedDate: field.get("requestedCompletionDate").instant() ?? field.get("requestedStartDate").instant() ?? context.requestedDate,
    place: place === undefined || place.object() === null ? null : place.extensions(["href", "role"]),
    appointment: field.get("appointment").object() === null ? null : field.get("appointment").extensions(["href", "description"]),
    product: action === "ADD" ? null : toInstalledProduct(product),
    characteristics: toCharacteristics(product.get("productCharacteristic"), (pointer, source) =>
      context.sources.set(`/items/${context.position}/characteristics${pointer}`, source)),
    charges: toCharges(field.get("itemPrice")),
    qualification: toQualification(field, context.commercial),
    relationships: toRelationships(field.get("productOrderItemRelationship")),
  };
}

function toAction(field: Field): ItemAction {
  const action = typeof field.value === "string" && Object.hasOwn(ITEM_ACTIONS, field.value) ? ITEM_ACTIONS[field.value] : undefined;
  if (action !== undefined) return action;
  if (field.present) field.refuse("invalid-value", "Send add, modify, delete or noChange.");
  else field.require(null);
  return "NO_CHANGE";
}

function toQuantity(field: Field): number {
  const quantity = field.number();
  if (quantity === null) return 1;
  if (Number.isInteger(quantity) && quantity >= 1) return quantity;
  field.refuse("invalid-value", "Send a whole number from 1 on.");
  return 1;
}

/** Where the product is installed: the place with that role, else the first one. */
function installationPlace(product: Field): Field | undefined {
  const places = product.get("place").list();
  return places.find((place) => INSTALLATION_ROLES.includes(place.get("role").lower())) ?? places[0];
}

function toRelationships(field: Field): NewItem["relationships"] {
  return field.list().map((relationship) => ({
    type: relationship.get("relationshipType").require(relationship.get("relationshipType").text()) ?? "",
    itemId: relationship.get("id").require(relationship.get("id").name()) ?? "",
  }));
}

function noteSources(field: Field, place: Field | undefined, context: ItemContext): void {
  const product = field.get("product");
  const requested = field.get("requestedStartDate").present ? "requestedStartDate" : "requestedCompletionDate";
  const places: readonly (readonly [string, string])[] = [
    ["", field.pointer],
    ["/offering", field.get("productOffering").get("id").pointer],
    ["/specification", product.get("productSpecification").get("id").pointer],
    ["/requestedDate", field.get(requested).pointer],
    ["/place", place?.pointer ?? product.get("place").pointer],
    ["/product", product.pointer],
    ["/product/characteristics", product.get("installedCharacteristic").pointer],
    ["/product/serviceId", product.get("realizingService").pointer],
    ["/characteristics", product.get("productCharacteristic").pointer],
    ["/charges", field.get("itemPrice").pointer],
    ["/qualification", field.get("qualification").pointer],
    ["/relationships", field.get("productOrderItemRelationship").pointer],
  ];
  for (const [own, source] of places) context.sources.set(`/items/${context.position}${own}`, source);
}
