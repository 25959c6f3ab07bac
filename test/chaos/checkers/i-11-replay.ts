import { evolve } from "../../../engine/order/evolve.ts";
import type { Order } from "../../../engine/order/order.ts";
import { canonicalJson } from "../../../engine/support/canonical-json.ts";
import type { Json } from "../../../engine/support/json.ts";
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
    if (!same(replayed, order)) yield [id, "its journal leads to another state than the stored one"] as const;
  }
});

function same(replayed: Order | null, stored: Order | undefined): boolean {
  if (!replayed || !stored) return replayed === (stored ?? null);
  // Equal texts are equal orders; only where members stand in another order must they be sorted.
  return JSON.stringify(replayed) === JSON.stringify(stored) || canonicalJson(replayed as unknown as Json) === canonicalJson(stored as unknown as Json);
}
