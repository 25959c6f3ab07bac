import type { SheetGrid } from "./sheet-grid.ts";
import type { Area } from "./workbook.ts";

/**
 * The pieces of a sheet: what empty rows and empty columns separate, from top to bottom and left to right. Each is as small
 * as its values.
 */
export function findPieces(grid: SheetGrid): readonly Area[] {
  return grid.used === null ? [] : split(grid, grid.used);
}

function split(grid: SheetGrid, area: Area): readonly Area[] {
  const bands = runs(area.top, area.bottom, (row) => hasValue(grid, { ...area, top: row, bottom: row }));
  if (bands.length !== 1 || !isWhole(bands, area.top, area.bottom)) return bands.flatMap(([top, bottom]) => split(grid, { ...area, top, bottom }));
  const parts = runs(area.left, area.right, (column) => hasValue(grid, { ...area, left: column, right: column }));
  if (parts.length === 1 && isWhole(parts, area.left, area.right)) return [area];
  return parts.flatMap(([left, right]) => split(grid, { ...area, left, right }));
}

function hasValue(grid: SheetGrid, { top, left, bottom, right }: Area): boolean {
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) if (grid.at(row, column) !== undefined) return true;
  }
  return false;
}

type Run = readonly [from: number, to: number];

function runs(from: number, to: number, isFilled: (index: number) => boolean): readonly Run[] {
  const found: [number, number][] = [];
  for (let index = from; index <= to; index += 1) {
    if (!isFilled(index)) continue;
    const last = found.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else found.push([index, index]);
  }
  return found;
}

function isWhole(all: readonly Run[], from: number, to: number): boolean {
  return all[0]?.[0] === from && all.at(-1)?.[1] === to;
}
