import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import { SERVICE_KEY } from "../work/contract.ts";

/**
 * What makes an order the same intent as another one (B3): the quote version, where a product says that one version becomes
 * one order, the caller's own id within the channel, and the installed product it changes, for as long as it is open: a
 * second order for the same service is refused and follows the first, never silently doubled (G4). `caller` stands for the channel of an order without one.
 */
export function intentKeys(order: NewOrder, release: CompiledRelease, caller: string): readonly string[] {
  const keys: string[] = [];
  const oneOrder = order.items.some((item) => release.orderSchemas.get(item.offering)?.definition.quote.oneOrderPerVersion === true);
  if (oneOrder && order.quote !== null) keys.push(`quote:${part(order.quote["id"])}/${part(order.quote["version"])}`);
  if (order.externalId !== null) keys.push(`external:${part(order.channel ?? caller)}/${part(order.externalId)}`);
  for (const { action, product } of order.items) {
    const productId = product?.["id"];
    if ((action === "MODIFY" || action === "DISCONNECT") && typeof productId === "string") keys.push(`${SERVICE_KEY}${part(productId)}`);
  }
  return keys;
}

/** One part of a key; encoded, so that no value can imitate a separator. */
function part(value: unknown): string {
  return encodeURIComponent(String(value));
}
