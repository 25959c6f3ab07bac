import { columnName } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { jsonEqual } from "../../engine/rules/operators.ts";

/** How the rows of one table differ from those of another, by id. */
export interface RowChanges {
  readonly added: number;
  readonly removed: number;
  /** Rows that both have, with different cells. */
  readonly changed: number;
  readonly moved: boolean;
}

/** Compares the rows of a table with those it would have after an import. */
export function rowChanges(before: DecisionTable, after: DecisionTable): RowChanges {
  const [old, next] = [new Map(before.rows.map((row) => [row.id, row])), new Map(after.rows.map((row) => [row.id, row]))];
  const names = [...new Set([...before.columns, ...after.columns].map(columnName))];
  const kept = after.rows.filter(({ id }) => old.has(id));
  const order = before.rows.filter(({ id }) => next.has(id)).map(({ id }) => id);
  return {
    added: after.rows.length - kept.length,
    removed: before.rows.length - order.length,
    changed: kept.filter((row) => names.some((name) => !jsonEqual(row[name] ?? null, old.get(row.id)?.[name] ?? null))).length,
    moved: kept.some(({ id }, index) => id !== order[index]),
  };
}
