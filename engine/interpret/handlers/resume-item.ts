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
  decision.emit({ type: "ItemResumed", itemId: item.id });
  decision.touchedItems.add(item.id);
  const positions = decision.index.tasksOfItem.get(item.id) ?? [];
  for (const position of positions) {
    const task = decision.task(position);
    if (task.state === "AWAITING_MANUAL_ACTION" && task.manual.cause === "HOLD") retryNow(decision, position, input.actor.id, input.reason);
  }
  lookAgain(decision, positions.filter((position) => decision.task(position).state === "PENDING"));
  return null;
}
