import type { Database } from "./database.ts";
import { listOf, literal } from "./sql.ts";

/** A clock of an order, kept until it fires or is stopped. */
export interface Timer {
  readonly timerId: string;
  readonly orderId: string;
  readonly dueAt: string;
}

/** Timers that are due, the earliest first. */
export async function readDueTimers(database: Database, at: string, limit: number): Promise<Timer[]> {
  const [rows = []] = await database.select(`SELECT * FROM timers WHERE due_at<=${literal(at)} ORDER BY due_at, timer_id LIMIT ${literal(limit)}`);
  return rows.map((row) => ({ timerId: String(row["timer_id"]), orderId: String(row["order_id"]), dueAt: String(row["due_at"]) }));
}

/** When the next timer is due; null when there is none. */
export async function readNextDueAt(database: Database): Promise<string | null> {
  const [rows = []] = await database.select("SELECT MIN(due_at) AS due_at FROM timers");
  const dueAt = rows[0]?.["due_at"];
  return dueAt === null || dueAt === undefined ? null : String(dueAt);
}

/** The query for when these timers are due. */
export function timersQuery(timerIds: Iterable<string>): string {
  return `SELECT timer_id, due_at FROM timers WHERE timer_id IN ${listOf(timerIds)}`;
}
