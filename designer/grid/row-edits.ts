import { columnName, isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import type { DecisionTable, TableRow } from "../../engine/language/table-kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import type { Range } from "./grid-model.ts";

/** Empty rows with ids that nobody has. */
export function newRows(table: DecisionTable, count: number): TableRow[] {
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

/** Adds copies of rows behind them, with ids of their own. */
export function duplicateRows(table: DecisionTable, from: number, to: number): DecisionTable {
  const ids = newRows(table, to - from + 1).map(({ id }) => id);
  const copies = table.rows.slice(from, to + 1).map((row, index) => ({ ...row, id: ids[index] ?? row.id }));
  return { ...table, rows: [...table.rows.slice(0, to + 1), ...copies, ...table.rows.slice(to + 1)] };
}

/** Takes rows away. */
export function removeRows(table: DecisionTable, from: number, to: number): DecisionTable {
  return { ...table, rows: table.rows.filter((_, index) => index < from || index > to) };
}

/** Moves rows before the position `target`, counted as things are before the move; the same table where that changes nothing. */
export function moveRowsTo(table: DecisionTable, from: number, to: number, target: number): DecisionTable {
  if (target >= from && target <= to + 1) return table;
  const moved = table.rows.slice(from, to + 1);
  const rest = table.rows.filter((_, index) => index < from || index > to);
  const place = Math.max(0, target > to ? target - moved.length : target);
  return { ...table, rows: [...rest.slice(0, place), ...moved, ...rest.slice(place)] };
}

/** Moves rows up or down by one; the same table at the border. */
export function moveRows(table: DecisionTable, from: number, to: number, by: 1 | -1): DecisionTable {
  const target = by < 0 ? from - 1 : to + 2;
  return target < 0 || target > table.rows.length ? table : moveRowsTo(table, from, to, target);
}

/** Sorts all rows by one column, numbers as numbers, empty cells last; rows that are equal there keep their order. */
export function sortRows(table: DecisionTable, column: TableColumn, direction: 1 | -1): DecisionTable {
  const name = columnName(column);
  const keyed = table.rows.map((row) => ({ row, key: sortKey(Object.hasOwn(row, name) ? row[name] : undefined) }));
  const rows = keyed.toSorted((a, b) => (a.key === null || b.key === null ? Number(a.key === null) - Number(b.key === null) : direction * compare(a.key, b.key))).map(({ row }) => row);
  return rows.every((row, index) => row === table.rows[index]) ? table : { ...table, rows };
}

function sortKey(value: Json | undefined): number | string | null {
  const [only, ...more] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (only === undefined || only === null) return null;
  if (more.length === 0 && typeof only === "number") return only;
  return (Array.isArray(value) ? (value as readonly Json[]) : [only]).map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join(", ");
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Repeats the cells of `source` over `target`, as often as they fit. A cell goes into another column only where that holds
 * the same: the same side, the same type.
 */
export function fillFrom(table: DecisionTable, source: Range, target: Range): DecisionTable {
  const [height, width] = [source.to.row - source.from.row + 1, source.to.column - source.from.column + 1];
  const rows = table.rows.map((row, index) => {
    if (index < target.from.row || index > target.to.row) return row;
    const giver = table.rows[source.from.row + modulo(index - source.from.row, height)];
    const cells = new Map<string, Json | undefined>();
    for (let position = target.from.column; position <= target.to.column; position += 1) {
      const to = table.columns[position];
      const from = table.columns[source.from.column + modulo(position - source.from.column, width)];
      if (giver === undefined || to === undefined || from === undefined) continue;
      if (to !== from && (isOutput(to) !== isOutput(from) || to.type !== from.type)) continue;
      cells.set(columnName(to), Object.hasOwn(giver, columnName(from)) ? giver[columnName(from)] : undefined);
    }
    return withCells(row, cells, table);
  });
  return { ...table, rows };
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** A row with some cells set; its names stand in the order of the columns, as everywhere, and those of no column behind them. */
export function withCells(row: TableRow, cells: ReadonlyMap<string, Json | undefined>, { columns }: DecisionTable): TableRow {
  const next: Record<string, Json> = { id: row.id };
  for (const column of columns) {
    const name = columnName(column);
    const value = cells.has(name) ? cells.get(name) : Object.hasOwn(row, name) ? row[name] : undefined;
    if (value !== undefined) next[name] = value;
  }
  const known = new Set(["id", ...columns.map(columnName)]);
  for (const [name, value] of Object.entries(row)) if (!known.has(name)) next[name] = value;
  return { ...next, id: row.id };
}
