import type { SheetLog } from "./sheet-report.ts";
import type { Area, Cell, Sheet } from "./workbook.ts";

/** A sheet one can look into: every cell of a merged area has its value. */
export interface SheetGrid {
  readonly name: string;
  readonly at: (row: number, column: number) => Cell | undefined;
  /** The text of a cell without outer spaces; empty for one that holds none. */
  readonly text: (row: number, column: number) => string;
  /** The merged area a cell lies in. */
  readonly mergeAt: (row: number, column: number) => Area | undefined;
  /** Everything that has a value; null for an empty sheet. */
  readonly used: Area | null;
}

/** Cells that merged areas may cover; people merge headers and a few conditions. */
const MERGED_CELLS_MAX = 100_000;

/** Opens a sheet. Merged areas that cover too much are reported and left as they are. */
export function openSheet(sheet: Sheet, log: SheetLog): SheetGrid {
  const cells = new Map<number, (Cell | undefined)[]>(sheet.rows.map((row) => [row.number, [...row.cells]]));
  const merged = new Map<string, Area>();
  for (const area of sheet.merges) spread(area, cells, merged, log);
  const at = (row: number, column: number): Cell | undefined => cells.get(row)?.[column];
  return {
    name: sheet.name, at,
    text: (row, column) => {
      const cell = at(row, column);
      return cell?.kind === "text" ? cell.text.trim() : "";
    },
    mergeAt: (row, column) => merged.get(`${row} ${column}`),
    used: usedArea(cells),
  };
}

function spread(area: Area, cells: Map<number, (Cell | undefined)[]>, merged: Map<string, Area>, log: SheetLog): void {
  const { top, left, bottom, right } = area;
  const value = cells.get(top)?.[left];
  if (value === undefined) return;
  if (merged.size + (bottom - top + 1) * (right - left + 1) > MERGED_CELLS_MAX) {
    log.error(top, left, "cell-out-of-range", `Merged areas may cover ${MERGED_CELLS_MAX} cells together; split this one.`);
    return;
  }
  for (let row = top; row <= bottom; row += 1) {
    const line = cells.get(row) ?? [];
    cells.set(row, line);
    for (let column = left; column <= right; column += 1) {
      while (line.length < column) line.push(undefined);
      line[column] = value;
      merged.set(`${row} ${column}`, area);
    }
  }
}

function usedArea(cells: ReadonlyMap<number, readonly (Cell | undefined)[]>): Area | null {
  let [top, left, bottom, right] = [Infinity, Infinity, 0, -1];
  for (const [row, line] of cells) {
    line.forEach((cell, column) => {
      if (cell === undefined) return;
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
      left = Math.min(left, column);
      right = Math.max(right, column);
    });
  }
  return right < 0 ? null : { top, left, bottom, right };
}
