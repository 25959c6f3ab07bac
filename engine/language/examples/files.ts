/** Files of the minimal release that examples change. */
export const TEMPLATE = "plan-template/demo-add.json";
export const RESERVE = "task-type/reserve.json";
export const ACTIVATE = "task-type/activate.json";
export const FALLOUT = "decision-table/fallout.json";
export const DECOMPOSITION = "decision-table/demo-decomposition.json";
export const STATUS = "decision-table/demo-status.json";
export const FAILURES = "decision-table/failures.json";
export const AUTHORITY = "decision-table/authority.json";
export const CHANGE = "change-policy/demo.json";
export const DECIDE = "decision-table/demo-change.json";
export const CHANGE_TASKS = "decision-table/demo-change-tasks.json";
export const NETWORK = "target-system/network.json";
export const MAP = "milestone-map/demo.json";
export const STANDARD = "retry-policy/standard.json";
