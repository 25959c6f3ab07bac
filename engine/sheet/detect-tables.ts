import { areaAddress, parseAddress } from "./address.ts";
import type { DetectedTable } from "./detected-table.ts";
import { findPieces } from "./find-pieces.ts";
import { OTHERWISE_MARK } from "./grid.ts";
import { cellsIn, distinct, findHeaderRows, readTitles, type TitleRows } from "./header-rows.ts";
import { readHeader } from "./read-header.ts";
import { openSheet, type SheetGrid } from "./sheet-grid.ts";
import { type SheetLog, sheetLog, type SheetNote } from "./sheet-report.ts";
import { namesInput, namesOutput, readRole } from "./words.ts";
import type { Area, Sheet, Workbook } from "./workbook.ts";

/** Empty rows between a title and its table, or between two parts of one table. */
const GAP_MAX = 3;
/** How far down the sides of a piece are looked for. */
const SIGNS_WITHIN = 6;

/**
 * Finds the decision tables of one sheet by how they are drawn: pieces between empty rows and columns, titles, a header of
 * names with markers, types and expressions where there are some, rules below. What is no table is noted as left out.
 */
export function detectTables(sheet: Sheet, workbook: Pick<Workbook, "typed" | "dateSystem">, notes: SheetNote[]): readonly DetectedTable[] {
  const log = sheetLog(notes, sheet.name);
  const grid = openSheet(sheet, log);
  const tables: DetectedTable[] = [];
  let loose: Area[] = [];
  for (const piece of joined(grid, findPieces(grid))) {
    const last = tables.at(-1);
    if (last && continues(last, piece)) {
      tables[tables.length - 1] = { ...last, area: { ...last.area, bottom: piece.bottom }, rows: [...last.rows, ...rulesOf(grid, last, piece.top, piece.bottom, log)] };
      continue;
    }
    const above = loose.filter((area) => area.bottom < piece.top && piece.top - area.bottom <= GAP_MAX + 1 && area.left <= piece.right && area.right >= piece.left);
    const table = readPiece(grid, piece, above, workbook, log);
    if (table === null) loose.push(piece);
    else {
      tables.push(table);
      loose = loose.filter((area) => !above.includes(area));
    }
  }
  for (const area of loose) log.note(area.top, area.left, "area-ignored", `${areaAddress(area)} was not read: it is no table with a header, an output and a rule.`);
  return tables;
}

function readPiece(grid: SheetGrid, piece: Area, above: readonly Area[], { typed, dateSystem }: Pick<Workbook, "typed" | "dateSystem">, log: SheetLog): DetectedTable | null {
  const titles = [...above.map((area) => looseTitle(grid, area)), readTitles(grid, piece)];
  const area = { ...piece, top: titles.at(-1)?.next ?? piece.top };
  const header = findHeaderRows(grid, area);
  if (header === null || header.dataTop > area.bottom) return null;
  const silent: SheetNote[] = [];
  const { columns, policy, firstRule } = readHeader(grid, area, header, sheetLog(silent, grid.name));
  const outputs = columns.filter(({ role }) => role === "output");
  if (outputs.length === 0 || (!columns.some(({ role }) => role === "input") && !outputs.some(({ marked }) => marked))) return null;
  for (const note of silent) (note.severity === "error" ? log.error : log.note)(...placeOf(note.cell), note.code, note.message);
  const found = {
    grid, typed, dateSystem, area, columns,
    title: titles.map(({ title }) => title).find((title) => title !== null) ?? null,
    policy: policy ?? titles.map((title) => title.policy).find((one) => one !== null) ?? null,
  };
  if (firstRule > header.dataTop) log.note(header.dataTop, columns[0]?.index ?? area.left, "row-ignored", "The lines above the first numbered rule were taken for lists of allowed values, not for rules.");
  return { ...found, rows: rulesOf(grid, found, firstRule, area.bottom, log) };
}

/** A text of its own above a table: its title, or its hit policy. */
function looseTitle(grid: SheetGrid, area: Area): TitleRows {
  const read = readTitles(grid, { ...area, bottom: area.bottom + 1, right: area.right + 1 });
  const [only, ...more] = distinct(grid, area, area.top);
  return { ...read, title: read.policy === null && more.length === 0 ? only?.text ?? null : read.title };
}

/** The rows that hold rules. A line with one text and no output is a remark. */
function rulesOf(grid: SheetGrid, { columns }: Pick<DetectedTable, "columns">, top: number, bottom: number, log: SheetLog): readonly number[] {
  const rows: number[] = [];
  for (let row = top; row <= bottom; row += 1) {
    const filled = columns.filter(({ index, role }) => role !== "annotation" && grid.at(row, index) !== undefined);
    const [first] = filled;
    if (first === undefined) continue;
    const isRemark = filled.length === 1 && first.role === "input" && columns.length > 2 && columns.findIndex(({ role }) => role === "input") === columns.indexOf(first);
    if (isRemark && grid.text(row, first.index) !== OTHERWISE_MARK) log.note(row, first.index, "row-ignored", "The line has one text and no output; it was taken for a remark.");
    else rows.push(row);
  }
  return rows;
}

/** Pieces side by side of which one has the conditions and the other one the answers are one table with an empty column in it. */
function joined(grid: SheetGrid, pieces: readonly Area[]): readonly Area[] {
  const all: Area[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    const beside = last !== undefined && piece.left > last.right && piece.top <= last.bottom && piece.bottom >= last.top;
    if (beside && signsOf(grid, piece) === "output" && signsOf(grid, last) !== "output" && signsOf(grid, last) !== "both") {
      all[all.length - 1] = { top: Math.min(last.top, piece.top), left: last.left, bottom: Math.max(last.bottom, piece.bottom), right: piece.right };
    } else all.push(piece);
  }
  return all;
}

function signsOf(grid: SheetGrid, area: Area): "input" | "output" | "both" | null {
  const sides = new Set<string>();
  for (let row = area.top; row <= Math.min(area.bottom, area.top + SIGNS_WITHIN); row += 1) {
    for (const column of cellsIn(area)) {
      const text = grid.text(row, column);
      if (readRole(text) === "output" || namesOutput(text)) sides.add("output");
      if (readRole(text) === "input" || namesInput(text)) sides.add("input");
    }
  }
  return sides.size === 2 ? "both" : (sides.has("output") ? "output" : sides.has("input") ? "input" : null);
}

/** Whether a piece goes on with the table above it: in its columns, without a header of its own. */
function continues(table: DetectedTable, piece: Area): boolean {
  const { grid, area, columns, rows } = table;
  if (piece.top <= area.bottom || piece.top - area.bottom > GAP_MAX || piece.left < area.left || piece.right > area.right) return false;
  if (piece.left === piece.right && columns.length > 1) return false;
  const { next } = readTitles(grid, piece);
  if (next !== piece.top) return false;
  if (columns.some(({ index, label }) => label !== "" && grid.text(piece.top, index) === label.trim())) return false;
  if (findHeaderRows(grid, piece) === null) return true;
  // Only texts: values that stand in the table above are no names of new columns.
  return columns.some(({ index }) => rows.some((row) => grid.text(row, index) !== "" && grid.text(row, index) === grid.text(piece.top, index)));
}

function placeOf(address: string): readonly [row: number, column: number] {
  const { row, column } = parseAddress(address) ?? { row: 1, column: 0 };
  return [row, column];
}
