import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import type { TableInput } from "../../engine/table/analyze-table.ts";
import { insertRows } from "./row-edits.ts";

/** The table with one more row, at a position, that matches exactly this input; its answers are still to be given. */
export function withRowFor(table: DecisionTable, input: TableInput, at: number): DecisionTable {
  const grown = insertRows(table, at, 1);
  const cells = Object.entries(input).filter((cell): cell is [string, Json] => cell[1] !== null);
  return { ...grown, rows: grown.rows.map((row, index) => (index === at ? { id: row.id, ...Object.fromEntries(cells.map(([key, value]) => [key, [value]])) } : row)) };
}
