import { columnName, isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import { readInputCell } from "../../engine/sheet/read-input-cell.ts";
import { readOutputCell } from "../../engine/sheet/read-output-cell.ts";
import { writeCell } from "../../engine/sheet/write-cell.ts";
import type { DecisionTable, TableRow } from "../../engine/language/table-kinds.ts";
import type { Json } from "../../engine/support/json.ts";

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

/** What a typed text means in a column; a message says why it means nothing. */
export function readCellText(text: string, column: TableColumn): { readonly ok: true; readonly value: Json | undefined } | { readonly ok: false; readonly message: string } {
  const reading = isOutput(column) ? readOutputCell(text, column.type) : readInputCell(text, column.type);
  if (!reading.ok) return { ok: false, message: reading.message };
  const allowed = column.values;
  if (allowed === undefined || reading.cell === undefined || typeof reading.cell === "string" && !isOutput(column)) return { ok: true, value: reading.cell };
  const values = Array.isArray(reading.cell) ? (reading.cell as readonly Json[]) : [reading.cell];
  const odd = values.find((value) => value !== null && !(typeof value === "string" && value.startsWith("=")) && !allowed.some((one) => JSON.stringify(one) === JSON.stringify(value)));
  return odd === undefined ? { ok: true, value: reading.cell } : { ok: false, message: JSON.stringify(odd) };
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
  for (const write of writes) {
    const column = table.columns[write.column];
    if (column === undefined) continue;
    const reading = readCellText(write.text, column);
    if (!reading.ok) rejected.push({ ...write, message: reading.message });
    else byRow.set(write.row, (byRow.get(write.row) ?? new Map<string, Json | undefined>()).set(columnName(column), reading.value));
  }
  const last = Math.max(-1, ...byRow.keys());
  const grown = last < table.rows.length ? table.rows : [...table.rows, ...newRows(table, last + 1 - table.rows.length)];
  const rows = grown.map((row, index) => {
    const cells = byRow.get(index);
    return cells === undefined ? row : withCells(row, cells, table);
  });
  return { table: { ...table, rows }, rejected };
}

/** A row with some cells set; its names stand in the order of the columns, as everywhere. */
function withCells(row: TableRow, cells: ReadonlyMap<string, Json | undefined>, { columns }: DecisionTable): TableRow {
  const next: Record<string, Json> = {};
  for (const column of columns) {
    const name = columnName(column);
    const value = cells.has(name) ? cells.get(name) : Object.hasOwn(row, name) ? row[name] : undefined;
    if (value !== undefined) next[name] = value;
  }
  return { ...next, id: row.id };
}

function newRows(table: DecisionTable, count: number): TableRow[] {
  const taken = new Set(table.rows.map(({ id }) => id));
  let number = table.rows.length;
  return Array.from({ length: count }, () => {
    do number += 1;
    while (taken.has(`row-${number}`));
    taken.add(`row-${number}`);
    return { id: `row-${number}` };
  });
}

/** Adds empty rows before a position. */
export function insertRows(table: DecisionTable, at: number, count: number): DecisionTable {
  return { ...table, rows: [...table.rows.slice(0, at), ...newRows(table, count), ...table.rows.slice(at)] };
}

/** Takes rows away. */
export function removeRows(table: DecisionTable, from: number, to: number): DecisionTable {
  return { ...table, rows: table.rows.filter((_, index) => index < from || index > to) };
}

/** Moves rows up or down by one; nothing happens at the border. */
export function moveRows(table: DecisionTable, from: number, to: number, by: 1 | -1): DecisionTable {
  if (from + by < 0 || to + by >= table.rows.length) return table;
  const moved = table.rows.slice(from, to + 1);
  const rest = table.rows.filter((_, index) => index < from || index > to);
  return { ...table, rows: [...rest.slice(0, from + by), ...moved, ...rest.slice(from + by)] };
}

/** Copies the first row of a range to its others, or its first column. */
export function fill(table: DecisionTable, { from, to }: Range, direction: "down" | "right"): DecisionTable {
  const rows = table.rows.map((row, index) => {
    if (index < from.row || index > to.row) return row;
    const cells = new Map<string, Json | undefined>();
    for (let column = from.column; column <= to.column; column += 1) {
      const target = table.columns[column];
      const sourceColumn = table.columns[direction === "down" ? column : from.column];
      const sourceRow = table.rows[direction === "down" ? from.row : index];
      if (target === undefined || sourceColumn === undefined || sourceRow === undefined) continue;
      if (direction === "right" && (isOutput(target) !== isOutput(sourceColumn) || target.type !== sourceColumn.type)) continue;
      const name = columnName(sourceColumn);
      cells.set(columnName(target), Object.hasOwn(sourceRow, name) ? sourceRow[name] : undefined);
    }
    return withCells(row, cells, table);
  });
  return { ...table, rows };
}
