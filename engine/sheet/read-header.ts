import type { DetectedColumn } from "./detected-table.ts";
import { ID_HEADER, OTHERWISE_MARK } from "./grid.ts";
import { cellsIn, type HeaderRows, isTest } from "./header-rows.ts";
import type { SheetGrid } from "./sheet-grid.ts";
import type { SheetLog } from "./sheet-report.ts";
import { type ColumnRole, namesOutput, namesRule, namesRuleNumber, type Policy, readPolicy, readRole, readType } from "./words.ts";
import type { Area } from "./workbook.ts";

export interface ReadHeader {
  readonly columns: readonly DetectedColumn[];
  readonly policy: (Policy & { readonly row: number; readonly column: number }) | null;
  /** First row that is a rule: where rules are counted, rows above the first number list allowed values. */
  readonly firstRule: number;
}

interface Draft {
  readonly index: number;
  readonly label: string;
  readonly role: ColumnRole | null;
}

const ROW_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const PREFIX = /^(?:inputs?|outputs?|in|out|eingabe|ausgabe)\s*:\s*(?=\S)/i;

/** What each column of a table is: its name, its side, its type. Columns that count rules are left out. */
export function readHeader(grid: SheetGrid, area: Area, rows: HeaderRows, log: SheetLog): ReadHeader {
  const policy = findPolicy(grid, area, rows);
  const drafts = draftsOf(grid, area, rows).filter(({ index, label }) => !countsRules(grid, area, rows, index, label));
  const roles = decideRoles(grid, area, rows, drafts, log);
  const columns = drafts.flatMap((draft): readonly DetectedColumn[] => {
    const role = roles.get(draft.index);
    if (role === undefined) return [];
    const type = rows.types === null ? null : readType(grid.text(rows.types, draft.index));
    const expression = rows.expressions === null ? "" : grid.text(rows.expressions, draft.index);
    return [{
      index: draft.index, role, marked: draft.role !== null, label: draft.label.replace(PREFIX, ""), headerRow: rows.labels.at(-1) ?? area.top,
      type: type?.type ?? null, unit: type?.unit ?? null, expression: expression === "" ? null : { text: expression, row: rows.expressions ?? 0 },
    }];
  });
  return { columns, policy, firstRule: firstRule(grid, area, rows, new Set(drafts.map(({ index }) => index))) };
}

function firstRule(grid: SheetGrid, area: Area, rows: HeaderRows, kept: ReadonlySet<number>): number {
  const counts = cellsIn(area).filter((column) => !kept.has(column));
  return dataRows(area, rows).find((row) => counts.some((column) => grid.at(row, column) !== undefined)) ?? rows.dataTop;
}

/** A hit policy in the header, in a column that holds no rules: the corner, as DMN draws it. */
function findPolicy(grid: SheetGrid, area: Area, rows: HeaderRows): ReadHeader["policy"] {
  for (let row = area.top; row < rows.dataTop; row += 1) {
    for (const column of cellsIn(area)) {
      const policy = readPolicy(grid.text(row, column));
      if (policy && countsOrIsEmpty(grid, area, rows, column)) return { ...policy, row, column };
    }
  }
  return null;
}

function draftsOf(grid: SheetGrid, area: Area, rows: HeaderRows): readonly Draft[] {
  let inherited: ColumnRole | null = null;
  return cellsIn(area).map((index) => {
    const label = labelOf(grid, rows, index);
    if (rows.markers === null) return { index, label, role: null };
    const role = readRole(grid.text(rows.markers, index));
    // One marker stands for the columns beside it that have a name and no marker of their own.
    if (role !== null) inherited = role;
    return { index, label, role: role ?? (label === "" ? null : inherited) };
  });
}

function labelOf(grid: SheetGrid, rows: HeaderRows, column: number): string {
  const texts = rows.labels.map((row) => grid.text(row, column)).filter((text) => text !== "");
  // Outer spaces stay: a name with one is not the name it seems to be.
  const [only = ""] = texts;
  const cell = rows.labels.length === 1 ? grid.at(rows.labels[0] ?? 0, column) : undefined;
  return cell?.kind === "text" ? cell.text : texts.length === 1 ? only : [...new Set(texts)].join(" ");
}

function decideRoles(grid: SheetGrid, area: Area, rows: HeaderRows, drafts: readonly Draft[], log: SheetLog): ReadonlyMap<number, DetectedColumn["role"]> {
  const roles = new Map<number, DetectedColumn["role"]>();
  const open: Draft[] = [];
  for (const draft of drafts) {
    const { index, label, role } = draft;
    if (label === ID_HEADER && holdsIds(grid, area, rows, index)) roles.set(index, "id");
    else if (role === "input" || role === "output") roles.set(index, role);
    else if (rows.markers !== null || readRole(label) === "annotation" || namesRules(grid, area, rows, draft)) roles.set(index, "annotation");
    else if (label.trim() === "") reportUnnamed(grid, area, rows, index, log);
    else open.push(draft);
  }
  const named = open.filter(({ label }) => namesOutput(label));
  // Without any sign, the last column is the answer: so people draw the simplest tables.
  const outputs = new Set((named.length > 0 ? named : open.slice(-1)).map(({ index }) => index));
  for (const { index } of open) roles.set(index, outputs.has(index) ? "output" : "input");
  return roles;
}

/** A column of names of rules, such as R1, R2: each rule has its own. */
function namesRules(grid: SheetGrid, area: Area, rows: HeaderRows, { index, label }: Draft): boolean {
  if (!namesRule(label)) return false;
  const names = dataRows(area, rows).map((row) => grid.text(row, index)).filter((name) => name !== "");
  return names.length > 1 && new Set(names).size === names.length && !names.some(isTest);
}

function reportUnnamed(grid: SheetGrid, area: Area, rows: HeaderRows, column: number, log: SheetLog): void {
  const row = rows.labels.at(-1) ?? area.top;
  if (dataRows(area, rows).some((below) => grid.at(below, column) !== undefined)) log.error(row, column, "header-mismatch", "The column has values, but no name; name it, or write Comment above it.");
}

function holdsIds(grid: SheetGrid, area: Area, rows: HeaderRows, column: number): boolean {
  return dataRows(area, rows).every((row) => {
    const cell = grid.at(row, column);
    const text = cell?.kind === "text" ? cell.text.trim() : "";
    return cell === undefined || ROW_ID.test(text) || text === OTHERWISE_MARK;
  });
}

/** A column that counts rules: numbers or nothing below a number sign, a hit policy or no name at all. */
function countsRules(grid: SheetGrid, area: Area, rows: HeaderRows, column: number, label: string): boolean {
  const name = label.trim();
  if (name === ID_HEADER && holdsIds(grid, area, rows, column) && dataRows(area, rows).some((row) => grid.at(row, column)?.kind === "text")) return false;
  const marked = rows.markers !== null && ["input", "output"].includes(readRole(grid.text(rows.markers, column)) ?? "");
  const headed = name === "" || namesRuleNumber(name) || readPolicy(name) !== null;
  return !marked && headed && countsOrIsEmpty(grid, area, rows, column);
}

function countsOrIsEmpty(grid: SheetGrid, area: Area, rows: HeaderRows, column: number): boolean {
  let before = 0;
  return dataRows(area, rows).every((row) => {
    const cell = grid.at(row, column);
    if (cell === undefined) return true;
    const number = cell.kind === "number" ? cell.value : cell.kind === "text" && /^\d{1,6}\.?$/.test(cell.text.trim()) ? Number.parseInt(cell.text, 10) : Number.NaN;
    const follows = number > before;
    before = number;
    return follows;
  });
}

function dataRows({ bottom }: Area, { dataTop }: HeaderRows): readonly number[] {
  return Array.from({ length: Math.max(0, bottom - dataTop + 1) }, (_, index) => dataTop + index);
}
