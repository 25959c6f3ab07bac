import { canonicalJson } from "../support/canonical-json.ts";
import type { Json } from "../support/json.ts";
import { sha256Hex } from "../support/hash.ts";
import type { Order } from "../order/order.ts";
import type { Task } from "../order/task.ts";
import { isMessage } from "../order/planned-work.ts";
import type { Standing } from "./exploration.ts";
import { nameOf, tasksOf } from "./step.ts";

/** Where a task stands, in the words of the matrix. */
export function standingOf(task: Task): Standing {
  switch (task.state) {
    case "PENDING":
    case "RETRY_SCHEDULED":
      return "not begun";
    case "READY":
      return "ready";
    case "DISPATCHED":
    case "WAITING":
      return "in flight";
    case "OUTCOME_UNKNOWN":
      return "unknown";
    case "AWAITING_MANUAL_ACTION":
      return "with a person";
    case "SUCCEEDED":
    case "WAIVED_BY_AUTHORIZED_USER":
      return "done";
    case "FAILED_FINAL":
    case "CANCELLED":
      return "failed";
    case "SKIPPED_BY_POLICY":
      return "not needed";
  }
}

/** A name for the state of an order without its ids and times: two ways to the same state are one state. */
export function stateKey(order: Order): string {
  const tasks = tasksOf(order).filter(({ planned }) => !isMessage(planned)).map(({ planned, task }): Json => [nameOf(planned), task.state, task.effect, task.unmetEdges, task.state === "OUTCOME_UNKNOWN" && task.resend]);
  const rest: Json = [order.state, order.items.map(({ state, holdCause }) => [state, holdCause]), order.milestones.map(({ outcome }) => outcome), order.compensations.map(({ state }) => state)];
  return sha256Hex(canonicalJson([tasks, rest]));
}
