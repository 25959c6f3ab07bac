import type { NewItem, NewOrder } from "../order/order.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";

/** Simulated orders without an id of their own are called this; ids enter the event log, so it is always the same. */
export const SIMULATED_ID = "order-1";

/**
 * An order written by hand, in the domain's words, as intake would have made it: what it leaves out is null or empty. Its
 * shape is the caller's to check; whether a product may be ordered so is checked by intake.
 */
export function completeOrder(written: JsonObject): NewOrder {
  const items = Array.isArray(written["items"]) ? (written["items"] as readonly Json[]) : [];
  return {
    externalId: null, channel: null, region: null, priority: 0, requestedDate: null, customer: null, billingAccount: null, quote: null, contract: null,
    ...written,
    id: typeof written["id"] === "string" ? written["id"] : SIMULATED_ID,
    items: items.map(completeItem),
  };
}

function completeItem(written: Json): NewItem {
  return {
    parentId: null, specification: null, quantity: 1, requestedDate: null, place: null, appointment: null, product: null,
    characteristics: {}, charges: [], qualification: null, relationships: [],
    ...(isJsonObject(written) ? written : {}),
  } as unknown as NewItem;
}
