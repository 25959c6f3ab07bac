import type { TaskStateName } from "../language/kinds.ts";

/**
 * The published transition tables (22a sections 4-6, 22b section 6). A state that is a key may move only to the states in
 * its list; a state with an empty list is final. `evolve` refuses every other move as a defect, the documentation and the
 * console print these very tables.
 */
type Machine<S extends string> = { readonly [state in S]: readonly S[] };

export type OrderState =
  | "SUBMITTED" | "VALIDATING" | "REJECTED" | "READY_FOR_FULFILLMENT" | "IN_PROGRESS" | "HELD"
  | "ASSESSING_CANCELLATION" | "CANCELLING" | "PARTIALLY_COMPLETED" | "COMPLETED" | "FAILED" | "CANCELLED";

export const ORDER_MACHINE: Machine<OrderState> = {
  SUBMITTED: ["VALIDATING"],
  VALIDATING: ["REJECTED", "READY_FOR_FULFILLMENT"],
  REJECTED: [],
  READY_FOR_FULFILLMENT: ["IN_PROGRESS", "ASSESSING_CANCELLATION"],
  IN_PROGRESS: ["HELD", "ASSESSING_CANCELLATION", "PARTIALLY_COMPLETED", "COMPLETED", "FAILED"],
  HELD: ["IN_PROGRESS", "ASSESSING_CANCELLATION"],
  ASSESSING_CANCELLATION: ["IN_PROGRESS", "HELD", "CANCELLING"],
  CANCELLING: ["CANCELLED", "PARTIALLY_COMPLETED", "COMPLETED", "IN_PROGRESS"],
  PARTIALLY_COMPLETED: ["IN_PROGRESS", "COMPLETED", "HELD", "ASSESSING_CANCELLATION", "FAILED"],
  COMPLETED: [],
  FAILED: [],
  CANCELLED: [],
};

/** Items have the order's vocabulary; they start where the order's acceptance leaves them. */
export type ItemState = OrderState;

export const ITEM_MACHINE: Machine<ItemState> = {
  ...ORDER_MACHINE,
  READY_FOR_FULFILLMENT: ["IN_PROGRESS", "COMPLETED", "ASSESSING_CANCELLATION", "CANCELLED"],
};

export type PlanState = "CREATED" | "RUNNING" | "BLOCKED" | "COMPLETED" | "FAILED" | "CANCELLED" | "SUPERSEDED";

export const PLAN_MACHINE: Machine<PlanState> = {
  CREATED: ["RUNNING", "SUPERSEDED", "CANCELLED"],
  RUNNING: ["BLOCKED", "COMPLETED", "FAILED", "CANCELLED", "SUPERSEDED"],
  BLOCKED: ["RUNNING", "COMPLETED", "FAILED", "CANCELLED", "SUPERSEDED"],
  COMPLETED: [],
  FAILED: [],
  CANCELLED: [],
  SUPERSEDED: [],
};

export type TaskState = TaskStateName;

export const TASK_MACHINE: Machine<TaskState> = {
  // SUCCEEDED: an earlier attempt turns out to have succeeded while the next one waits for its window.
  PENDING: ["READY", "SUCCEEDED", "SKIPPED_BY_POLICY", "WAIVED_BY_AUTHORIZED_USER", "AWAITING_MANUAL_ACTION", "CANCELLED"],
  READY: ["PENDING", "DISPATCHED", "SUCCEEDED", "SKIPPED_BY_POLICY", "AWAITING_MANUAL_ACTION", "WAIVED_BY_AUTHORIZED_USER", "FAILED_FINAL", "CANCELLED"],
  DISPATCHED: ["WAITING", "SUCCEEDED", "OUTCOME_UNKNOWN", "RETRY_SCHEDULED", "READY", "AWAITING_MANUAL_ACTION", "FAILED_FINAL", "CANCELLED"],
  WAITING: ["SUCCEEDED", "OUTCOME_UNKNOWN", "RETRY_SCHEDULED", "READY", "AWAITING_MANUAL_ACTION", "FAILED_FINAL", "CANCELLED"],
  OUTCOME_UNKNOWN: ["DISPATCHED", "WAITING", "SUCCEEDED", "RETRY_SCHEDULED", "READY", "AWAITING_MANUAL_ACTION", "FAILED_FINAL", "CANCELLED"],
  RETRY_SCHEDULED: ["READY", "PENDING", "SUCCEEDED", "SKIPPED_BY_POLICY", "AWAITING_MANUAL_ACTION", "WAIVED_BY_AUTHORIZED_USER", "FAILED_FINAL", "CANCELLED"],
  AWAITING_MANUAL_ACTION: ["READY", "PENDING", "SUCCEEDED", "SKIPPED_BY_POLICY", "WAIVED_BY_AUTHORIZED_USER", "FAILED_FINAL", "CANCELLED"],
  SUCCEEDED: [],
  SKIPPED_BY_POLICY: [],
  WAIVED_BY_AUTHORIZED_USER: [],
  FAILED_FINAL: [],
  CANCELLED: [],
};

export type CaseState = "OPEN" | "CLOSED";

export const CASE_MACHINE: Machine<CaseState> = { OPEN: ["CLOSED"], CLOSED: [] };

/** What a final task state means to those who wait for it. */
export type Outcome = "OPEN" | "SUCCESS" | "FAILURE";

const OUTCOMES: { readonly [state in TaskState]?: Outcome } = {
  SUCCEEDED: "SUCCESS",
  SKIPPED_BY_POLICY: "SUCCESS",
  WAIVED_BY_AUTHORIZED_USER: "SUCCESS",
  FAILED_FINAL: "FAILURE",
  CANCELLED: "FAILURE",
};

/** 22a section 6.1: succeeded, skipped and waived end well; failed final and cancelled do not; the rest is open. */
export function outcomeOf(state: TaskState): Outcome {
  return OUTCOMES[state] ?? "OPEN";
}

/** True when a command of the task is out and its effect is not settled: in flight, accepted, or unknown. */
export function isInFlight(state: TaskState): boolean {
  return state === "DISPATCHED" || state === "WAITING" || state === "OUTCOME_UNKNOWN";
}

/** True when the table allows the move. */
export function mayMove<S extends string>(machine: Machine<S>, from: S, to: S): boolean {
  return machine[from].includes(to);
}
