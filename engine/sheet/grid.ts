import type { DecisionTable } from "../language/table-kinds.ts";
import { columnName, isOutput } from "./column-side.ts";
import type { Cell, CellStyle, SheetRow } from "./workbook.ts";
import { writeCell } from "./write-cell.ts";

/** The header of the column that holds the ids of rows. No column of a table may have that name. */
export const ID_HEADER = "id";
/** What stands in place of an id in the row of the outputs when no row matches; no id looks like that. */
export const OTHERWISE_MARK = "(otherwise)";

/** The header and the rows of a table: the ids first, then one column each, `otherwise` at the end. */
export function tableGrid(table: DecisionTable, firstRow: number): readonly SheetRow[] {
  const lines = [headerCells(table), ...table.rows.map((row) => [label(row.id, "quiet"), ...cellsOf(table, row, null)])];
  if (table.otherwise) lines.push([label(OTHERWISE_MARK, "quiet"), ...cellsOf(table, table.otherwise, "otherwise")]);
  return lines.map((cells, index) => ({ number: firstRow + index, hidden: false, cells }));
}

export function label(text: string, style: CellStyle): Cell {
  return { kind: "text", text, style };
}

function headerCells(table: DecisionTable): readonly (Cell | undefined)[] {
  return [label(ID_HEADER, "quiet"), ...table.columns.map((column) => label(columnName(column), isOutput(column) ? "output-head" : "input-head"))];
}

function cellsOf(table: DecisionTable, row: Parameters<typeof writeCell>[0], mark: "otherwise" | null): readonly (Cell | undefined)[] {
  return table.columns.map((column, index): Cell | undefined => {
    if (mark !== null && !isOutput(column)) return label(index === 0 ? mark : "", "otherwise");
    const cell = writeCell(row, column);
    const style: CellStyle = mark !== null ? "otherwise" : column.type === "number" || column.type === "boolean" ? "general" : "text";
    return cell === undefined ? undefined : { ...cell, style } as Cell;
  });
}
