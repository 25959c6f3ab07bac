import { cellAddress, parseAddress, parseArea, SHEET_END } from "../../engine/sheet/address.ts";
import type { Area, Cell, SheetRow } from "../../engine/sheet/workbook.ts";
import { SHEET_LIMITS } from "./limits.ts";
import { createTextCollector } from "./read-strings.ts";
import { isTrue, type ValueStyle } from "./read-styles.ts";
import { fetching } from "./read-package.ts";
import { readXml, type Attributes } from "./read-xml.ts";
import { SheetProblem } from "./sheet-problem.ts";

/** What the cells of every sheet refer to, and how many cells all sheets may still have. */
export interface SheetContext {
  readonly strings: readonly string[];
  readonly styles: readonly ValueStyle[];
  readonly budget: { cells: number };
}

/** Reads one worksheet part, row by row; what lies beyond `SHEET_LIMITS` ends it with `cell-out-of-range`. */
export function readWorksheet(bytes: Uint8Array, part: string, sheet: string, context: SheetContext): { readonly rows: readonly SheetRow[]; readonly merges: readonly Area[] } {
  const rows: SheetRow[] = [];
  const merges: Area[] = [];
  const collect = createTextCollector();
  let row = { number: 0, hidden: false, cells: [] as (Cell | undefined)[] };
  let cell = NO_CELL;
  let column = -1;
  let reading: "value" | "formula" | null = null;
  readXml(bytes, part, {
    open: (name, attribute) => {
      if (name === "row") {
        row = { number: rowNumber(attribute("r"), row.number, sheet), hidden: isTrue(attribute("hidden")), cells: [] };
        column = -1;
      } else if (name === "c") {
        column = columnOf(attribute("r"), row.number, column, sheet);
        countCell(context, sheet, row.number, column);
        cell = { type: attribute("t") ?? "n", style: Number(attribute("s") ?? 0), value: "", formula: null };
        collect.start();
      } else if (name === "v") reading = "value";
      else if (name === "f") {
        reading = "formula";
        cell = { ...cell, formula: "" };
      } else if (name === "mergeCell") merges.push(mergedArea(attribute, merges.length, sheet));
      else if (name === "oleLink" || name === "dataRef" || name === "queryTable") throw fetching();
      else collect.open(name);
    },
    text: (text) => {
      if (reading === "value") cell.value += text;
      else if (reading === "formula") cell.formula += text;
      else collect.text(text);
    },
    close: (name) => {
      if (name === "v" || name === "f") reading = null;
      else if (name === "c") {
        const read = toCell({ ...cell, inline: collect.take() }, context);
        if (read !== undefined) put(row.cells, column, read, row.number, sheet);
      } else if (name === "row") {
        if (row.cells.length > 0) rows.push(row);
      } else collect.close(name);
    },
  });
  return { rows, merges };
}

interface RawCell {
  readonly type: string;
  readonly style: number;
  value: string;
  formula: string | null;
}

const NO_CELL: RawCell = { type: "n", style: 0, value: "", formula: null };

function toCell({ type, style, value, formula, inline }: RawCell & { readonly inline: string }, { strings, styles }: SheetContext): Cell | undefined {
  const { shows, quoted } = styles[style] ?? { shows: "number", quoted: false };
  const text = (content: string): Cell | undefined => (content === "" ? undefined : { kind: "text", text: content, ...(quoted ? { quoted } : {}) });
  if (formula !== null) return { kind: "formula", formula };
  if (type === "s") return value === "" ? undefined : text(strings[Number(value)] ?? "");
  if (type === "inlineStr") return text(inline);
  if (value === "") return undefined;
  if (type === "b") return { kind: "boolean", value: isTrue(value) };
  if (type === "e") return { kind: "error", text: value };
  if (type !== "n") return text(value);
  const number = Number(value);
  if (!Number.isFinite(number)) return { kind: "error", text: value };
  return shows === "number" ? { kind: "number", value: number } : { kind: "date", serial: number, shows };
}

function put(cells: (Cell | undefined)[], column: number, cell: Cell, row: number, sheet: string): void {
  if (column >= SHEET_LIMITS.columns) throw outOfRange(`Values stand in at most ${SHEET_LIMITS.columns} columns; remove what lies further to the right.`, sheet, row, column);
  while (cells.length < column) cells.push(undefined);
  cells[column] = cell;
}

function rowNumber(given: string | undefined, before: number, sheet: string): number {
  const number = given === undefined ? before + 1 : Number(given);
  if (!Number.isInteger(number) || number <= before || number > SHEET_END.row) throw outOfRange("Rows must follow each other within a sheet; save the workbook again.", sheet, before + 1, 0);
  if (number > SHEET_LIMITS.rows) throw outOfRange(`Sheets are read up to row ${SHEET_LIMITS.rows}; delete the rows below, empty ones with a format too.`, sheet, number, 0);
  return number;
}

function columnOf(given: string | undefined, row: number, before: number, sheet: string): number {
  const at = given === undefined ? { row, column: before + 1 } : parseAddress(given);
  if (at === null || at.row !== row || at.column <= before || at.column > SHEET_END.column) {
    throw outOfRange("A cell lies outside the sheet or its row; save the workbook again.", sheet, row, before + 1);
  }
  return at.column;
}

function countCell(context: SheetContext, sheet: string, row: number, column: number): void {
  context.budget.cells -= 1;
  if (context.budget.cells < 0) throw outOfRange(`A workbook may have ${SHEET_LIMITS.cells} cells, empty ones with a format included; delete what is not needed.`, sheet, row, column);
}

function mergedArea(attribute: Attributes, count: number, sheet: string): Area {
  const area = parseArea(attribute("ref") ?? "");
  if (area === null || area.bottom > SHEET_LIMITS.rows || area.right >= SHEET_LIMITS.columns || count >= SHEET_LIMITS.merges) {
    throw outOfRange(`Merged cells must lie within row ${SHEET_LIMITS.rows} and the first ${SHEET_LIMITS.columns} columns, at most ${SHEET_LIMITS.merges} of them; split them.`, sheet, area?.top ?? 1, area?.left ?? 0);
  }
  return area;
}

function outOfRange(message: string, sheet: string, row: number, column: number): SheetProblem {
  return new SheetProblem("cell-out-of-range", message, { sheet, cell: cellAddress(row, column) });
}
