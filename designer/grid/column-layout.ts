import { columnName, isOutput } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { columnTitle } from "./clipboard.ts";
import { cellText, type CellAt } from "./grid-model.ts";
import type { GridLook } from "./grid-look.ts";

export const ROW_HEIGHT = 28;
export const WRAPPED_HEIGHT = 60;
export const HEAD_HEIGHT = 68;
export const NUMBER_WIDTH = 48;
/** Bounds of a width in pixels; a capital letter takes more room than a small one. */
export const WIDTH = { least: 64, most: 320, small: 6.5, capital: 8.2, mono: 7.3, padding: 24, step: 16 } as const;
/** Rows whose texts decide how wide a column is. */
const SAMPLED = 200;

/** Where columns stand, in pixels from the left edge of the table, the row numbers included. */
export interface ColumnLayout {
  readonly widths: readonly number[];
  readonly lefts: readonly number[];
  readonly total: number;
  /** So many columns at the left stay in view. */
  readonly frozen: number;
  /** Right edge of what stays in view. */
  readonly frozenWidth: number;
}

/** Indexes from `from` up to but not including `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The width at which the texts of each column can be read. */
export function fittingWidths({ columns, rows }: Pick<DecisionTable, "columns" | "rows">): readonly number[] {
  const sample = rows.slice(0, SAMPLED);
  return columns.map((column) => {
    const widest = sample.reduce((most, row) => Math.max(most, textWidth(cellText(row, column))), textWidth(columnTitle(column)) * 1.08);
    return Math.round(Math.max(WIDTH.least, Math.min(WIDTH.most, widest + WIDTH.padding)));
  });
}

function textWidth(text: string): number {
  if (isCondition(text)) return text.length * WIDTH.mono;
  const capitals = text.match(/[A-Z_]/g)?.length ?? 0;
  return capitals * WIDTH.capital + (text.length - capitals) * WIDTH.small;
}

/** Puts columns side by side: hidden ones take no room, resized ones the room they were given. */
export function layOut(columns: DecisionTable["columns"], fitting: readonly number[], look: GridLook): ColumnLayout {
  const widths = columns.map((column, index) => (look.hidden.includes(columnName(column)) ? 0 : look.widths[columnName(column)] ?? fitting[index] ?? WIDTH.least));
  const lefts: number[] = [];
  let left = NUMBER_WIDTH;
  for (const width of widths) {
    lefts.push(left);
    left += width;
  }
  const frozen = Math.min(look.frozen, columns.length);
  return { widths, lefts, total: left, frozen, frozenWidth: lefts[frozen] ?? left };
}

/** Conditions look like what they are, in the fixed pitch; plain values look like words. */
export function isCondition(text: string): boolean {
  return /^(?:[[\](<>=?]|not\()/.test(text);
}

/** The rows to draw for a place of the scroll bar, in steps of some rows, so that scrolling a little draws nothing anew. */
export function rowsInView(top: number, height: number, rowHeight: number, count: number): Span {
  const step = 8;
  const from = Math.floor(Math.max(0, top / rowHeight - step) / step) * step;
  return { from: Math.min(from, count), to: Math.min(count, Math.ceil((top + height) / rowHeight / step) * step + step) };
}

/** The columns to draw beside the frozen ones. */
export function columnsInView({ lefts, widths, frozen, frozenWidth }: ColumnLayout, left: number, width: number): Span {
  const ends = left + width;
  let from = frozen;
  while (from < lefts.length - 1 && (lefts[from] ?? 0) + (widths[from] ?? 0) <= left + frozenWidth) from += 1;
  let to = from;
  while (to < lefts.length && (lefts[to] ?? 0) < ends) to += 1;
  return { from: Math.max(frozen, from - 1), to: Math.min(lefts.length, to + 1) };
}

/** The column under a point; `x` counts from the left edge of what is seen. */
export function columnAt({ lefts, widths, frozenWidth }: ColumnLayout, x: number, scrolled: number): number {
  const at = x < frozenWidth && x >= 0 ? x : x + scrolled;
  const found = lefts.findIndex((left, index) => at < left + (widths[index] ?? 0));
  return found < 0 ? lefts.length - 1 : found;
}

/** The first column of answers; -1 in a table without any. */
export function firstOutput({ columns }: Pick<DecisionTable, "columns">): number {
  return columns.findIndex(isOutput);
}

/** The cell of a JSON Pointer into the table; null for other places. */
export function cellOf(table: DecisionTable, at: string): CellAt | null {
  const [, row, column] = /^\/rows\/(\d+)(?:\/([^/]+))?$/.exec(at) ?? [];
  if (row === undefined || Number(row) >= table.rows.length) return null;
  return { row: Number(row), column: Math.max(0, table.columns.findIndex((candidate) => columnName(candidate) === column)) };
}
