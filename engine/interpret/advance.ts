import type { Decision } from "./decision.ts";
import { settleItems } from "./settle-items.ts";
import { settleMilestones } from "./settle-milestones.ts";
import { settlePlan } from "./settle-plan.ts";
import { wakeWaiters } from "./wake-waiters.ts";

/**
 * What follows now. From the tasks and milestones that just moved: milestones reached, dependencies met, tasks ready or
 * skipped, items and order completed, what the customer sees. Touches only who waits for what moved, and goes on until
 * nothing moves any more; the plan is a graph without cycles, so it ends.
 */
export async function advance(decision: Decision): Promise<void> {
  if (decision.order.plan === null) return;
  do {
    while (moves(decision)) {
      settleMilestones(decision);
      wakeWaiters(decision);
    }
    // Completing an item or changing what the customer sees reaches milestones for which messages and charges wait.
    await settleItems(decision);
    if (!moves(decision) && settlePlan(decision)) {
      // The plan's own state may count for completion and show in the status.
      for (const item of decision.order.items) decision.touchedItems.add(item.id);
      await settleItems(decision);
    }
  } while (moves(decision));
}

function moves(decision: Decision): boolean {
  return decision.movedTasks.size > 0 || decision.movedMilestones.size > 0;
}
