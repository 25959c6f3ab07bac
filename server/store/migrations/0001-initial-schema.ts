import type { Migration } from "../migration-source.ts";

/** The schema of the first release. */
export const initialSchema: Migration = {
  name: "0001-initial-schema",
  statements: ({ text, clustered, rewritten }) => [
    `CREATE TABLE releases (digest ${text} PRIMARY KEY, name ${text} NOT NULL, bundle TEXT NOT NULL, stored_at ${text} NOT NULL)`,
    `CREATE TABLE active_releases (number INTEGER PRIMARY KEY, digest ${text} NOT NULL REFERENCES releases (digest), activated_at ${text} NOT NULL)`,

    `CREATE TABLE orders (
      id ${text} PRIMARY KEY, external_id ${text}, state ${text} NOT NULL, customer_status ${text}, priority INTEGER NOT NULL,
      region ${text}, channel ${text}, customer_id ${text}, billing_account ${text}, release_digest ${text} NOT NULL,
      aggregate_version INTEGER NOT NULL, correlation_id ${text} NOT NULL, accepted_at ${text} NOT NULL, completed_at ${text},
      updated_at ${text} NOT NULL, blocked INTEGER NOT NULL, accepted TEXT NOT NULL, head TEXT NOT NULL)${rewritten}`,
    `CREATE INDEX orders_accepted ON orders (accepted_at, id)`,
    `CREATE INDEX orders_open ON orders (state, accepted_at) WHERE completed_at IS NULL`,
    `CREATE INDEX orders_external ON orders (external_id) WHERE external_id IS NOT NULL`,
    `CREATE INDEX orders_customer ON orders (customer_id) WHERE customer_id IS NOT NULL`,
    `CREATE INDEX orders_blocked ON orders (accepted_at) WHERE blocked = 1`,

    `CREATE TABLE order_items (
      order_id ${text} NOT NULL, position INTEGER NOT NULL, item_id ${text} NOT NULL, state ${text} NOT NULL, offering ${text} NOT NULL,
      body TEXT NOT NULL, PRIMARY KEY (order_id, position))${clustered}${rewritten}`,
    `CREATE TABLE plans (plan_id ${text} PRIMARY KEY, order_id ${text} NOT NULL, number INTEGER NOT NULL, graph TEXT NOT NULL)`,
    `CREATE TABLE tasks (
      order_id ${text} NOT NULL, position INTEGER NOT NULL, task_id ${text} NOT NULL, item_id ${text} NOT NULL, state ${text} NOT NULL,
      target_system ${text}, body TEXT NOT NULL, PRIMARY KEY (order_id, position))${clustered}${rewritten}`,
    `CREATE TABLE milestones (
      order_id ${text} NOT NULL, position INTEGER NOT NULL, milestone_id ${text} NOT NULL, outcome ${text} NOT NULL,
      body TEXT NOT NULL, PRIMARY KEY (order_id, position))${clustered}`,
    `CREATE TABLE fallout_cases (
      order_id ${text} NOT NULL, position INTEGER NOT NULL, case_id ${text} NOT NULL, state ${text} NOT NULL, task_id ${text}, queue ${text} NOT NULL,
      category ${text} NOT NULL, severity ${text} NOT NULL, sla_due_at ${text}, opened_at ${text} NOT NULL, closed_at ${text}, body TEXT NOT NULL,
      PRIMARY KEY (order_id, position))${clustered}`,
    `CREATE INDEX fallout_cases_open ON fallout_cases (queue, opened_at) WHERE state = 'OPEN'`,

    `CREATE TABLE timers (timer_id ${text} PRIMARY KEY, order_id ${text} NOT NULL, due_at ${text} NOT NULL)${clustered}`,
    `CREATE INDEX timers_due ON timers (due_at, timer_id)`,

    `CREATE TABLE journal (
      order_id ${text} NOT NULL, first_version INTEGER NOT NULL, last_version INTEGER NOT NULL, at ${text} NOT NULL, causation_id ${text} NOT NULL,
      correlation_id ${text} NOT NULL, release_digest ${text} NOT NULL, events TEXT NOT NULL, PRIMARY KEY (order_id, first_version))`,

    `CREATE TABLE inbox (
      source ${text} NOT NULL, message_id ${text} NOT NULL, order_id ${text} NOT NULL, input_id ${text} NOT NULL,
      status ${text} NOT NULL CHECK (status IN ('pending', 'applied', 'rejected', 'quarantined')),
      input TEXT, error TEXT, received_at ${text} NOT NULL, PRIMARY KEY (source, message_id))${clustered}`,
    `CREATE INDEX inbox_pending ON inbox (received_at) WHERE status = 'pending'`,
    `CREATE INDEX inbox_quarantined ON inbox (received_at) WHERE status = 'quarantined'`,
    `CREATE TABLE unmatched_results (
      source ${text} NOT NULL, message_id ${text} NOT NULL, order_id ${text}, task_id ${text}, reason ${text} NOT NULL, input TEXT NOT NULL, received_at ${text} NOT NULL,
      PRIMARY KEY (source, message_id))${clustered}`,

    `CREATE TABLE outbox (
      id ${text} PRIMARY KEY, order_id ${text} NOT NULL, task_id ${text} NOT NULL, kind ${text} NOT NULL CHECK (kind IN ('dispatch', 'query')),
      target_system ${text} NOT NULL, release_digest ${text} NOT NULL, idempotency_key ${text} NOT NULL,
      status ${text} NOT NULL CHECK (status IN ('pending', 'leased', 'settled')), lease_owner ${text}, lease_until ${text},
      lease_epoch INTEGER NOT NULL, attempt INTEGER NOT NULL, payload TEXT NOT NULL, created_at ${text} NOT NULL, settled_at ${text}, answer TEXT)`,
    `CREATE INDEX outbox_pending ON outbox (target_system, created_at) WHERE status = 'pending'`,
    `CREATE INDEX outbox_leased ON outbox (lease_until) WHERE status = 'leased'`,
    `CREATE INDEX outbox_order ON outbox (order_id)`,
    `CREATE INDEX outbox_key ON outbox (idempotency_key)`,

    `CREATE TABLE ready_tasks (
      order_id ${text} NOT NULL, task_id ${text} NOT NULL, target_system ${text}, priority INTEGER NOT NULL, depth INTEGER NOT NULL,
      reason ${text} NOT NULL, resource ${text} NOT NULL, since ${text} NOT NULL, PRIMARY KEY (order_id, task_id))${clustered}`,
    `CREATE INDEX ready_tasks_rank ON ready_tasks (resource, priority DESC, depth, task_id)`,
    `CREATE TABLE locks (name ${text} PRIMARY KEY, order_id ${text} NOT NULL, task_id ${text} NOT NULL)${clustered}`,
    `CREATE TABLE target_usage (
      target_system ${text} PRIMARY KEY, dispatched INTEGER NOT NULL, outstanding INTEGER NOT NULL, waiting INTEGER NOT NULL,
      tokens DOUBLE PRECISION, refilled_at ${text}, revision INTEGER NOT NULL)${clustered}${rewritten}`,
    `INSERT INTO target_usage (target_system, dispatched, outstanding, waiting, revision) VALUES ('*', 0, 0, 0, 0)`,

    `CREATE TABLE idempotency_keys (
      scope ${text} NOT NULL, key ${text} NOT NULL, request_hash ${text} NOT NULL, status INTEGER, response TEXT, order_id ${text},
      expires_at ${text} NOT NULL, PRIMARY KEY (scope, key))${clustered}`,
    `CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at)`,
    `CREATE TABLE intent_keys (intent_key ${text} PRIMARY KEY, order_id ${text} NOT NULL)${clustered}`,

    `CREATE TABLE products (
      product_id ${text} PRIMARY KEY, order_id ${text} NOT NULL, item_id ${text} NOT NULL, status ${text} NOT NULL, offering ${text} NOT NULL,
      characteristics TEXT NOT NULL, updated_at ${text} NOT NULL)`,

    // Never holds a row: a guarded statement that touched the wrong number of rows fails here and names why.
    `CREATE TABLE write_guard (stale_order INTEGER NOT NULL, stale_lease INTEGER NOT NULL, stale_usage INTEGER NOT NULL)`,
  ],
};
