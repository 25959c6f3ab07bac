import { table } from "./table.ts";

/** The tables as the newest migration leaves them; README.md says what each is for. */
export const ORDERS = table("orders", ["id"], [
  "id", "external_id", "state", "customer_status", "priority", "region", "channel", "customer_id", "billing_account", "release_digest",
  "aggregate_version", "correlation_id", "accepted_at", "completed_at", "updated_at", "blocked", "accepted", "head",
]);

export const ORDER_ITEMS = table("order_items", ["order_id", "position"], ["order_id", "position", "item_id", "state", "offering", "line", "body"], ["line"]);

export const PLANS = table("plans", ["plan_id"], ["plan_id", "order_id", "number", "graph"]);

export const TASKS = table("tasks", ["order_id", "position"], ["order_id", "position", "task_id", "item_id", "state", "target_system", "body"]);

export const MILESTONES = table("milestones", ["order_id", "position"], ["order_id", "position", "milestone_id", "outcome", "body"]);

export const FALLOUT_CASES = table("fallout_cases", ["order_id", "position"], [
  "order_id", "position", "case_id", "state", "task_id", "queue", "category", "severity", "sla_due_at", "opened_at", "closed_at", "body",
]);

export const TIMERS = table("timers", ["timer_id"], ["timer_id", "order_id", "due_at"]);

export const JOURNAL = table("journal", ["order_id", "first_version"], [
  "order_id", "first_version", "last_version", "at", "causation_id", "correlation_id", "release_digest", "event_version", "events",
]);

export const INBOX = table("inbox", ["source", "message_id"], [
  "source", "message_id", "order_id", "input_id", "status", "input", "error", "received_at",
]);

export const OUTBOX = table("outbox", ["id"], [
  "id", "order_id", "task_id", "kind", "target_system", "release_digest", "idempotency_key", "status", "lease_owner", "lease_until",
  "lease_epoch", "attempt", "payload", "created_at", "settled_at", "answer",
]);

export const READY_TASKS = table("ready_tasks", ["order_id", "task_id"], [
  "order_id", "task_id", "target_system", "critical", "priority", "depth", "reason", "resource", "since",
]);

export const LOCKS = table("locks", ["name"], ["name", "order_id", "task_id"]);

export const TARGET_USAGE = table("target_usage", ["target_system"], ["target_system", "dispatched", "outstanding", "waiting", "tokens", "refilled_at", "revision"]);

/** What calls have shown of a target system; the columns beside them are people's and are never written with these. */
export const TARGET_FLOW = table("target_flow", ["target_system"], ["target_system", "breaker", "attempts"]);

/** What people have decided about a target system. */
export const TARGET_CONTROL = table("target_flow", ["target_system"], ["target_system", "paused_by", "paused_reason", "paused_at", "resumed_at"]);

export const DEAD_LETTERS = table("dead_letters", ["id"], [
  "id", "kind", "source", "message_id", "order_id", "input_type", "error_class", "owner", "state", "opened_at", "replays", "replayable",
]);

export const OPERATIONS_LOG = table("operations_log", ["id"], ["id", "at", "actor", "action", "subject", "reason", "before_state", "after_state"]);

export const UNMATCHED_RESULTS = table("unmatched_results", ["source", "message_id"], [
  "source", "message_id", "order_id", "task_id", "reason", "input", "received_at",
]);

export const IDEMPOTENCY_KEYS = table("idempotency_keys", ["scope", "key"], [
  "scope", "key", "request_hash", "status", "response", "order_id", "expires_at",
]);

export const INTENT_KEYS = table("intent_keys", ["intent_key"], ["intent_key", "order_id"]);

export const RELEASES = table("releases", ["digest"], ["digest", "name", "bundle", "stored_at"]);

export const CHANGE_SETS = table("change_sets", ["name"], [
  "name", "branch", "author", "title", "reason", "state", "reviewed_commit", "release_digest", "created_at", "updated_at", "revision",
]);

export const CHANGE_STEPS = table("change_steps", ["change_set", "number"], ["change_set", "number", "at", "actor", "action", "commit_id", "text", "details"]);

export const PROMOTIONS = table("promotions", ["commit_id"], [
  "commit_id", "kind", "release_name", "digest", "change_set", "before_commit", "actor", "at", "reason",
]);

export const PRODUCTS = table("products", ["product_id"], [
  "product_id", "order_id", "item_id", "status", "offering", "characteristics", "updated_at",
]);

export const IMPACT_REPORTS = table("impact_reports", ["id"], [
  "id", "release_digest", "release_name", "requested_by", "requested_at", "state", "assessed", "total", "updated_at", "report", "error",
]);

/** The row of `target_usage` that counts over all target systems; whoever holds it decides alone about admission. */
export const ALL_TARGETS = "*";
