import { columnName, isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";

/** Adds a column behind the last one of its side, so that conditions stay before answers. */
export function addColumn(table: DecisionTable, column: TableColumn): DecisionTable {
  const border = table.columns.findIndex(isOutput);
  const at = isOutput(column) || border < 0 ? table.columns.length : border;
  return { ...table, columns: table.columns.toSpliced(at, 0, column) };
}

/** Takes columns away, with their cells. The last answer stays: a table without one decides nothing. */
export function removeColumns(table: DecisionTable, from: number, to: number): DecisionTable {
  const gone = table.columns.slice(from, to + 1);
  const left = table.columns.filter((column) => !gone.includes(column));
  if (!left.some(isOutput) || !left.some((column) => !isOutput(column))) return table;
  const names = new Set(gone.map(columnName));
  const { otherwise, ...rest } = table;
  const cut = {
    ...rest, columns: left,
    rows: table.rows.map((row) => without(row, names) as DecisionTable["rows"][number]),
  };
  return otherwise === undefined ? cut : { ...cut, otherwise: without(otherwise, names) as NonNullable<DecisionTable["otherwise"]> };
}

function without(cells: Json, names: ReadonlySet<string>): Json {
  return isJsonObject(cells) ? Object.fromEntries(Object.entries(cells).filter(([name]) => !names.has(name))) : cells;
}

/** Moves columns before the position `target`, counted as things are before the move; conditions stay among conditions, answers among answers. */
export function moveColumnsTo(table: DecisionTable, from: number, to: number, target: number): DecisionTable {
  if (target < 0 || target > table.columns.length || (target >= from && target <= to + 1)) return table;
  const moved = table.columns.slice(from, to + 1);
  const rest = table.columns.filter((_, index) => index < from || index > to);
  const place = target > to ? target - moved.length : target;
  const columns = rest.toSpliced(place, 0, ...moved);
  const border = columns.findIndex(isOutput);
  return border >= 0 && columns.slice(border).some((column) => !isOutput(column)) ? table : { ...table, columns };
}

/** A name no column has. */
export function freeColumnName({ columns }: DecisionTable, wanted: string): string {
  const taken = new Set(columns.map(columnName));
  let number = 1;
  let name = wanted;
  while (taken.has(name)) name = `${wanted}${(number += 1)}`;
  return name;
}
