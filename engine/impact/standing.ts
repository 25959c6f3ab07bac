import { newestVersions } from "../change/affected-tasks.ts";
import { outcomeOf } from "../order/machines.ts";
import type { Item, Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Task } from "../order/task.ts";
import { workName } from "../plan/item-plan.ts";

/**
 * How far work has come, as far as a change of release is concerned:
 * - `not-begun`: nothing was ever sent, nobody was asked;
 * - `stopped`: it waits for a person's repair and provably did nothing, so that it may be done anew in another way;
 * - `under-way`: something was sent or asked, and it is not over;
 * - `done`: it succeeded, or was waived;
 * - `skipped`: a rule let it fall away while the plan ran; `excluded`: planning left it out;
 * - `spent`: it ended without an effect that still stands, a newer version stands for it, or its item has ended with it.
 */
export type Standing = "not-begun" | "stopped" | "under-way" | "done" | "skipped" | "excluded" | "spent";

/** The standing of every task of the plan, by position. */
export function standingsOf(order: Order): readonly Standing[] {
  const tasks = order.plan?.graph.tasks ?? [];
  const newest = newestVersions(tasks);
  const undone = new Set(order.compensations.map(({ originalTaskId }) => originalTaskId));
  const items = new Map(order.items.map((item) => [item.id, item]));
  return tasks.map((planned, position) => {
    const item = items.get(planned.itemId);
    if (newest.get(workName(planned)) !== position || undone.has(planned.id) || item?.state === "CANCELLED") return "spent";
    const standing = standingOf(planned, order.tasks[position] as Task);
    return item && isEnded(item) && !isOpen(standing) ? "spent" : standing;
  });
}

/** True for work that is still to be done, or under way. */
export function isOpen(standing: Standing | undefined): boolean {
  return standing === "not-begun" || standing === "stopped" || standing === "under-way";
}

function standingOf(planned: PlannedTask, task: Task): Standing {
  if (planned.excluded !== null) return "excluded";
  if (task.state === "SUCCEEDED" || task.state === "WAIVED_BY_AUTHORIZED_USER") return "done";
  if (task.state === "SKIPPED_BY_POLICY") return "skipped";
  if (outcomeOf(task.state) === "FAILURE") return "spent";
  if (task.state === "AWAITING_MANUAL_ACTION") return task.manual.cause === "FALLOUT" && task.effect === "NONE" ? "stopped" : "under-way";
  return (task.state === "PENDING" || task.state === "READY") && task.attempts === 0 ? "not-begun" : "under-way";
}

/** True for an item whose fulfillment has ended: nothing is added to it. Optional work of it may still be open. */
export function isEnded({ state }: Item): boolean {
  return state === "COMPLETED" || state === "FAILED" || state === "CANCELLED" || state === "REJECTED";
}

/** Items for which nothing is left to be done: no release makes anything else of them. */
export function settledItems(order: Order, standings: readonly Standing[]): ReadonlySet<string> {
  const busy = new Set(order.plan?.graph.tasks.flatMap(({ itemId }, position) => (isOpen(standings[position]) ? [itemId] : [])));
  return new Set(order.items.filter((item) => isEnded(item) && !busy.has(item.id)).map(({ id }) => id));
}
