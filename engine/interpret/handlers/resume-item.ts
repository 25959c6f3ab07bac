import type { InputOf } from "../../order/inputs.ts";
import { lookAgain } from "../wake-waiters.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";
import { retryNow } from "../retry-now.ts";

/** The customer has acted: the item goes on, and the task that waited for the customer is tried again (C6). */
export function resumeItem(decision: Decision, input: InputOf<"ResumeItem">): Rejection | null {
  const item = decision.order.items.find(({ id }) => id === input.itemId);
  if (!item) return { code: "item-not-found", message: `Order ${decision.order.id} has no item ${input.itemId}.` };
  if (item.state !== "HELD") return { code: "invalid-transition", message: `Item ${item.id} is ${item.state}, not held.` };
  if (item.holdCause === "AMENDMENT") return { code: "invalid-transition", message: `Item ${item.id} is held by an amendment, which lets it go on itself.` };
  resumeHeldItem(decision, item.id, input.actor.id, input.reason);
  return null;
}

/** Lets a held item go on, and tries again what waited for the customer. */
export function resumeHeldItem(decision: Decision, itemId: string, by: string, reason: string): void {
  decision.emit({ type: "ItemResumed", itemId });
  decision.touchedItems.add(itemId);
  const positions = decision.index.tasksOfItem.get(itemId) ?? [];
  for (const position of positions) {
    const task = decision.task(position);
    if (task.state === "AWAITING_MANUAL_ACTION" && task.manual.cause === "HOLD") retryNow(decision, position, by, reason);
  }
  lookAgain(decision, positions.filter((position) => decision.task(position).state === "PENDING"));
}
