import type { Row } from "./dialect.ts";
import { listOf, literal } from "./sql.ts";
import { ALL_TARGETS } from "./tables.ts";

/** What is in use of one target system, as stored. */
export interface StoredUsage {
  readonly dispatched: number;
  readonly outstanding: number;
  /** Tasks waiting for admission; counted only over all target systems. */
  readonly waiting: number;
  /** Sends the rate limit allowed at `refilledAt`; null when none was ever counted. */
  readonly tokens: number | null;
  readonly refilledAt: string | null;
}

/** A ready task that was not admitted when it was last looked at. */
export interface WaitingTask {
  readonly orderId: string;
  readonly taskId: string;
  readonly resource: string;
}

/** The query that makes this process the only one that decides about admission until the commit. */
export function admissionLockQuery(lock: string): string {
  return `SELECT target_system FROM target_usage WHERE target_system=${literal(ALL_TARGETS)}${lock}`;
}

/** The query for what is in use of all target systems. */
export const USAGE_QUERY = "SELECT * FROM target_usage";

export function usageFromRows(rows: readonly Row[]): Map<string, StoredUsage> {
  return new Map(
    rows.map((row) => [
      String(row["target_system"]),
      {
        dispatched: Number(row["dispatched"]),
        outstanding: Number(row["outstanding"]),
        waiting: Number(row["waiting"]),
        tokens: row["tokens"] === null ? null : Number(row["tokens"]),
        refilledAt: row["refilled_at"] === null ? null : String(row["refilled_at"]),
      },
    ]),
  );
}

/** The query for who holds these locks. */
export function locksQuery(names: Iterable<string>): string {
  return `SELECT name, task_id FROM locks WHERE name IN ${listOf(names)}`;
}

/**
 * The query for the tasks that wait first for each resource, by priority, depth and id; `resources` null means all. Tasks
 * of a held item wait for nothing that could come free here.
 */
export function waitingQuery(resources: Iterable<string> | null, perResource: number): string {
  const which = resources === null ? "resource NOT LIKE 'held:%'" : `resource IN ${listOf(resources)}`;
  return (
    "SELECT order_id, task_id, resource FROM (SELECT order_id, task_id, resource, priority, depth, " +
    "ROW_NUMBER() OVER (PARTITION BY resource ORDER BY priority DESC, depth, task_id) AS place " +
    `FROM ready_tasks WHERE ${which}) AS ranked WHERE place<=${literal(perResource)} ORDER BY priority DESC, depth, task_id`
  );
}

export function waitingFromRows(rows: readonly Row[]): WaitingTask[] {
  return rows.map((row) => ({ orderId: String(row["order_id"]), taskId: String(row["task_id"]), resource: String(row["resource"]) }));
}
