import type { Migration } from "../migration-source.ts";

/** Flow control, the reserve of critical work, dead letters, the log of operations. */
export const flowControl: Migration = {
  name: "0002-flow-control",
  statements: ({ text, clustered }) => [
    `CREATE TABLE target_flow (
      target_system ${text} PRIMARY KEY, breaker TEXT, attempts TEXT,
      paused_by ${text}, paused_reason TEXT, paused_at ${text}, resumed_at ${text})${clustered}`,

    `ALTER TABLE ready_tasks ADD COLUMN critical INTEGER NOT NULL DEFAULT 0`,
    `DROP INDEX ready_tasks_rank`,
    `CREATE INDEX ready_tasks_rank ON ready_tasks (resource, critical DESC, priority DESC, depth, task_id)`,

    `ALTER TABLE write_guard ADD COLUMN taken_key INTEGER NOT NULL DEFAULT 0`,

    `CREATE TABLE dead_letters (
      id ${text} PRIMARY KEY, kind ${text} NOT NULL CHECK (kind IN ('quarantined-input', 'unmatched-result')),
      source ${text} NOT NULL, message_id ${text} NOT NULL, order_id ${text}, input_type ${text}, error_class ${text} NOT NULL,
      owner ${text} NOT NULL, state ${text} NOT NULL CHECK (state IN ('OPEN', 'REPLAYED', 'DISCARDED')), opened_at ${text} NOT NULL,
      replays INTEGER NOT NULL, replayable INTEGER NOT NULL)${clustered}`,
    `CREATE INDEX dead_letters_open ON dead_letters (opened_at) WHERE state = 'OPEN'`,

    `CREATE TABLE operations_log (
      id ${text} PRIMARY KEY, at ${text} NOT NULL, actor ${text} NOT NULL, action ${text} NOT NULL, subject ${text} NOT NULL,
      reason TEXT NOT NULL, before_state TEXT, after_state TEXT)${clustered}`,
    `CREATE INDEX operations_log_at ON operations_log (at, id)`,
  ],
};
