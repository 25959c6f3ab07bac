import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { ITEM_ACTIONS } from "../tmf/to-new-item.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import { completeOrder, SIMULATED_ID } from "../../engine/simulate/complete-order.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { checkOrder } from "../intake/check-order.ts";
import { toNewOrder } from "../tmf/to-new-order.ts";
import { InputError } from "./usage-error.ts";

/**
 * Makes the order that is simulated out of what the file holds: a TMF622 payload goes through the same translation as a
 * request, anything else must be an order in the domain's words. Then it passes the checks of intake, or is refused with
 * every reason.
 */
export function toSimulatedOrder(content: Json, release: CompiledRelease, at: string): NewOrder {
  if (!isJsonObject(content)) throw new InputError("The order must be one JSON object.");
  const { order, locate } = content["productOrderItem"] === undefined ? fromDomain(content) : fromTmf(content);
  const reasons = checkOrder(order, release, at);
  if (reasons.length > 0) {
    throw new InputError("Intake would refuse this order:", reasons.map(({ code, pointer, detail }) => `${locate(pointer) || "/"} ${code}: ${detail}`));
  }
  return order;
}

interface ReadOrder {
  readonly order: NewOrder;
  readonly locate: (pointer: string) => string;
}

function fromTmf(content: JsonObject): ReadOrder {
  const mapped = toNewOrder(content, SIMULATED_ID);
  if (mapped.ok) return mapped;
  throw new InputError("This is no valid TMF622 product order:", mapped.problems.map(({ code, pointer, detail }) => `${pointer || "/"} ${code}: ${detail}`));
}

/** An order in the domain's words may leave out whatever can be null or empty. */
function fromDomain(content: JsonObject): ReadOrder {
  const problems: string[] = [];
  const items = content["items"];
  if (!Array.isArray(items) || items.length === 0) {
    throw new InputError("The order has neither productOrderItem nor items.", ["Use a TMF622 product order, or an order in the domain's words with a list of items."]);
  }
  (items as readonly Json[]).forEach((item, position) => checkItem(item, `/items/${position}`, problems));
  if (problems.length > 0) throw new InputError("This is no valid order:", problems);
  return { order: completeOrder(content), locate: (pointer) => pointer };
}

function checkItem(item: Json, pointer: string, problems: string[]): void {
  const fields = isJsonObject(item) ? item : {};
  for (const name of ["id", "offering"]) if (typeof fields[name] !== "string") problems.push(`${pointer}/${name} must be a text.`);
  const actions = Object.values(ITEM_ACTIONS);
  if (!actions.some((action) => action === fields["action"])) problems.push(`${pointer}/action must be one of ${actions.join(", ")}.`);
  for (const [name, check] of Object.entries(LISTS_AND_OBJECTS)) {
    if (fields[name] !== undefined && !check(fields[name])) problems.push(`${pointer}/${name} must be ${check === isJsonObject ? "an object" : "a list"}.`);
  }
}

const LISTS_AND_OBJECTS: { readonly [name: string]: (value: unknown) => boolean } = {
  characteristics: isJsonObject,
  charges: Array.isArray,
  relationships: Array.isArray,
};
