import type { InputOf } from "../../order/inputs.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";

/** Customer care holds an item on purpose: what is under way ends, nothing new begins until it is resumed (C6). */
export function holdItem(decision: Decision, input: InputOf<"HoldItem">): Rejection | null {
  const item = decision.order.items.find(({ id }) => id === input.itemId);
  if (!item) return { code: "item-not-found", message: `Order ${decision.order.id} has no item ${input.itemId}.` };
  if (item.state === "HELD") return null;
  if (item.state !== "IN_PROGRESS") return { code: "invalid-transition", message: `Item ${item.id} is ${item.state} and cannot be held.` };
  decision.emit({ type: "ItemHeld", itemId: item.id, cause: "DELIBERATE", reason: input.reason });
  decision.touchedItems.add(item.id);
  return null;
}
