import type { NewItem, NewOrder } from "../../../engine/order/order.ts";
import type { JsonObject } from "../../../engine/support/json.ts";
import type { Random } from "../random.ts";
import { BUNDLE } from "./draw-release.ts";

/** Places and customers of a world are few, so that orders meet at the same locks. */
const PLACES = 6;
const CUSTOMERS = 5;

/** An order of 1 to 12 items, some of them in a bundle, some relying on earlier ones. The id is given when it is handed in. */
export function drawOrder(random: Random, intent: string, offerings: readonly string[]): NewOrder {
  const place = `P${random.between(1, PLACES)}`;
  const count = random.skewed(1, 12, 16);
  const bundled = count > 1 && random.chance(0.4);
  const items = Array.from({ length: count }, (_, position) => drawItem(random, position + 1, place, offerings, bundled));
  return {
    id: intent, externalId: intent, channel: "web", region: "north", priority: random.chance(0.2) ? random.between(1, 9) : 0, requestedDate: null,
    customer: { id: `C${random.between(1, CUSTOMERS)}` }, billingAccount: `BA${random.between(1, CUSTOMERS)}`, quote: { id: `Q-${intent}` }, contract: null, items,
  };
}

function drawItem(random: Random, number: number, place: string, offerings: readonly string[], bundled: boolean): NewItem {
  const head = bundled && number === 1;
  const relies = number > 2 && random.chance(0.3);
  const on = random.between(2, Math.max(2, number - 1));
  const charges: JsonObject[] = ["RECURRING", "ONE_OFF", "DEPOSIT"].filter(() => random.chance(0.4)).map((type) => ({ key: type.toLowerCase(), type, amount: random.between(1, 500) }));
  return {
    id: String(number), parentId: bundled && !head ? "1" : null, action: "ADD", offering: head ? BUNDLE : random.pick(offerings), specification: null,
    quantity: random.between(1, 2), requestedDate: null, place: { id: place }, appointment: null, product: null, characteristics: { speed: random.between(50, 300) },
    charges: head ? [] : charges, qualification: null, relationships: relies && on < number ? [{ type: "reliesOn", itemId: String(on) }] : [],
  };
}

/** An ordered item as somebody wants it now: faster, more of it, with other charges - or just as it was ordered. */
export function amendedItem(random: Random, ordered: NewItem): NewItem {
  const faster = random.chance(0.6);
  const speed = random.between(50, 300);
  const more = random.chance(0.3);
  const charges = ordered.charges.flatMap((charge): JsonObject[] => {
    const kept = random.chance(0.7);
    const amount = random.chance(0.3) ? random.between(1, 500) : charge["amount"];
    return kept ? [{ ...charge, amount }] : [];
  });
  const back = random.chance(0.25);
  if (back) return ordered;
  return { ...ordered, characteristics: faster ? { speed } : ordered.characteristics, quantity: more ? 3 - ordered.quantity : ordered.quantity, charges };
}
