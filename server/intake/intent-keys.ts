import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { NewOrder } from "../../engine/order/order.ts";

/**
 * What makes an order the same intent as another one (B3): the quote version, where a product says that one version becomes
 * one order, and the caller's own id within the channel. `caller` stands for the channel of an order without one.
 */
export function intentKeys(order: NewOrder, release: CompiledRelease, caller: string): readonly string[] {
  const keys: string[] = [];
  const oneOrder = order.items.some((item) => release.orderSchemas.get(item.offering)?.definition.quote.oneOrderPerVersion === true);
  if (oneOrder && order.quote !== null) keys.push(`quote:${part(order.quote["id"])}/${part(order.quote["version"])}`);
  if (order.externalId !== null) keys.push(`external:${part(order.channel ?? caller)}/${part(order.externalId)}`);
  return keys;
}

/** One part of a key; encoded, so that no value can imitate a separator. */
function part(value: unknown): string {
  return encodeURIComponent(String(value));
}
