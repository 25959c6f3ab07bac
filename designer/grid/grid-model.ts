import { columnName, isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import { readInputCell } from "../../engine/sheet/read-input-cell.ts";
import { readOutputCell } from "../../engine/sheet/read-output-cell.ts";
import { writeCell } from "../../engine/sheet/write-cell.ts";
import { LIMITS } from "../../engine/language/limits.ts";
import type { DecisionTable, TableRow } from "../../engine/language/table-kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import { textOf } from "../form/value-text.ts";
import { grid as words } from "../strings/grid.ts";
import { newRows, withCells } from "./row-edits.ts";

/** A cell by row and column, both counted from 0. */
export interface CellAt {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells, both ends included. */
export interface Range {
  readonly from: CellAt;
  readonly to: CellAt;
}

/** True where a cell lies in a rectangle. */
export function isInside({ row, column }: CellAt, { from, to }: Range): boolean {
  return row >= from.row && row <= to.row && column >= from.column && column <= to.column;
}

/** The rectangle between two corners. */
export function rangeOf(a: CellAt, b: CellAt): Range {
  return {
    from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    to: { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
  };
}

/** A cell as people write it; empty for an input that matches anything and an output that says nothing. */
export function cellText(row: TableRow, column: TableColumn): string {
  if (!Object.hasOwn(row, columnName(column))) return "";
  const cell = writeCell(row, column);
  if (cell === undefined) return "";
  if (cell.kind === "text") return cell.quoted === true ? cell.text.slice(1) : cell.text;
  return cell.kind === "number" || cell.kind === "boolean" ? String(cell.value) : "";
}

export type TextReading = { readonly ok: true; readonly value: Json | undefined } | { readonly ok: false; readonly message: string };

const TOO_MANY: TextReading = { ok: false, message: words.tooManyRows(LIMITS.rowsPerTable) };

/** What a typed text means in a column; a message says why it means nothing. */
export function readCellText(text: string, column: TableColumn): TextReading {
  const reading = isOutput(column) ? readOutputCell(text, column.type) : readInputCell(text, column.type);
  if (!reading.ok) return { ok: false, message: reading.message };
  const allowed = column.values;
  if (allowed === undefined || reading.cell === undefined || typeof reading.cell === "string" && !isOutput(column)) return { ok: true, value: reading.cell };
  const values = Array.isArray(reading.cell) ? (reading.cell as readonly Json[]) : [reading.cell];
  const odd = values.find((value) => value !== null && !(typeof value === "string" && value.startsWith("=")) && !allowed.some((one) => JSON.stringify(one) === JSON.stringify(value)));
  return odd === undefined ? { ok: true, value: reading.cell } : { ok: false, message: words.notAllowed(JSON.stringify(odd), allowed.map(textOf).join(", ")) };
}

/** Reads equal texts of a column once: what is pasted repeats itself, and FEEL is slow to parse. */
function readerOnce(): typeof readCellText {
  const known = new Map<TableColumn, Map<string, TextReading>>();
  return (text, column) => {
    const ofColumn = known.get(column) ?? new Map<string, TextReading>();
    known.set(column, ofColumn);
    const reading = ofColumn.get(text) ?? readCellText(text, column);
    ofColumn.set(text, reading);
    return reading;
  };
}

/** One text for one cell. */
export interface CellWrite extends CellAt {
  readonly text: string;
}

export interface WriteResult {
  readonly table: DecisionTable;
  /** Cells whose text means nothing in their column; they are left as they were. */
  readonly rejected: readonly (CellWrite & { readonly message: string })[];
}

/** Writes texts into cells; the table grows downwards as far as it is written. Rows that nothing is written into stay the same objects. */
export function writeCells(table: DecisionTable, writes: readonly CellWrite[]): WriteResult {
  const rejected: WriteResult["rejected"][number][] = [];
  const byRow = new Map<number, Map<string, Json | undefined>>();
  const readOnce = readerOnce();
  for (const write of writes) {
    const column = table.columns[write.column];
    if (column === undefined) continue;
    const reading = write.row < LIMITS.rowsPerTable ? readOnce(write.text, column) : TOO_MANY;
    if (!reading.ok) rejected.push({ ...write, message: reading.message });
    else byRow.set(write.row, (byRow.get(write.row) ?? new Map<string, Json | undefined>()).set(columnName(column), reading.value));
  }
  const last = [...byRow.keys()].reduce((most, row) => Math.max(most, row), -1);
  const grown = last < table.rows.length ? table.rows : [...table.rows, ...newRows(table, last + 1 - table.rows.length)];
  const rows = grown.map((row, index) => {
    const cells = byRow.get(index);
    return cells === undefined ? row : withCells(row, cells, table);
  });
  return { table: { ...table, rows }, rejected };
}
