import type { Json } from "../support/json.ts";
import { columnName, isOutput, type TableColumn } from "./column-side.ts";
import type { DetectedTable } from "./detected-table.ts";
import { OTHERWISE_MARK } from "./grid.ts";
import { type ColumnRule, readCell } from "./read-cell.ts";
import type { CellReading } from "./read-literal.ts";
import type { SheetLog } from "./sheet-report.ts";
import type { Cell } from "./workbook.ts";
import { isOtherwise } from "./words.ts";

/** A column of the sheet and the column of the table it fills. */
export interface FilledColumn {
  readonly index: number;
  readonly column: TableColumn;
  readonly guessed: boolean;
}

/** A row as it was read: its id as the sheet has it, its cells in the order of the table's columns. */
export interface SheetRule {
  readonly number: number;
  readonly given: string | null;
  readonly otherwise: boolean;
  readonly cells: { readonly [column: string]: Json };
}

/** Gives a cell its old value when nobody has changed what the sheet shows; undefined when somebody has. */
export type KeepCell = (id: string | null, column: TableColumn, cell: Cell | undefined) => { readonly cell: Json | undefined } | undefined;

/** Reads all rules of a table; cells that cannot be read are reported and left out. */
export function readRows(table: DetectedTable, filled: readonly FilledColumn[], idColumn: number | null, keep: KeepCell, log: SheetLog): readonly SheetRule[] {
  const reader = cachedReader(table);
  const inputs = filled.filter(({ column }) => !isOutput(column));
  return table.rows.map((number) => {
    const id = idColumn === null ? "" : table.grid.text(number, idColumn);
    const given = id === "" || id === OTHERWISE_MARK ? null : id;
    const otherwise = id === OTHERWISE_MARK || (idColumn === null && saysOtherwise(table, number, inputs));
    const cells: { [column: string]: Json } = {};
    for (const place of filled) {
      const { index, column } = place;
      if (otherwise && !isOutput(column)) continue;
      const cell = table.grid.at(number, index);
      const kept = keep(otherwise ? OTHERWISE_MARK : given, column, cell);
      const reading: CellReading = kept ? { ok: true, cell: kept.cell } : reader(place, cell);
      if (!reading.ok) log.error(number, index, reading.code, reading.message);
      else if (reading.cell !== undefined) cells[columnName(column)] = reading.cell;
    }
    return { number, given, otherwise, cells };
  });
}

/** Cells repeat themselves: each text of a column is read once. */
function cachedReader({ dateSystem }: DetectedTable): (place: FilledColumn, cell: Cell | undefined) => CellReading {
  const known = new Map<string, CellReading>();
  return ({ index, column, guessed }, cell) => {
    const rule: ColumnRule = { side: isOutput(column) ? "output" : "input", type: column.type, guessed };
    if (cell?.kind !== "text") return readCell(cell, rule, dateSystem);
    const key = `${index} ${cell.quoted === true} ${cell.text}`;
    const reading = known.get(key) ?? readCell(cell, rule, dateSystem);
    known.set(key, reading);
    return reading;
  };
}

/** In a sheet without ids the row that answers when no other does says so in its first input; its other inputs are empty. */
function saysOtherwise({ grid }: DetectedTable, row: number, [first, ...others]: readonly FilledColumn[]): boolean {
  return first !== undefined && isOtherwise(grid.text(row, first.index)) && others.every(({ index }) => /^[-–—]?$/.test(grid.text(row, index)));
}
