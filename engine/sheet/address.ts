import type { Area } from "./workbook.ts";

/** The last row and the last column (XFD, counted from 0) a spreadsheet has. */
export const SHEET_END = { row: 1_048_576, column: 16_383 } as const;

const ADDRESS = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/;

/** The letters of a column counted from 0: 0 is A, 26 is AA. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return (rest < 0 ? "" : columnLetters(rest)) + String.fromCharCode(65 + (column % 26));
}

/** `B5` for row 5 and column 1. */
export function cellAddress(row: number, column: number): string {
  return `${columnLetters(column)}${row}`;
}

/** `A1:C5`; one cell is its own address. */
export function areaAddress({ top, left, bottom, right }: Area): string {
  const first = cellAddress(top, left);
  return top === bottom && left === right ? first : `${first}:${cellAddress(bottom, right)}`;
}

/** Row and column of an address such as `B5`; null when it is none or lies beyond the end of a sheet. */
export function parseAddress(text: string): { readonly row: number; readonly column: number } | null {
  const match = ADDRESS.exec(text);
  if (!match) return null;
  const column = (match[1] ?? "").split("").reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const row = Number(match[2]);
  return row > SHEET_END.row || column > SHEET_END.column ? null : { row, column };
}

/** The area `A1:C5`, or of one cell; null when it is none. */
export function parseArea(text: string): Area | null {
  const [first = "", last = first] = text.split(":");
  const start = parseAddress(first);
  const end = parseAddress(last);
  if (!start || !end || end.row < start.row || end.column < start.column) return null;
  return { top: start.row, left: start.column, bottom: end.row, right: end.column };
}
