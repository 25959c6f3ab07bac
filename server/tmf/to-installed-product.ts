import type { JsonObject } from "../../engine/support/json.ts";
import type { Field } from "./field.ts";
import { toCharacteristics } from "./to-characteristics.ts";

/** Properties of TMF `Product` that say what is ordered, or nothing this product uses; all others are kept under their names. */
const KNOWN = [
  "href", "description", "isBundle", "isCustomerVisible", "name", "orderDate", "productSerialNumber", "startDate", "terminationDate",
  "agreement", "billingAccount", "place", "product", "productCharacteristic", "productOffering", "productOrderItem", "productPrice",
  "productRelationship", "productSpecification", "productTerm", "realizingResource", "realizingService", "relatedParty", "status",
  "installedCharacteristic",
] as const;

/** The installed product that a modify, delete or noChange is about: its references, its contract's end, its characteristics as installed. */
export function toInstalledProduct(field: Field): JsonObject | null {
  if (field.object() === null) return null;
  const serviceId = field.get("realizingService").list()[0]?.get("id").text() ?? null;
  const contractEnd = field.get("contractEnd").instant()
    ?? field.get("productTerm").list()[0]?.get("validFor").get("endDateTime").instant() ?? null;
  const installed = field.get("installedCharacteristic");
  const product = {
    ...field.extensions(KNOWN),
    ...(serviceId === null ? {} : { serviceId }),
    ...(contractEnd === null ? {} : { contractEnd }),
    ...(installed.present ? { characteristics: toCharacteristics(installed, () => undefined) } : {}),
  };
  return Object.keys(product).length === 0 ? null : product;
}
