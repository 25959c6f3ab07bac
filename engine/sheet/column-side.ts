import type { InputColumn, OutputColumn } from "../language/table-kinds.ts";

export type TableColumn = InputColumn | OutputColumn;

/** The name rows use for a column. */
export function columnName(column: TableColumn): string {
  return "out" in column ? column.out : column.key;
}

export function isOutput(column: TableColumn): column is OutputColumn {
  return "out" in column;
}
