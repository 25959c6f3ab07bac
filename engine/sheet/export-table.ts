import type { DecisionTable } from "../language/table-kinds.ts";
import type { Json } from "../support/json.ts";
import { columnName, isOutput, type TableColumn } from "./column-side.ts";
import { label, tableGrid } from "./grid.ts";
import { META_SHEET, metaSheet } from "./meta-sheet.ts";
import { policyWords } from "./words.ts";
import type { Area, Cell, DropDown, Sheet, SheetLayout, SheetRow, Workbook } from "./workbook.ts";
import { shownText, textCell, writeCell } from "./write-cell.ts";

/** Begins the first cell of a grid, before the key of its table. */
export const GRID_MARK = "orderloom:";
const VALUES_SHEET = "Values";
/** Rows above the header of the grid: title, hit policy, input or output, type. */
const ROWS_ABOVE = 4;
/** Rows that already offer lists and formats below the last one, for rows people add. */
const ROWS_TO_COME = 500;
const WIDTH = { least: 10, most: 60, id: 20, sampled: 200 } as const;
const SHEET_NAME_MAX = 31;
/** Our other sheets, and the one name Excel keeps for itself. Keys are lower case. */
const TAKEN_NAMES: ReadonlySet<string> = new Set([META_SHEET.toLowerCase(), VALUES_SHEET.toLowerCase(), "history"]);

/**
 * A decision table as a workbook: the grid with its ids in a hidden column, a meta sheet with everything the grid cannot
 * show, and a hidden sheet of allowed values for the lists that cells offer. `importTables` gives exactly this table back.
 */
export function exportTable(table: DecisionTable): Workbook {
  const lists = table.columns.flatMap((column, index) => (column.values === undefined ? [] : [{ column, index }]));
  const values = lists.map(({ column }) => (column.values ?? []).map((value) => shownValue(column, value)));
  const sheets: Sheet[] = [gridSheet(table, lists.map(({ index }, list) => dropDown(table, index, list, values[list]?.length ?? 0))), metaSheet(table)];
  if (lists.length > 0) sheets.push(valuesSheet(values));
  return { sheets, typed: true, dateSystem: 1900 };
}

/** The header and the rows alone, for CSV. What a table is besides its rows (purpose, hit policy, types, values) has no place there. */
export function exportRows(table: DecisionTable): Workbook {
  return { sheets: [{ name: sheetName(table), visibility: "visible", merges: [], rows: tableGrid(table, 1) }], typed: false, dateSystem: 1900 };
}

function gridSheet(table: DecisionTable, dropDowns: readonly DropDown[]): Sheet {
  const header = ROWS_ABOVE + 1;
  const grid = tableGrid(table, header);
  const last = header + table.rows.length;
  return {
    name: sheetName(table), visibility: "visible", merges: [], rows: [...rowsAbove(table), ...grid],
    layout: {
      columns: columnsLayout(table, grid), frozen: { rows: header, columns: 0 },
      filter: { top: header, left: 0, bottom: Math.max(last, header + 1), right: table.columns.length }, dropDowns,
    },
  };
}

function rowsAbove(table: DecisionTable): readonly SheetRow[] {
  const marks = table.columns.map((column): Cell => (isOutput(column) ? label("Output", "output-mark") : label("Input", "input-mark")));
  const types = table.columns.map((column): Cell => label(column.unit === undefined ? column.type : `${column.type} (${column.unit})`, isOutput(column) ? "output-mark" : "input-mark"));
  const lines: (readonly (Cell | undefined)[])[] = [
    [label(`${GRID_MARK}${table.key}`, "quiet"), { ...textCell(table.title), style: "title" }],
    [undefined, label(`Hit policy: ${policyWords(table)}`, "quiet")],
    [undefined, ...marks],
    [undefined, ...types],
  ];
  return lines.map((cells, index) => ({ number: index + 1, hidden: false, cells }));
}

function columnsLayout(table: DecisionTable, grid: readonly SheetRow[]): SheetLayout["columns"] {
  const widthOf = (index: number): number => {
    const longest = grid.slice(0, WIDTH.sampled).map(({ cells }) => Math.max(...shownText(cells[index + 1]).split("\n").map((line) => line.length)));
    return Math.min(WIDTH.most, Math.max(WIDTH.least, ...longest) + 3);
  };
  return [
    { width: WIDTH.id, hidden: true, style: "quiet" },
    ...table.columns.map(({ type }, index) => ({ width: widthOf(index), hidden: false, style: type === "number" || type === "boolean" ? "general" as const : "text" as const })),
  ];
}

function dropDown(table: DecisionTable, column: number, list: number, count: number): DropDown {
  const area: Area = { top: ROWS_ABOVE + 2, left: column + 1, bottom: ROWS_ABOVE + 1 + table.rows.length + ROWS_TO_COME, right: column + 1 };
  return { area, values: { sheet: VALUES_SHEET, area: { top: 1, left: list, bottom: Math.max(count, 1), right: list } } };
}

function valuesSheet(values: readonly (readonly string[])[]): Sheet {
  const most = Math.max(...values.map((list) => list.length));
  const rows = Array.from({ length: most }, (_, index): SheetRow => ({
    number: index + 1, hidden: false, cells: values.map((list): Cell | undefined => (list[index] === undefined ? undefined : { kind: "text", text: list[index], style: "text" })),
  }));
  return { name: VALUES_SHEET, visibility: "hidden", merges: [], rows };
}

/** The name of the grid's sheet: the key, as far as a name of a sheet goes. */
function sheetName({ key }: DecisionTable): string {
  const name = key.slice(0, SHEET_NAME_MAX);
  return TAKEN_NAMES.has(name) ? `${name} table` : name;
}

/** An allowed value as a cell of its column shows it. */
function shownValue(column: TableColumn, value: Json): string {
  return shownText(writeCell({ [columnName(column)]: isOutput(column) ? value : [value] }, column));
}
