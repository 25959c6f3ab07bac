import type { ColumnLayout } from "./column-layout.ts";
import { rangeOf, type CellAt, type Range } from "./grid-model.ts";

/** What is selected: the cell keys act on, the range it ends, and ranges that were selected before with Ctrl. */
export interface Selection {
  readonly anchor: CellAt;
  readonly active: CellAt;
  readonly others: readonly Range[];
}

export function selectCell(cell: CellAt): Selection {
  return { anchor: cell, active: cell, others: [] };
}

export function selectRange({ from, to }: Range): Selection {
  return { anchor: from, active: to, others: [] };
}

/** The range the active cell is in. */
export function mainRange({ anchor, active }: Selection): Range {
  return rangeOf(anchor, active);
}

export function allRanges(selection: Selection): readonly Range[] {
  return [...selection.others, mainRange(selection)];
}

/** The selected columns of a row, as `from-to` between spaces; empty when none is. */
export function selectedIn(ranges: readonly Range[], row: number): string {
  return ranges.filter(({ from, to }) => row >= from.row && row <= to.row).map(({ from, to }) => `${from.column}-${to.column}`).join(" ");
}

/** The same selection inside a table of this size: rows and columns may have gone. */
export function clampSelection({ anchor, active, others }: Selection, rows: number, columns: number): Selection {
  const clamp = ({ row, column }: CellAt): CellAt => ({ row: Math.max(0, Math.min(row, rows - 1)), column: Math.max(0, Math.min(column, columns - 1)) });
  return { anchor: clamp(anchor), active: clamp(active), others: others.filter(({ to }) => to.row < rows && to.column < columns) };
}

/** The nearest column that can be seen, going on as `from` went to `to`; `from` when there is none. */
export function skipHidden(from: CellAt, to: CellAt, { widths }: ColumnLayout): CellAt {
  const by = to.column < from.column ? -1 : 1;
  let column = to.column;
  while (column >= 0 && column < widths.length && widths[column] === 0) column += by;
  return widths[column] === undefined ? { row: to.row, column: from.column } : { row: to.row, column };
}

/** Ranges as one rectangle, for copying: such that share their rows or their columns; null for others. */
export function joinRanges(ranges: readonly Range[]): { readonly rows: readonly number[]; readonly columns: readonly number[] } | null {
  const [first, ...rest] = ranges;
  if (first === undefined) return null;
  const sameRows = rest.every(({ from, to }) => from.row === first.from.row && to.row === first.to.row);
  const sameColumns = rest.every(({ from, to }) => from.column === first.from.column && to.column === first.to.column);
  if (!sameRows && !sameColumns) return null;
  const numbers = (pick: (range: Range) => readonly [number, number]): readonly number[] =>
    [...new Set(ranges.flatMap((range) => {
      const [from, to] = pick(range);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    }))].toSorted((a, b) => a - b);
  return { rows: numbers(({ from, to }) => [from.row, to.row]), columns: numbers(({ from, to }) => [from.column, to.column]) };
}
