import type { Decision } from "../interpret/decision.ts";
import { closeTaskCase } from "../interpret/fallout.ts";
import { cancelItems } from "../interpret/handlers/request-cancellation.ts";
import type { Rejection } from "../interpret/interpretation.ts";
import { outcomeOf } from "../order/machines.ts";
import { isMessage } from "../order/planned-work.ts";
import { required } from "../support/defect.ts";
import type { RepairScope } from "./repair-scope.ts";

/** CANCEL_ORDER: the same request, policy and approval as a cancellation by the customer. */
export function cancelOrder(decision: Decision, { repair }: RepairScope, by: string): Rejection | null {
  return cancelItems(decision, { itemIds: null, reason: repair.reason, requestedBy: by });
}

/** CANCEL_REMAINING: what has not begun of an item, or provably did nothing, is dropped. What that means for the item follows. */
export function cancelRemaining(decision: Decision, { item, repair }: RepairScope, by: string): null {
  const { id: itemId, state } = required(item, "The item");
  // A held item waits for nothing any more: what follows for it follows now.
  if (state === "HELD") decision.emit({ type: "ItemResumed", itemId });
  const open = (decision.index.tasksOfItem.get(itemId) ?? []).filter((position) => !isMessage(decision.planned(position)) && outcomeOf(decision.task(position).state) === "OPEN");
  for (const position of open) {
    const { id: taskId } = decision.planned(position);
    const reason = `Dropped by ${by}: ${repair.reason}`;
    closeTaskCase(decision, taskId, reason, by);
    decision.emitTask(position, { type: "TaskCancelled", taskId, reason });
  }
  decision.touchedItems.add(itemId);
  return null;
}
