import type { TaskStateName } from "../kinds.ts";

/** Every state a task can be in; `kinds.ts` names the same ones. */
export const TASK_STATES: readonly TaskStateName[] = [
  "PENDING", "READY", "DISPATCHED", "WAITING", "OUTCOME_UNKNOWN", "RETRY_SCHEDULED", "AWAITING_MANUAL_ACTION", "SUCCEEDED",
  "SKIPPED_BY_POLICY", "WAIVED_BY_AUTHORIZED_USER", "FAILED_FINAL", "CANCELLED",
];
