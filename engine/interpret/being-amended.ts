import type { Decision } from "./decision.ts";

/**
 * True while an amendment of the item is being carried out: its plan is about to be replaced, so what ends now neither
 * misses milestones nor ends the work behind it.
 */
export function isBeingAmended(decision: Decision, itemId: string): boolean {
  return decision.order.changes.some(({ type, state, itemIds }) => type === "AMEND" && state === "EXECUTING" && itemIds.includes(itemId));
}
