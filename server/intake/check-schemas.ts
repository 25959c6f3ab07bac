import type { CompiledOrderSchema } from "../../engine/language/compiled-release.ts";
import type { NewItem, NewOrder } from "../../engine/order/order.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import type { Reason } from "./reason.ts";

/** Does the order as a whole carry what the product asks for: customer, account, contract? */
export function checkOrderSchema(order: NewOrder, schema: CompiledOrderSchema): readonly Reason[] {
  const { items: _items, ...head } = order;
  return schema.order(withoutNulls(head)).map(({ path, message }) => ({ code: "schema-violation", pointer: path, detail: message }));
}

/** Is the action offered, and does the item carry what this action on this product needs? */
export function checkItemSchema(item: NewItem, position: number, schema: CompiledOrderSchema): readonly Reason[] {
  const check = schema.actions.get(item.action);
  if (check === undefined) {
    const offered = [...schema.actions.keys()].join(", ");
    return [{ code: "action-not-allowed", pointer: `/items/${position}/action`, detail: `Choose one of the actions this product offers: ${offered}.` }];
  }
  const { relationships: _relationships, ...fields } = item;
  return check(withoutNulls(fields)).map(({ path, message }) => ({ code: "schema-violation", pointer: `/items/${position}${path}`, detail: message }));
}

/** What is not known is absent to a schema, so that `required` and not the type speaks about it. */
function withoutNulls(fields: { readonly [name: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
