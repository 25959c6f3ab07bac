import { evolve } from "../../../engine/order/evolve.ts";
import type { Order } from "../../../engine/order/order.ts";
import { isJsonObject } from "../../../engine/support/json.ts";
import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

export const replay = checker("I-11", "the journal replayed is the stored order, byte for byte", function* (history) {
  for (const { id, order, moments } of storiesOf(history)) {
    let replayed: Order | null = null;
    try {
      for (const { event } of moments) replayed = evolve(replayed, event);
    } catch (error) {
      yield [id, `its journal cannot be replayed: ${error instanceof Error ? error.message : String(error)}`] as const;
      continue;
    }
    if (!same(replayed, order ?? null)) yield [id, "its journal leads to another state than the stored one"] as const;
  }
});

/** Equal as canonical JSON: members that are undefined do not exist. Much of a replayed order is the very objects of its events, so identity comes first. */
function same(replayed: unknown, stored: unknown): boolean {
  if (replayed === stored) return true;
  if (Array.isArray(replayed)) return Array.isArray(stored) && replayed.length === stored.length && replayed.every((element, position) => same(element, stored[position]));
  if (!isJsonObject(replayed) || !isJsonObject(stored)) return false;
  for (const member of Object.keys(replayed)) if (!same(replayed[member], stored[member])) return false;
  for (const member of Object.keys(stored)) if (stored[member] !== undefined && replayed[member] === undefined) return false;
  return true;
}
