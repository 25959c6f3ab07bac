import type { CellAt } from "./grid-model.ts";

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are in view. */
  readonly page: number;
}

export interface Key {
  readonly key: string;
  readonly ctrl: boolean;
}

/** Where a key leads from a cell, as spreadsheet programs do it; null when it leads nowhere. */
export function walkCells(at: CellAt, { key, ctrl }: Key, { rows, columns, page }: GridSize, isEmpty: (cell: CellAt) => boolean): CellAt | null {
  const clamp = ({ row, column }: CellAt): CellAt => ({ row: Math.max(0, Math.min(row, rows - 1)), column: Math.max(0, Math.min(column, columns - 1)) });
  const step = (down: number, right: number): CellAt => clamp({ row: at.row + down, column: at.column + right });
  const jump = (down: number, right: number): CellAt => {
    let here = at;
    for (;;) {
      const next = clamp({ row: here.row + down, column: here.column + right });
      if (next.row === here.row && next.column === here.column) return here;
      // To the end of the filled block, or over the gap to the next one.
      if (here !== at && isEmpty(next) !== isEmpty(here)) return isEmpty(here) ? next : here;
      here = next;
    }
  };
  const move = ctrl ? jump : step;
  switch (key) {
    case "ArrowDown": return move(1, 0);
    case "ArrowUp": return move(-1, 0);
    case "ArrowRight": return move(0, 1);
    case "ArrowLeft": return move(0, -1);
    case "PageDown": return step(page, 0);
    case "PageUp": return step(-page, 0);
    case "Home": return ctrl ? { row: 0, column: 0 } : { ...at, column: 0 };
    case "End": return ctrl ? { row: rows - 1, column: columns - 1 } : { ...at, column: columns - 1 };
    default: return null;
  }
}
