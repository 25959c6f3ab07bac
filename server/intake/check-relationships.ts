import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { OrderSchema } from "../../engine/language/kinds.ts";
import type { NewItem, NewOrder } from "../../engine/order/order.ts";
import type { Reason } from "./reason.ts";

type Rule = NonNullable<OrderSchema["relationships"]>[number];

/** Does every relationship lead to another item of the order, and has every added item as many as its product asks for? */
export function checkRelationships(order: NewOrder, release: CompiledRelease): readonly Reason[] {
  const byId = new Map(order.items.map((item) => [item.id, item]));
  return order.items.flatMap((item, position) => {
    const rules = release.orderSchemas.get(item.offering)?.definition.relationships ?? [];
    const own = rules.filter((rule) => rule.from === item.offering && item.action === "ADD");
    return [...danglingOnes(item, position, byId), ...own.flatMap((rule) => checkCount(item, position, rule, byId))];
  });
}

function danglingOnes(item: NewItem, position: number, byId: ReadonlyMap<string, NewItem>): readonly Reason[] {
  return item.relationships.flatMap(({ itemId }, index) => {
    const pointer = `/items/${position}/relationships/${index}`;
    if (itemId === item.id) return [{ code: "relationship-unknown", pointer, detail: "An item cannot relate to itself." }];
    return byId.has(itemId) ? [] : [{ code: "relationship-unknown", pointer, detail: "Relate the item to another item of this order by its id." }];
  });
}

function checkCount(item: NewItem, position: number, rule: Rule, byId: ReadonlyMap<string, NewItem>): readonly Reason[] {
  const targets = new Set(item.relationships.filter(({ type }) => type === rule.type).map(({ itemId }) => itemId));
  const count = [...targets].filter((itemId) => byId.get(itemId)?.offering === rule.to).length;
  const pointer = `/items/${position}/relationships`;
  if (count < rule.min) {
    return [{ code: "relationship-missing", pointer, detail: `Relate the item by "${rule.type}" to at least ${rule.min} item of ${rule.to}.` }];
  }
  if (rule.max !== undefined && count > rule.max) {
    return [{ code: "relationship-excess", pointer, detail: `Relate the item by "${rule.type}" to at most ${rule.max} item of ${rule.to}.` }];
  }
  return [];
}
