import type { NewItem, NewOrder } from "../../engine/order/order.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { FieldProblem } from "../problems/problem.ts";
import { Field } from "./field.ts";
import { fromTmfPriority } from "./priority.ts";
import { locate, type SourceMap } from "./source-map.ts";
import { toNewItem } from "./to-new-item.ts";
import { toQualificationReference } from "./to-qualification.ts";

/** The domain's order made of a TMF payload, or everything that is wrong with the payload. */
export type MappedOrder =
  | { readonly ok: true; readonly order: NewOrder; /** Domain pointer -> pointer into the payload. */ readonly locate: (pointer: string) => string }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** What the server alone sets. `cancellationDate` and its reason belong to the cancellation of an order. */
const READ_ONLY = [
  "id", "href", "state", "orderDate", "completionDate", "expectedCompletionDate", "cancellationDate", "cancellationReason",
  "version", "orderVersion", "aggregateVersion", "actor", "approvedBy", "createdAt", "acceptedAt", "completedAt", "release",
  "correlationId", "internalState", "customerStatus", "productOrderMilestone",
] as const;

/**
 * TMF622 v4 `ProductOrder_Create` -> the domain's order. Pure: the same payload gives the same order. Properties this page
 * does not name are ignored, as TMF's open model asks; the README beside this file has the whole table.
 */
export function toNewOrder(body: Json, orderId: string): MappedOrder {
  const problems: FieldProblem[] = [];
  const root = new Field(body, "", problems);
  if (!isJsonObject(body)) {
    root.refuse("invalid-value", "Send a product order as one JSON object.");
    return { ok: false, problems };
  }
  for (const name of READ_ONLY) {
    if (root.get(name).present) root.get(name).refuse("read-only-property", "Leave this property out; the server sets it.");
  }
  const sources: SourceMap = new Map([["", ""]]);
  const order = toHead(root, orderId, sources);
  const commercial = toQualificationReference(root.get("productOfferingQualification").list()[0]);
  const items = toItems(root, order.requestedDate, commercial, sources);
  if (problems.length > 0) return { ok: false, problems: withoutRepeats(problems) };
  return { ok: true, order: { ...order, items }, locate: (pointer) => locate(sources, pointer) };
}

/** A place that is read twice is reported once. */
function withoutRepeats(problems: readonly FieldProblem[]): readonly FieldProblem[] {
  return [...new Map(problems.map((found) => [`${found.code} ${found.pointer}`, found])).values()];
}

function toHead(root: Field, orderId: string, sources: SourceMap): Omit<NewOrder, "items"> {
  const account = root.get("billingAccount").present ? root.get("billingAccount") : firstItemAccount(root);
  sources.set("/billingAccount", root.get("billingAccount").pointer);
  sources.set("/externalId", root.get("externalId").pointer);
  return {
    id: orderId,
    externalId: root.get("externalId").text(),
    channel: root.get("channel").list()[0]?.get("id").text() ?? null,
    region: root.get("region").text(),
    priority: fromTmfPriority(root.get("priority")),
    requestedDate: root.get("requestedCompletionDate").instant() ?? root.get("requestedStartDate").instant(),
    customer: toCustomer(root, sources),
    billingAccount: account?.get("id").text() ?? null,
    quote: toQuote(root.get("quote"), sources),
    contract: toContract(root.get("agreement").list()[0]),
  };
}

/** TMF allows an account per item; this product bills an order to one. */
function firstItemAccount(root: Field): Field | undefined {
  return root.get("productOrderItem").list().map((item) => item.get("billingAccount")).find((account) => account.present);
}

/** The related party in the role of the customer; a single party without a role is the customer too. */
function toCustomer(root: Field, sources: SourceMap): JsonObject | null {
  const parties = root.get("relatedParty").list();
  const party = parties.find((one) => one.get("role").lower() === "customer")
    ?? (parties.length === 1 && !parties[0]?.get("role").present ? parties[0] : undefined);
  sources.set("/customer", party?.pointer ?? root.get("relatedParty").pointer);
  if (party === undefined) return null;
  const name = party.get("name").text();
  const address = root.get("notificationContact").text();
  const contact = { ...(name === null ? {} : { name }), ...(address === null ? {} : { address }), ...party.get("contact").object() };
  const id = party.get("id").require(party.get("id").text());
  return { ...party.extensions(["id", "href", "name", "role", "contact"]), id: id ?? "", ...(Object.keys(contact).length === 0 ? {} : { contact }) };
}

function toQuote(quotes: Field, sources: SourceMap): JsonObject | null {
  const [quote, second] = quotes.list();
  sources.set("/quote", quote?.pointer ?? quotes.pointer);
  second?.refuse("invalid-value", "Send one quote with an order; split the order when there are several.");
  if (quote === undefined || quote.object() === null) return null;
  const id = quote.get("id").require(quote.get("id").text());
  const validUntil = quote.get("validUntil").instant();
  const version = quote.get("version").value;
  if (version !== undefined && typeof version !== "number" && typeof version !== "string") {
    quote.get("version").refuse("invalid-value", "Send the version as a number or a text.");
  }
  return { ...quote.extensions(["href"]), id: id ?? "", ...(validUntil === null ? {} : { validUntil }) };
}

function toContract(agreement: Field | undefined): JsonObject | null {
  if (agreement === undefined || agreement.object() === null) return null;
  const id = agreement.get("id").require(agreement.get("id").text());
  return { ...agreement.extensions(["href"]), id: id ?? "" };
}

/** The items in the order of the payload, a bundle before its children. */
function toItems(root: Field, requestedDate: string | null, commercial: JsonObject | null, sources: SourceMap): readonly NewItem[] {
  const items: NewItem[] = [];
  const seen = new Set<string>();
  const walk = (fields: readonly Field[], parentId: string | null): void => {
    for (const field of fields) {
      if (items.length >= SERVER_LIMITS.orderItems) {
        field.refuse("too-many-items", `Send at most ${SERVER_LIMITS.orderItems} items in one order.`);
        return;
      }
      const item = toNewItem(field, { parentId, requestedDate, commercial, sources, position: items.length });
      if (item.id !== "" && seen.has(item.id)) field.get("id").refuse("duplicate-item", "Give every item of the order its own id.");
      seen.add(item.id);
      items.push(item);
      walk(field.get("productOrderItem").list(), item.id);
    }
  };
  const field = root.get("productOrderItem");
  sources.set("/items", field.pointer);
  walk(field.list(), null);
  if (items.length === 0 && (!field.present || Array.isArray(field.value))) field.refuse("required", "Send at least one item.");
  return items;
}
