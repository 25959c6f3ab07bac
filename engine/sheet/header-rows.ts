import { readPolicy, readRole, readType, isLanguage, type Policy } from "./words.ts";
import type { SheetGrid } from "./sheet-grid.ts";
import type { Area } from "./workbook.ts";

/** The rows of a table's header, by number; null where the sheet has none of that kind. */
export interface HeaderRows {
  /** `Input`, `Output` above the columns. */
  readonly markers: number | null;
  /** Names of the columns, the last one directly theirs, those before of groups. */
  readonly labels: readonly number[];
  readonly types: number | null;
  /** What the inputs look at. */
  readonly expressions: number | null;
  readonly dataTop: number;
}

/** What stands above the header. */
export interface TitleRows {
  readonly title: string | null;
  readonly policy: (Policy & { readonly row: number; readonly column: number }) | null;
  /** First row of the header. */
  readonly next: number;
}

const HEADER_MAX = 8;
const POLICY_LABEL = /^hit\s*policy\s*[:=]?\s*(.*)$/i;
const PROPERTY = /^(hit ?policy|name|table|title|decision|description|version|key|purpose|author|owner|valid from|status)\s*:?$/i;
const PATH = /^=?[a-z]\w*(\.\w+)+$/i;
const TEST = /^(-|[<>=≤≥!].*|.*\.\..*|not\s*\(.*|".*"|[+-]?\d[\d.,]*)$/s;

/** Skips titles and properties above a table: one text in a line, `Hit policy: F`, `Version | 3`. */
export function readTitles(grid: SheetGrid, area: Area): TitleRows {
  let title: string | null = null;
  let policy: TitleRows["policy"] = null;
  let row = area.top;
  for (; row < area.bottom; row += 1) {
    const texts = distinct(grid, area, row);
    const [first] = texts;
    if (first === undefined) continue;
    const named = POLICY_LABEL.exec(first.text);
    const found = named ? readPolicy(named[1] !== "" ? named[1] ?? "" : texts[1]?.text ?? "") : null;
    if (found) policy = { ...found, row, column: first.column };
    else if (texts.length === 1 && area.right > area.left && !isRow(grid, area, row)) title ??= first.text;
    else if (!(texts.length === 2 && area.right - area.left >= 2 && PROPERTY.test(first.text))) break;
  }
  return { title, policy, next: row };
}

/** A row that fills all columns is no title, even if its cells are alike; one cell merged over all of them is. */
function isRow(grid: SheetGrid, area: Area, row: number): boolean {
  return cellsIn(area).every((column) => grid.at(row, column) !== undefined) && grid.mergeAt(row, area.left) === undefined;
}

/** Finds the rows of a header that begins in the first row of `area`; null when what stands there is none. */
export function findHeaderRows(grid: SheetGrid, area: Area): HeaderRows | null {
  const rows = Array.from({ length: Math.min(HEADER_MAX, area.bottom - area.top + 1) }, (_, index) => area.top + index);
  const textsOf = (row: number): readonly string[] => distinct(grid, area, row).map(({ text }) => text);
  const isTypes = (row: number): boolean => every(withoutPolicy(textsOf(row)), (text) => readType(text) !== null);
  const [first = area.top, second = first + 1] = rows;
  const markers = isMarkers(grid, area, first, rows) ? first : null;
  let at = markers === null ? first : second;
  let types: number | null = null;
  const takeTypes = (): void => {
    if (types !== null || at > area.bottom || !isTypes(at)) return;
    types = at;
    at += 1;
  };
  takeTypes();
  if (!isLabels(grid, area, at)) return null;
  const labels = [at];
  at += 1;
  if (isGroup(grid, area, at - 1) && isLabels(grid, area, at)) {
    labels.push(at);
    at += 1;
  }
  takeTypes();
  let expressions: number | null = null;
  if (at <= area.bottom && every(withoutPolicy(textsOf(at)), isLanguage)) {
    expressions = at + 1;
    at += 2;
  } else if (at <= area.bottom && every(textsOf(at), (text) => PATH.test(text)) && textsOf(at).length > 0) {
    expressions = at;
    at += 1;
  }
  takeTypes();
  return { markers, labels, types, expressions, dataTop: at };
}

/** The texts of a row by column; cells of one merged area count once. */
export function distinct(grid: SheetGrid, area: Area, row: number): readonly { readonly text: string; readonly column: number }[] {
  return cellsIn(area).flatMap((column) => {
    const cell = grid.at(row, column);
    const merge = grid.mergeAt(row, column);
    if (cell === undefined || (merge !== undefined && merge.left < column && merge.left >= area.left)) return [];
    return [{ text: cell.kind === "text" ? cell.text.trim() : cell.kind === "number" ? String(cell.value) : `#${cell.kind}`, column }];
  });
}

/** The columns of an area. */
export function cellsIn({ left, right }: Area): readonly number[] {
  return Array.from({ length: right - left + 1 }, (_, index) => left + index);
}

/** A text that is a test or a number, and so no name of a column. */
export function isTest(text: string): boolean {
  return TEST.test(text);
}

function isMarkers(grid: SheetGrid, area: Area, row: number, rows: readonly number[]): boolean {
  const roles = distinct(grid, area, row).map(({ text }) => readRole(text));
  if (!every(roles, (role) => role !== null) || !roles.some((role) => role === "input" || role === "output")) return false;
  const words = cellsIn(area).map((column) => grid.text(row, column).toLowerCase()).filter((text) => text !== "");
  if (new Set(words).size < words.length) return true;
  if (rows.some((below) => below > row && every(withoutPolicy(distinct(grid, area, below).map(({ text }) => text)), (text) => readType(text) !== null))) return true;
  // One column each, such as Input | Output: names, unless the next row has names that never come again below.
  return isLabels(grid, area, row + 1) && cellsIn(area).every((column) => {
    const label = grid.text(row + 1, column);
    for (let below = row + 2; below <= area.bottom; below += 1) if (label !== "" && grid.text(below, column) === label) return false;
    return row + 2 <= area.bottom;
  });
}

/** A row of names: texts only, none of them a test, at least one of them, none twice unless merged. */
function isLabels(grid: SheetGrid, area: Area, row: number): boolean {
  if (row > area.bottom) return false;
  return every(distinct(grid, area, row), ({ column, text }) => grid.at(row, column)?.kind === "text" && isLabelText(text));
}

function isLabelText(text: string): boolean {
  return text !== "" && !isTest(text);
}

/** A row of which one cell is merged over some, not all, of the columns. */
function isGroup(grid: SheetGrid, area: Area, row: number): boolean {
  return cellsIn(area).some((column) => {
    const merge = grid.mergeAt(row, column);
    return merge !== undefined && merge.right > merge.left && merge.bottom < row + 1 && !(merge.left <= area.left && merge.right >= area.right);
  });
}

function withoutPolicy(texts: readonly string[]): readonly string[] {
  const rest = texts.filter((text) => readPolicy(text) === null);
  return rest.length === 0 ? texts : rest;
}

function every<T>(all: readonly T[], holds: (one: T) => boolean): boolean {
  return all.length > 0 && all.every(holds);
}
