import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { grid as words } from "../strings/grid.ts";
import { columnTitle } from "./clipboard.ts";
import { moveColumnsTo, removeColumns } from "./column-edits.ts";
import { writeCells, type CellWrite, type Range } from "./grid-model.ts";
import type { EditAction } from "./key-map.ts";
import { duplicateRows, fillFrom, insertRows, moveRows, removeRows, sortRows } from "./row-edits.ts";

/** An edit that was done: the table after it, how it is called in the history, and the cells selected from now on. */
export interface Performed {
  readonly table: DecisionTable;
  readonly label: string;
  readonly range: Range;
}

/** Does what a key or menu says with the selected cells; null when that changes nothing. */
export function perform(action: EditAction, table: DecisionTable, range: Range): Performed | null {
  const { from, to } = range;
  const rows = to.row - from.row + 1;
  const done = (next: DecisionTable, label: string, selected: Range = range): Performed | null => (next === table ? null : { table: next, label, range: selected });
  const moved = (byRow: number, byColumn: number): Range => ({ from: { row: from.row + byRow, column: from.column + byColumn }, to: { row: to.row + byRow, column: to.column + byColumn } });
  const sorted = (direction: 1 | -1): Performed | null => {
    const column = table.columns[from.column];
    return column === undefined ? null : done(sortRows(table, column, direction), words.sorted(columnTitle(column)));
  };
  switch (action) {
    case "clear": return done(cleared(table, range), words.clear(rows * (to.column - from.column + 1)));
    case "fillDown": return rows < 2 ? null : done(fillFrom(table, { from, to: { ...to, row: from.row } }, range), words.fillDown);
    case "fillRight": return to.column === from.column ? null : done(fillFrom(table, { from, to: { ...to, column: from.column } }, range), words.fillRight);
    case "insertAbove": return done(insertRows(table, from.row, rows), words.insertAbove);
    case "insertBelow": return done(insertRows(table, Math.min(to.row + 1, table.rows.length), rows), words.insertBelow, table.rows.length === 0 ? range : moved(rows, 0));
    case "duplicateRows": return table.rows.length === 0 ? null : done(duplicateRows(table, from.row, to.row), words.duplicate(rows), moved(rows, 0));
    case "removeRows": return table.rows.length === 0 ? null : done(removeRows(table, from.row, to.row), words.removeRows(rows), atRow(range, Math.max(0, Math.min(from.row, table.rows.length - rows - 1))));
    case "moveRowsUp": return done(moveRows(table, from.row, to.row, -1), words.moveUp, moved(-1, 0));
    case "moveRowsDown": return done(moveRows(table, from.row, to.row, 1), words.moveDown, moved(1, 0));
    case "moveColumnsLeft": return done(moveColumnsTo(table, from.column, to.column, from.column - 1), words.moveLeft, moved(0, -1));
    case "moveColumnsRight": return done(moveColumnsTo(table, from.column, to.column, to.column + 2), words.moveRight, moved(0, 1));
    case "removeColumns": return done(removeColumns(table, from.column, to.column), words.removeColumns(to.column - from.column + 1), { from: { ...from, column: Math.max(0, from.column - 1) }, to: { ...to, column: Math.max(0, from.column - 1) } });
    case "sortUp": return sorted(1);
    case "sortDown": return sorted(-1);
  }
}

function cleared(table: DecisionTable, { from, to }: Range): DecisionTable {
  const writes: CellWrite[] = [];
  for (let row = from.row; row <= Math.min(to.row, table.rows.length - 1); row += 1) for (let column = from.column; column <= to.column; column += 1) writes.push({ row, column, text: "" });
  return writes.length === 0 ? table : writeCells(table, writes).table;
}

function atRow({ from }: Range, row: number): Range {
  return { from: { ...from, row }, to: { row, column: from.column } };
}
