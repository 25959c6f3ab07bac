import { cellAddress } from "../../engine/sheet/address.ts";
import type { Cell, SheetRow, Workbook } from "../../engine/sheet/workbook.ts";
import { SHEET_LIMITS } from "./limits.ts";
import { SheetProblem } from "./sheet-problem.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
/** Excel's own way of naming the delimiter, in a first line that is no data. */
const NAMED = /^sep=(.)\r?\n/i;
/** How many records decide which delimiter a file uses. */
const SAMPLE = 50;
/** The only sheet of a CSV file. */
export const CSV_SHEET = "CSV";

/**
 * Reads CSV (RFC 4180) in UTF-8, with or without byte order mark; the delimiter is a comma, semicolon, tab or bar, whichever
 * cuts the first records most evenly. Throws `SheetProblem`.
 */
export function readCsv(bytes: Uint8Array): Workbook {
  const text = decode(bytes);
  const named = NAMED.exec(text);
  const body = named ? text.slice(named[0].length) : text;
  const records = readRecords(body, named?.[1] ?? detectDelimiter(body), SHEET_LIMITS.rows + 1);
  if (records.length > SHEET_LIMITS.rows) throw new SheetProblem("cell-out-of-range", `Files are read up to row ${SHEET_LIMITS.rows}; split the table.`, { sheet: CSV_SHEET, cell: cellAddress(SHEET_LIMITS.rows + 1, 0) });
  const rows = records.map(toRow).filter(({ cells }) => cells.length > 0);
  return { sheets: [{ name: CSV_SHEET, visibility: "visible", rows, merges: [] }], typed: false, dateSystem: 1900 };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SheetProblem("unsupported-media-type", "The file is not UTF-8; save it as \"CSV UTF-8\".");
  }
}

function toRow(fields: readonly string[], index: number): SheetRow {
  const cells = fields.map((text): Cell | undefined => (text === "" ? undefined : { kind: "text", text }));
  while (cells.length > 0 && cells.at(-1) === undefined) cells.pop();
  if (cells.length > SHEET_LIMITS.columns) throw new SheetProblem("cell-out-of-range", `Values stand in at most ${SHEET_LIMITS.columns} columns.`, { sheet: CSV_SHEET, cell: cellAddress(index + 1, SHEET_LIMITS.columns) });
  return { number: index + 1, hidden: false, cells };
}

/** The delimiter that cuts most of the first records into the same number of fields, two at least; a comma when none does. */
function detectDelimiter(text: string): string {
  let best: { readonly delimiter: string; readonly score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const widths = sampleWidths(text, delimiter);
    const counts = new Map<number, number>();
    for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
    const [width = 0, count = 0] = [...counts].sort((left, right) => right[1] - left[1] || right[0] - left[0])[0] ?? [];
    const score = count * 1000 + width;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function sampleWidths(text: string, delimiter: string): readonly number[] {
  try {
    return readRecords(text, delimiter, SAMPLE).map((record) => record.length);
  } catch (error) {
    if (error instanceof SheetProblem) return [];
    throw error;
  }
}

function readRecords(text: string, delimiter: string, most: number): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length && records.length < most) {
    const { field, next } = text[at] === '"' ? quotedField(text, at, delimiter, records.length + 1, record.length) : plainField(text, at, delimiter);
    record.push(field);
    at = next;
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length) continue;
      record.push("");
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at += 2;
    else if (text[at] === "\r" || text[at] === "\n") at += 1;
    records.push(record);
    record = [];
  }
  return records;
}

function plainField(text: string, start: number, delimiter: string): { readonly field: string; readonly next: number } {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end += 1;
  return { field: text.slice(start, end), next: end };
}

function quotedField(text: string, start: number, delimiter: string, row: number, column: number): { readonly field: string; readonly next: number } {
  let field = "";
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw malformed("A quote is opened and never closed", row, column);
    field += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      const after = text[quote + 1];
      if (after !== undefined && after !== delimiter && after !== "\r" && after !== "\n") throw malformed("Something stands behind a closing quote", row, column);
      return { field, next: quote + 1 };
    }
    field += '"';
    from = quote + 2;
  }
}

function malformed(what: string, row: number, column: number): SheetProblem {
  return new SheetProblem("cell-value", `${what}; write a quote inside a quoted cell twice.`, { sheet: CSV_SHEET, cell: cellAddress(row, column) });
}
