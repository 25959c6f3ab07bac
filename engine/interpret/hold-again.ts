import type { Decision } from "./decision.ts";

/** An item that goes on after another hold waits for the customer again, when one of its tasks still does (C6). */
export function holdAgain(decision: Decision, itemId: string): void {
  if (decision.item(itemId).state !== "IN_PROGRESS" || decision.order.plan === null) return;
  const waits = (decision.index.tasksOfItem.get(itemId) ?? []).some((position) => {
    const task = decision.task(position);
    return task.state === "AWAITING_MANUAL_ACTION" && task.manual.cause === "HOLD";
  });
  if (waits) decision.emit({ type: "ItemHeld", itemId, cause: "CUSTOMER_ACTION" });
}
