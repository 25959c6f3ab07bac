import type { JsonObject } from "../../support/json.ts";
import { choice, elements, integer, list, record, text } from "./parts.ts";

const any = (title: string, description: string, example: JsonObject): JsonObject => ({ type: "object", title, description, examples: [example] });
const ITEM = { id: "1", action: "ADD", offering: "HOME_FIBER_1G", characteristics: { speed: "1G" } };

const item = record(
  "Item",
  "One thing the customer wants.",
  {
    id: text("Id", "Name of the item in its order.", ["1"]),
    parentId: text("Parent", "Id of the bundle it is part of.", ["1"]),
    action: choice("Action", "What is wanted.", ["ADD", "MODIFY", "DISCONNECT", "NO_CHANGE"]),
    offering: text("Offering", "What was sold.", ["HOME_FIBER_1G"]),
    specification: text("Specification", "What it is technically.", ["INTERNET_ACCESS_CFS"]),
    quantity: integer("Quantity", "How many.", 1, { minimum: 1 }),
    requestedDate: text("Requested date", "When it is wanted.", ["2026-11-20T08:00:00Z"]),
    place: any("Place", "Where it is wanted.", { id: "LOC-1", validated: true }),
    appointment: any("Appointment", "The slot the customer chose.", { slot: "2026-11-06T08:00:00Z/2026-11-06T12:00:00Z" }),
    product: any("Product", "The installed product it is about.", { id: "P-1" }),
    characteristics: any("Characteristics", "The choices of the customer.", { speed: "1G" }),
    charges: list("Charges", "The accepted prices.", any("Charge", "One price of the accepted quote.", { key: "base-fee", type: "RECURRING", amount: 39.9, currency: "EUR" }), [[{ key: "base-fee", type: "RECURRING", amount: 39.9, currency: "EUR" }]], elements("charge", ["key"])),
    qualification: any("Qualification", "The result of the qualification.", { id: "SQ-1", result: "qualified", checkedAt: "2026-11-01T09:00:00Z" }),
    relationships: list(
      "Relationships", "The items it has to do with.",
      record("Relationship", "One other item.", { type: text("Type", "What the other item is to this one.", ["reliesOn"]), itemId: text("Item", "Id of the other item.", ["1"]) }, ["type", "itemId"], [{ type: "reliesOn", itemId: "1" }]),
      [[{ type: "reliesOn", itemId: "1" }]], elements("relationship", ["type", "itemId"]),
    ),
  },
  ["id", "action", "offering"], [ITEM],
);

/** An order in the domain's words. What is left out is null or empty; whether it may be ordered so is the order schema's business. */
export const scenarioOrder = record(
  "Order",
  "The order in the domain's words; what may be null or empty can be left out.",
  {
    id: text("Id", "Our name of the order; jitter and generated references depend on it.", ["order-1"]),
    externalId: text("External id", "The channel's own name of the order.", ["CRM-1"]),
    channel: text("Channel", "Where it was sold.", ["web"]),
    region: text("Region", "Where it belongs.", ["ID-JK"]),
    priority: integer("Priority", "Higher is more urgent; 0 is ordinary.", 0),
    requestedDate: text("Requested date", "When it is wanted.", ["2026-11-20T08:00:00Z"]),
    customer: any("Customer", "Who ordered.", { id: "C-1", language: "en" }),
    billingAccount: text("Billing account", "Who pays.", ["BA-1"]),
    quote: any("Quote", "The accepted quote.", { id: "Q-1", version: 1 }),
    contract: any("Contract", "The contract it belongs to.", { id: "CON-1" }),
    items: list("Items", "What the customer wants.", item, [[ITEM]], { minItems: 1, ...elements("item", ["id"], { line: false }) }),
  },
  ["items"], [{ items: [ITEM] }],
);
