import type { Json } from "../support/json.ts";
import { ANY, withApostrophe } from "./apostrophe.ts";
import { CELL_CHARACTERS_MAX } from "./read-cell.ts";
import { columnName, isOutput, type TableColumn } from "./column-side.ts";
import { feelLiteral, readInputCell } from "./read-input-cell.ts";
import { readOutputCell } from "./read-output-cell.ts";
import type { Cell } from "./workbook.ts";

/** Where a text is cut for display; the whole of it stands in the meta sheet. */
const SHOWN_MAX = CELL_CHARACTERS_MAX - 100;
// oxlint-disable-next-line no-control-regex -- what a spreadsheet cannot show, or should not
const NOT_SHOWN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * A cell of a table as the spreadsheet shows it: literals without quotes where that is clear, ranges and conditions as FEEL,
 * `-` for an input that matches anything. Whatever cannot be shown so that it reads the same again is shown as well as
 * possible: import keeps what nobody changed.
 */
export function writeCell(row: { readonly [column: string]: Json | undefined }, column: TableColumn): Cell | undefined {
  const name = columnName(column);
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  if (isOutput(column)) return value === undefined ? undefined : scalarCell(value) ?? textCell(outputText(value, column));
  if (value === undefined) return { kind: "text", text: ANY };
  const [only, ...more] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  const scalar = only === undefined || more.length > 0 || typeof value === "string" ? undefined : scalarCell(only);
  return scalar ?? textCell(inputText(value, column));
}

/** The text that a cell amounts to, whether a file keeps types or, as CSV, only texts. */
export function shownText(cell: Cell | undefined): string {
  if (cell === undefined) return "";
  if (cell.kind === "text") return cell.text;
  if (cell.kind === "number") return String(cell.value);
  return cell.kind === "boolean" ? String(cell.value).toUpperCase() : cell.kind;
}

function scalarCell(value: Json): Cell | undefined {
  if (typeof value === "number") return { kind: "number", value };
  return typeof value === "boolean" ? { kind: "boolean", value } : undefined;
}

/** Any text as a cell: without what cannot be shown, not too long, and never a formula. */
export function textCell(text: string): Extract<Cell, { readonly kind: "text" }> {
  const shown = withApostrophe(text.replaceAll(NOT_SHOWN, "\uFFFD"));
  const cut = shown.length > CELL_CHARACTERS_MAX ? `${shown.slice(0, SHOWN_MAX).replace(/[\uD800-\uDBFF]$/, "")}…` : shown;
  return { kind: "text", text: cut, ...(cut.startsWith("'") ? { quoted: true } : {}) };
}

function inputText(value: Json, column: TableColumn): string {
  if (typeof value === "string") return value;
  const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (values.length === 0 || values.some((one) => typeof one === "object" && one !== null)) return JSON.stringify(value);
  const reads = (text: string): boolean => sameReading(readInputCell(text, column.type), values);
  const plain = values.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join(", ");
  return reads(plain) ? plain : values.map((one) => feelLiteral(one, "string")).join(", ");
}

function outputText(value: Json, column: TableColumn): string {
  if (typeof value === "string" && value.startsWith("=")) return value;
  const reads = (text: string): boolean => sameReading(readOutputCell(text, column.type), value);
  if (typeof value === "string" && (column.type !== "string" || reads(value))) return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  const plain = (value as readonly Json[]).map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join(", ");
  return reads(plain) ? plain : JSON.stringify(value);
}

function sameReading(reading: ReturnType<typeof readInputCell>, value: Json): boolean {
  return reading.ok && reading.cell !== undefined && JSON.stringify(reading.cell) === JSON.stringify(value);
}
