import type { Span } from "./column-layout.ts";

/** A line of the grid: a row of the table, or the place of a gap between rows. */
export type Line = { readonly kind: "row"; readonly row: number } | { readonly kind: "gap"; readonly gap: number };

/** The lines of a grid in which gaps stand behind the rows that are most like them. */
export interface Lines {
  readonly count: number;
  /** The line at which a row stands. */
  readonly lineOf: (row: number) => number;
  /** The row at a line, the one above for the place of a gap. */
  readonly rowAt: (line: number) => number;
  /** The lines of a part of the grid. */
  readonly within: (span: Span) => readonly Line[];
}

/** Puts gaps between rows; `after` names for each gap the row it stands behind. */
export function arrangeLines(rows: number, after: readonly number[]): Lines {
  const gaps = after.map((row, gap) => ({ row: Math.min(row, rows - 1), gap })).toSorted((a, b) => a.row - b.row || a.gap - b.gap);
  const lineOf = (row: number): number => row + gaps.filter((gap) => gap.row < row).length;
  const at = (line: number): Line => {
    const place = gaps.findIndex((gap, before) => gap.row + before + 1 >= line);
    const before = place < 0 ? gaps.length : place;
    const gap = gaps[before];
    return gap !== undefined && gap.row + before + 1 === line ? { kind: "gap", gap: gap.gap } : { kind: "row", row: line - before };
  };
  return {
    count: rows + gaps.length,
    lineOf,
    rowAt: (line) => {
      let here = Math.max(0, Math.min(line, rows + gaps.length - 1));
      while (here > 0 && at(here).kind === "gap") here -= 1;
      const found = at(here);
      return found.kind === "row" ? found.row : 0;
    },
    within: ({ from, to }) => Array.from({ length: Math.max(0, to - from) }, (_, index) => at(from + index)),
  };
}
