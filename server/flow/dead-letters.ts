import type { Database, Select } from "../store/database.ts";
import type { DeadLetterKind, DeadLetterState } from "../store/dead-letter-store.ts";
import type { Row } from "../store/dialect.ts";
import { listOf, literal } from "../store/sql.ts";

/** A dead letter as people see it: what lies still, since when, who answers for it. Never its content or a stack. */
export interface DeadLetter {
  readonly id: string;
  readonly kind: DeadLetterKind;
  readonly state: DeadLetterState;
  readonly source: string;
  readonly messageId: string;
  readonly productOrderId: string | null;
  readonly inputType: string | null;
  readonly errorClass: string;
  readonly owner: string;
  readonly openedAt: string;
  readonly replays: number;
  readonly replayable: boolean;
}

export interface DeadLetterQuery {
  /** null means every region; letters without an order belong to all. */
  readonly regions: readonly string[] | null;
  readonly state: DeadLetterState;
  readonly kind?: DeadLetterKind | undefined;
  readonly owner?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

const FROM = "FROM dead_letters LEFT JOIN orders ON orders.id=dead_letters.order_id";

/** The letters that lie longest first. */
export async function findDeadLetters(database: Database, query: DeadLetterQuery): Promise<{ readonly rows: readonly DeadLetter[]; readonly total: number }> {
  const terms = [`dead_letters.state=${literal(query.state)}`, ...ofRegions(query.regions)];
  if (query.kind !== undefined) terms.push(`dead_letters.kind=${literal(query.kind)}`);
  if (query.owner !== undefined) terms.push(`dead_letters.owner=${literal(query.owner)}`);
  const where = terms.join(" AND ");
  const [rows = [], counted = []] = await database.select(
    `SELECT dead_letters.* ${FROM} WHERE ${where} ORDER BY dead_letters.opened_at, dead_letters.id LIMIT ${query.limit} OFFSET ${query.offset}`,
    `SELECT count(*) AS total ${FROM} WHERE ${where}`,
  );
  return { rows: rows.map(deadLetterOf), total: Number(counted[0]?.["total"] ?? 0) };
}

/** One letter, if it lies in one of the regions. */
export async function readDeadLetter(select: Select, id: string, regions: readonly string[] | null): Promise<DeadLetter | null> {
  const [rows = []] = await select(`SELECT dead_letters.* ${FROM} WHERE ${[`dead_letters.id=${literal(id)}`, ...ofRegions(regions)].join(" AND ")}`);
  return rows[0] ? deadLetterOf(rows[0]) : null;
}

function ofRegions(regions: readonly string[] | null): string[] {
  return regions === null ? [] : [`(orders.region IS NULL OR orders.region IN ${listOf(regions)})`];
}

function deadLetterOf(row: Row): DeadLetter {
  return {
    id: String(row["id"]),
    kind: String(row["kind"]) as DeadLetterKind,
    state: String(row["state"]) as DeadLetterState,
    source: String(row["source"]),
    messageId: String(row["message_id"]),
    productOrderId: row["order_id"] === null ? null : String(row["order_id"]),
    inputType: row["input_type"] === null ? null : String(row["input_type"]),
    errorClass: String(row["error_class"]),
    owner: String(row["owner"]),
    openedAt: String(row["opened_at"]),
    replays: Number(row["replays"]),
    replayable: Number(row["replayable"]) === 1,
  };
}
