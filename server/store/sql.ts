/** What a column can hold. Flags are 0 or 1, JSON is text: both databases then behave alike. */
export type SqlValue = string | number | null;

/**
 * A value as SQL text. Commits are written as one script of literals: over knex + sqlite3 a statement with parameters costs
 * about 250 us, one more statement in a script 15 us (README). A quote is the only character with a meaning inside a
 * standard string literal; NUL, which no database takes and JSON escapes anyway, becomes the replacement character.
 */
export function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number SQL knows`);
    return String(value);
  }
  const text = value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
  return text.includes("'") ? `'${text.replaceAll("'", "''")}'` : `'${text}'`;
}

/** `('a','b')` for `IN`. An empty list matches nothing. */
export function listOf(values: Iterable<SqlValue>): string {
  const texts = Array.from(values, literal);
  return texts.length === 0 ? "(NULL)" : `(${texts.join(",")})`;
}

/** `(1,'a'),(2,'b')`: the rows of VALUES. */
export function tuples(rows: Iterable<readonly SqlValue[]>): string {
  return Array.from(rows, (row) => `(${row.map(literal).join(",")})`).join(",");
}

/** One statement of a script, with the number of rows it must touch when that is known. */
export interface Statement {
  readonly sql: string;
  readonly guard?: Guard;
}

/** The commit is refused as a conflict when the statement touches another number of rows. */
export interface Guard {
  readonly name: GuardName;
  readonly rows: number;
}

/**
 * Columns of the table `write_guard`: `stale_order` - someone else wrote the order; `stale_lease` - the delivery is not ours
 * any more; `stale_usage` - someone else admitted tasks; `taken_key` - someone else answered under the idempotency key;
 * `stale_change_set` - someone else took a step with the change set.
 */
export const GUARD_NAMES = ["stale_order", "stale_lease", "stale_usage", "taken_key", "stale_change_set"] as const;

export type GuardName = (typeof GUARD_NAMES)[number];
