import type { Row } from "./dialect.ts";
import { listOf, literal, type Statement } from "./sql.ts";
import { upsertInto } from "./table.ts";
import { ALL_TARGETS, TARGET_USAGE } from "./tables.ts";

/** What is in use of one target system, as stored. */
export interface StoredUsage {
  readonly dispatched: number;
  readonly outstanding: number;
  /** Tasks waiting for admission; counted only over all target systems. */
  readonly waiting: number;
  /** Sends the rate limit allowed at `refilledAt`; null when none was ever counted. */
  readonly tokens: number | null;
  readonly refilledAt: string | null;
  /** Counts the commits that changed what is in use; only over all target systems. */
  readonly revision: number;
}

/** A ready task that was not admitted when it was last looked at. */
export interface WaitingTask {
  readonly orderId: string;
  readonly taskId: string;
  readonly reason: string;
  readonly resource: string;
}

/** The query that makes this process the only one that decides about admission until the commit. */
export function admissionLockQuery(lock: string): string {
  return `SELECT target_system FROM target_usage WHERE target_system=${literal(ALL_TARGETS)}${lock}`;
}

/** The query for what is in use of all target systems. */
export const USAGE_QUERY = "SELECT * FROM target_usage";

/** What is in use of a target system that was never used. */
export const NOTHING_IN_USE: StoredUsage = { dispatched: 0, outstanding: 0, waiting: 0, tokens: null, refilledAt: null, revision: 0 };

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
        revision: Number(row["revision"]),
      },
    ]),
  );
}

/** The query for who holds these locks. */
export function locksQuery(names: Iterable<string>): string {
  return `SELECT name, task_id FROM locks WHERE name IN ${listOf(names)}`;
}

const RANK = "critical DESC, priority DESC, depth, task_id";

/**
 * The query for the tasks that wait first for each resource, by rank; `resources` null means all but those in `shut`. Tasks
 * of a held item wait for nothing that could come free here.
 */
export function waitingQuery(resources: Iterable<string> | null, perResource: number, shut: readonly string[] = []): string {
  const open = shut.length === 0 ? "" : ` AND resource NOT IN ${listOf(shut)}`;
  const which = resources === null ? `resource NOT LIKE 'held:%'${open}` : `resource IN ${listOf(resources)}`;
  return (
    "SELECT order_id, task_id, reason, resource FROM (SELECT order_id, task_id, reason, resource, critical, priority, depth, " +
    `ROW_NUMBER() OVER (PARTITION BY resource ORDER BY ${RANK}) AS place ` +
    `FROM ready_tasks WHERE ${which}) AS ranked WHERE place<=${literal(perResource)} ORDER BY ${RANK}`
  );
}

export function waitingFromRows(rows: readonly Row[]): WaitingTask[] {
  return rows.map((row) => ({ orderId: String(row["order_id"]), taskId: String(row["task_id"]), reason: String(row["reason"]), resource: String(row["resource"]) }));
}

/** Writes what is in use now of the named target systems. The total is guarded: nobody else may have admitted in between. */
export function usageStatements(before: ReadonlyMap<string, StoredUsage>, after: ReadonlyMap<string, StoredUsage>, targetSystems: Iterable<string>): Statement[] {
  const rows = Array.from(targetSystems, (name) => {
    const { dispatched, outstanding, waiting, tokens, refilledAt, revision } = after.get(name) ?? NOTHING_IN_USE;
    return { target_system: name, dispatched, outstanding, waiting, tokens, refilled_at: refilledAt, revision };
  });
  const total = after.get(ALL_TARGETS) ?? NOTHING_IN_USE;
  const known = (before.get(ALL_TARGETS) ?? NOTHING_IN_USE).revision;
  return [
    {
      sql: `UPDATE target_usage SET dispatched=${total.dispatched},waiting=${total.waiting},revision=${total.revision} WHERE target_system=${literal(ALL_TARGETS)} AND revision=${known}`,
      guard: { name: "stale_usage", rows: 1 },
    },
    ...upsertInto(TARGET_USAGE, rows),
  ];
}
