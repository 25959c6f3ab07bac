import { parseInstant, formatInstant } from "../../engine/support/instant.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import type { Item, NewItem, Order } from "../../engine/order/order.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { bodyProblem, type FieldProblem } from "../problems/problem.ts";
import { refuse } from "./command-body.ts";

/** What is wrong with a value, or null. */
type Rule = (value: Json) => string | null;

const text: Rule = (value) => (typeof value === "string" && value !== "" && value.length <= SERVER_LIMITS.idCharacters ? null : "Send a short text.");
const orNull = (rule: Rule): Rule => (value) => (value === null ? null : rule(value));
const object: Rule = (value) => (isJsonObject(value) ? null : "Send an object.");
const instant: Rule = (value) => (typeof value === "string" && parseInstant(value) !== null ? null : "Send an existing ISO 8601 instant with its offset.");
const quantity: Rule = (value) => (Number.isSafeInteger(value) && Number(value) >= 1 ? null : "Send a whole number from 1 on.");
const listOf = (rule: Rule): Rule => (value) => (Array.isArray(value) ? ((value as readonly Json[]).map(rule).find((problem) => problem !== null) ?? null) : "Send a list.");
const charge: Rule = (value) => (isJsonObject(value) && text(value["key"] ?? null) === null ? null : "Send charges as objects with a key.");
const relationship: Rule = (value) => (isJsonObject(value) && text(value["type"] ?? null) === null && text(value["itemId"] ?? null) === null ? null : "Send relationships as { type, itemId }.");

/** What an amendment may say of an item. What it leaves out stays as it is. */
const MEMBERS: { readonly [name: string]: Rule } = {
  offering: text, specification: orNull(text), quantity, requestedDate: orNull(instant), place: orNull(object), appointment: orNull(object), product: orNull(object),
  characteristics: object, charges: listOf(charge), qualification: orNull(object), relationships: listOf(relationship),
};

/** Members an item keeps for ever; they may be repeated, not changed. */
const FIXED = ["id", "parentId", "action"] as const;

/**
 * Reads the wanted state of items (G4) in the domain's own words: `items: [{ id, … }]`. Each member that is given replaces
 * the whole member; what is left out stays as it is, so the result is the full wanted state.
 */
export function readWantedItems(order: Order, body: JsonObject): readonly NewItem[] {
  const items = body["items"];
  if (items === undefined || items === null) throw refuse("items", "required", "Add this property.");
  if (!Array.isArray(items) || items.length === 0 || items.length > SERVER_LIMITS.orderItems) throw refuse("items", "invalid-value", `Send a list of 1 to ${SERVER_LIMITS.orderItems} items.`);
  const problems: FieldProblem[] = [];
  const wanted = (items as readonly Json[]).map((value, position) => readItem(order, value, `/items/${position}`, problems));
  const ids = wanted.map((item) => item?.id);
  ids.forEach((id, position) => {
    if (id !== undefined && ids.indexOf(id) !== position) problems.push({ code: "duplicate-item", pointer: `/items/${position}/id`, detail: "Name every item once." });
  });
  if (problems.length > 0) throw bodyProblem(problems);
  return wanted.filter((item) => item !== null);
}

function readItem(order: Order, value: Json, pointer: string, problems: FieldProblem[]): NewItem | null {
  const refuseAt = (at: string, code: FieldProblem["code"], detail: string): null => {
    problems.push({ code, pointer: at, detail });
    return null;
  };
  if (!isJsonObject(value)) return refuseAt(pointer, "invalid-value", "Send an object with the id of an item and what is wanted of it.");
  const current = order.items.find(({ id }) => id === value["id"]);
  if (current === undefined) return refuseAt(`${pointer}/id`, value["id"] === undefined ? "required" : "item-not-found", "Name an item of the order; what is not in the order is ordered anew.");
  for (const [name, member] of Object.entries(value)) {
    const at = `${pointer}/${name}`;
    if ((FIXED as readonly string[]).includes(name)) {
      if (member !== current[name as (typeof FIXED)[number]]) refuseAt(at, "read-only-property", "An amendment cannot change this; order it anew.");
      continue;
    }
    const rule = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
    const problem = rule === undefined ? `Send only ${Object.keys(MEMBERS).join(", ")}.` : rule(member ?? null);
    if (problem !== null) refuseAt(at, "invalid-value", problem);
  }
  return merge(current, value);
}

function merge(current: Item, value: JsonObject): NewItem {
  const { id, parentId, action, offering, specification, quantity: amount, requestedDate, place, appointment, product, characteristics, charges, qualification, relationships } = current;
  const given = Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(MEMBERS, name)));
  const date = typeof given["requestedDate"] === "string" ? parseInstant(given["requestedDate"]) : null;
  return {
    id, parentId, action, offering, specification, quantity: amount, requestedDate, place, appointment, product, characteristics, charges, qualification, relationships,
    ...given,
    ...(date === null ? {} : { requestedDate: formatInstant(date) }),
  };
}
