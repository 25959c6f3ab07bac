import type { DecisionTable } from "../language/table-kinds.ts";
import { sha256Hex } from "../support/hash.ts";
import type { Json } from "../support/json.ts";
import { columnName, isOutput } from "./column-side.ts";
import { policyWords } from "./words.ts";
import type { Cell, Sheet, SheetRow } from "./workbook.ts";
import { textCell } from "./write-cell.ts";

/** First cell of a meta sheet; the number is the version of what follows. */
export const META_MARK = "Orderloom decision table, sheet format 1";
export const META_SHEET = "Definition";
/** Heads the part that keeps the table as it was exported. */
export const BASE_MARK = "Base";
export const COLUMNS_MARK = "Columns";
/** Characters of one piece of the base; a cell takes 32,767. */
const PIECE = 30_000;
/** What stands in JSON as an escape, so that the base survives every program: a mark above a letter could change an escape before it. */
const NOT_ASCII = /[^ -~]/g;

/**
 * The sheet beside the grid: what the table is, for people, and the whole table as it was exported, for the import. From
 * that it knows what nobody changed, which keeps it exactly, whatever a cell can show.
 */
export function metaSheet(table: DecisionTable): Sheet {
  const base = asciiJson(table as unknown as Json);
  const lines: (readonly string[])[] = [
    [META_MARK], ...propertyLines(table), [], [COLUMNS_MARK, "Side", "Reads", "Type", "Values", "Unit"], ...columnLines(table), [],
    [BASE_MARK, sha256Hex(base)], ...piecesOf(base).map((piece) => ["", piece]),
  ];
  const rows = lines.flatMap((line, index): SheetRow[] => (line.length === 0 ? [] : [{ number: index + 1, hidden: false, cells: line.map((text, column) => lineCell(text, column)) }]));
  const column = (width: number): { width: number; hidden: boolean; style: "text" } => ({ width, hidden: false, style: "text" });
  return {
    name: META_SHEET, visibility: "visible", merges: [], rows,
    layout: { columns: [column(24), column(48), column(34), column(12), column(40), column(12)], frozen: { rows: 0, columns: 0 }, filter: null, dropDowns: [] },
  };
}

/** What a table is, one property a line. Those without a value are shown empty, so that one can be filled in. */
export function propertyLines(table: DecisionTable): readonly (readonly [name: string, value: string])[] {
  return [
    ["Key", table.key], ["Version", String(table.version)], ["Title", table.title], ["Description", table.description],
    ["Purpose", table.purpose], ["Hit policy", policyWords(table)],
  ];
}

/** The columns with all their properties, one a line. */
export function columnLines(table: DecisionTable): readonly (readonly string[])[] {
  return table.columns.map((column) => [
    columnName(column), isOutput(column) ? "output" : "input", isOutput(column) ? "" : column.in, column.type,
    column.values === undefined ? "" : JSON.stringify(column.values), column.unit ?? "",
  ]);
}

function asciiJson(value: Json): string {
  return JSON.stringify(value).replaceAll(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function piecesOf(text: string): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / PIECE) }, (_, index) => text.slice(index * PIECE, (index + 1) * PIECE));
}

function lineCell(text: string, column: number): Cell | undefined {
  return text === "" ? undefined : { ...textCell(text), style: column === 0 ? "quiet" : "text" };
}
