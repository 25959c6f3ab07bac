import type { Order } from "../order/order.ts";
import type { Task } from "../order/task.ts";
import { lockName } from "./admit.ts";
import type { Decision } from "./decision.ts";

/**
 * The plan's own state: BLOCKED while a blocking case is open and nothing else moves, RUNNING again when something does,
 * COMPLETED when its last task and its last item have ended and no item failed. Says whether it changed.
 */
export function settlePlan(decision: Decision): boolean {
  const { state } = decision.plan;
  settle(decision);
  return decision.plan.state !== state;
}

function settle(decision: Decision): void {
  const { plan, order } = decision;
  if (plan.state !== "RUNNING" && plan.state !== "BLOCKED") return;
  if (plan.openTasks === 0 && order.items.every(({ completedAt }) => completedAt !== null)) {
    decision.emit({ type: order.state === "CANCELLED" ? "PlanCancelled" : order.items.some(({ state }) => state === "FAILED") ? "PlanFailed" : "PlanCompleted" });
    return;
  }
  const blocked = order.cases.some(({ state, blocking }) => state === "OPEN" && blocking) && !order.tasks.some((task) => moves(order, task));
  if (blocked && plan.state === "RUNNING") decision.emit({ type: "PlanBlocked" });
  if (!blocked && plan.state === "BLOCKED") decision.emit({ type: "PlanUnblocked" });
}

/** True for a task that will go on without a person. */
function moves(order: Order, task: Task): boolean {
  switch (task.state) {
    case "READY":
      return !isLockedOut(order, task);
    case "DISPATCHED":
    case "WAITING":
    case "RETRY_SCHEDULED":
      return true;
    case "OUTCOME_UNKNOWN":
      return task.resend || !order.cases.some(({ state, taskId }) => state === "OPEN" && taskId === task.id);
    case "PENDING":
      return task.timers.wake !== undefined || task.timers.window !== undefined;
    default:
      return false;
  }
}

/** Ready, but a lock it needs is held by work of the same order that waits for a person. */
function isLockedOut(order: Order, { locked, locks }: Task): boolean {
  if (locked || locks.length === 0) return false;
  const wanted = new Set(locks.map(lockName));
  return order.tasks.some((holder) => holder.locked && holder.state === "AWAITING_MANUAL_ACTION" && holder.locks.some((lock) => wanted.has(lockName(lock))));
}
