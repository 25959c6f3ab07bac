import { normalizeTexts } from "../language/normalize-texts.ts";
import { validateShape } from "../language/validate-shape.ts";
import type { DecisionTable } from "../language/table-kinds.ts";
import { mergeDefinition } from "../merge/merge-definition.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import type { Json } from "../support/json.ts";
import { areaAddress, cellAddress } from "./address.ts";
import { detectTables } from "./detect-tables.ts";
import type { DetectedTable } from "./detected-table.ts";
import { fillTable } from "./fill-table.ts";
import { gridKey, importOwn, type OwnTable, readGrid } from "./import-own.ts";
import { columnsInCommon } from "./map-columns.ts";
import { newTable } from "./new-table.ts";
import { isMetaSheet } from "./read-meta.ts";
import { openSheet } from "./sheet-grid.ts";
import { inReadingOrder, type SheetLog, sheetLog, type SheetNote } from "./sheet-report.ts";
import type { Sheet, Workbook } from "./workbook.ts";

/** A table that was found in a workbook. */
export interface ImportedTable {
  readonly sheet: string;
  /** Header and rules, such as `A4:F20`. */
  readonly area: string;
  /** `own`: a workbook we exported; `mapped`: a foreign sheet in the columns of a given table; `new`: a table made of what was found. */
  readonly origin: "own" | "mapped" | "new";
  readonly table: DecisionTable;
  /** The table when it was exported, of a table of our own. */
  readonly base: DecisionTable | null;
}

export interface ImportOptions {
  /** The table whose rows a foreign sheet fills, or that a sheet of our own must be of. */
  readonly into?: DecisionTable;
  /** The present state of a table, by its key: a sheet of our own that left from another state is merged with it. */
  readonly current?: (key: string) => DecisionTable | undefined;
}

export interface SheetImport {
  readonly tables: readonly ImportedTable[];
  /** Cell by cell what was not understood, and what was assumed. */
  readonly report: readonly SheetNote[];
  /** False while the report holds an error; then nothing may be taken over. */
  readonly ok: boolean;
}

/**
 * Reads the decision tables of a workbook. Those we exported come back as they were, apart from what people changed. Of any
 * other sheet the tables are found by how they are drawn; with `into` the one that fits best fills that table's rows, without
 * it each becomes a new table. Never throws for a workbook; what is wrong stands in the report.
 */
export function importTables(workbook: Workbook, options: ImportOptions = {}): SheetImport {
  const into = options.into && normalized(options.into);
  const notes: SheetNote[] = [];
  const { own, foreign } = sortSheets(workbook, notes);
  const tables: ImportedTable[] = own.map((found) => {
    const current = into ?? options.current?.(found.base.key);
    return ownTable(found, current && normalized(current), sheetLog(notes, found.sheet));
  });
  const drawn = foreign.flatMap((sheet) => withIds(sheet, workbook, into, notes) ?? detectTables(sheet, workbook, notes));
  if (into !== undefined && own.length === 0) tables.push(...fillBest(drawn, into, notes));
  else if (into === undefined) tables.push(...newTables(drawn, new Set(tables.map(({ table }) => table.key)), notes));
  else for (const { grid, area } of drawn) sheetLog(notes, grid.name).note(area.top, area.left, "table-ignored", `${areaAddress(area)} was not read: the workbook holds ${into.key} itself.`);
  reportFormulas(foreign, notes);
  if (tables.length === 0 && !notes.some(({ severity }) => severity === "error")) {
    sheetLog(notes, workbook.sheets[0]?.name ?? "").error(1, 0, "no-table", "No decision table was found: a table has a header of names, at least one output and one rule below.");
  }
  for (const { table, sheet } of tables) checkShape(table, sheetLog(notes, sheet));
  return { tables: tables.map((found) => ({ ...found, table: normalized(found.table) })), report: inReadingOrder(notes, workbook.sheets.map(({ name }) => name)), ok: !notes.some(({ severity }) => severity === "error") };
}

/** Our own grids with their meta sheets, and the sheets to search. What is hidden is listed, and not searched. */
function sortSheets(workbook: Workbook, notes: SheetNote[]): { readonly own: readonly OwnTable[]; readonly foreign: readonly Sheet[] } {
  const metas = workbook.sheets.filter(isMetaSheet);
  const own: OwnTable[] = [];
  const foreign: Sheet[] = [];
  for (const sheet of workbook.sheets) {
    if (isMetaSheet(sheet)) continue;
    const key = gridKey(sheet);
    const meta = key === null ? undefined : metas.find((one) => one.rows.some(({ cells: [name, value] }) => name?.kind === "text" && name.text === "Key" && value?.kind === "text" && value.text === key));
    if (meta !== undefined) {
      const found = importOwn(sheet, meta, workbook, notes);
      if (found !== null) own.push(found);
    } else if (sheet.visibility === "visible") foreign.push(sheet);
    else if (metas.length === 0) sheetLog(notes, sheet.name).note(1, 0, "hidden-sheet", `The sheet is ${sheet.visibility.replace("-", " ")} and was not read.`);
  }
  return { own, foreign };
}

/**
 * A table of our own as it is to be taken over. When the table has changed since the sheet was exported, both changes hold
 * where they touch different rows and properties; what both sides changed is `stale-base`, at the row it is about.
 */
function ownTable({ table, base, sheet, area, rowOf }: OwnTable, current: DecisionTable | undefined, log: SheetLog): ImportedTable {
  const found = { sheet, area: areaAddress(area), origin: "own", table, base } as const;
  if (current === undefined || sameContent(current, base)) return found;
  if (current.key !== base.key) {
    log.error(1, 0, "header-mismatch", `The sheet holds the table ${base.key}, not ${current.key}.`);
    return found;
  }
  const { merged, conflicts } = mergeDefinition(asJson(base), asJson(current), asJson(table));
  for (const { path: [list, row], words } of conflicts) {
    log.error(list === "rows" ? rowOf(row ?? "") : 1, 0, "stale-base", `The table has changed since the sheet was exported, and here both changes cannot hold: ${words}. Export it again, or give way.`);
  }
  if (conflicts.length === 0) log.note(1, 0, "base-merged", `The table ${base.key} has changed since the sheet was exported; both changes hold.`);
  return { ...found, table: merged as unknown as DecisionTable };
}

function sameContent(left: DecisionTable, right: DecisionTable): boolean {
  return canonicalJson(asJson(left)) === canonicalJson(asJson(right));
}

function asJson(table: DecisionTable): Json {
  return table as unknown as Json;
}

/** A sheet that has the ids of rows and all columns of the table, as CSV exports do, needs no search. */
function withIds(sheet: Sheet, workbook: Workbook, into: DecisionTable | undefined, notes: SheetNote[]): readonly DetectedTable[] | null {
  if (into === undefined) return null;
  const found: SheetNote[] = [];
  const log = sheetLog(found, sheet.name);
  const drawn = readGrid(openSheet(sheet, log), workbook, log);
  if (drawn === null || columnsInCommon(drawn, into) < into.columns.length) return null;
  notes.push(...found);
  return [drawn];
}

function fillBest(drawn: readonly DetectedTable[], into: DecisionTable, notes: SheetNote[]): readonly ImportedTable[] {
  const [best, ...others] = [...drawn].sort((left, right) => columnsInCommon(right, into) - columnsInCommon(left, into));
  for (const { grid, area } of others) sheetLog(notes, grid.name).note(area.top, area.left, "table-ignored", `${areaAddress(area)} was not read: another table fits ${into.key} better.`);
  if (best === undefined) return [];
  const log = sheetLog(notes, best.grid.name);
  return [{ sheet: best.grid.name, area: areaAddress(best.area), origin: "mapped", table: fillTable(best, into, best.policy ?? into, log), base: null }];
}

function newTables(drawn: readonly DetectedTable[], taken: Set<string>, notes: SheetNote[]): readonly ImportedTable[] {
  return drawn.map((found) => {
    const table = newTable(found, taken, sheetLog(notes, found.grid.name));
    taken.add(table.key);
    return { sheet: found.grid.name, area: areaAddress(found.area), origin: "new", table, base: null };
  });
}

/** A formula outside of all tables is reported, too: what the sheet shows may depend on it. */
function reportFormulas(sheets: readonly Sheet[], notes: SheetNote[]): void {
  const known = new Set(notes.map(({ sheet, cell, code }) => (code === "formula-cell" ? `${sheet}!${cell}` : "")));
  for (const { name, rows } of sheets) {
    for (const { number, cells } of rows) {
      cells.forEach((cell, column) => {
        if (cell?.kind === "formula" && !known.has(`${name}!${cellAddress(number, column)}`)) {
          sheetLog(notes, name).error(number, column, "formula-cell", "Formulas are not evaluated, and what they came to is not believed; put the value in its place.");
        }
      });
    }
  }
}

/** Texts as the language keeps them (NFC, LF): what two programs type differently is the same. */
function normalized(table: DecisionTable): DecisionTable {
  return normalizeTexts(asJson(table)) as unknown as DecisionTable;
}

function checkShape(table: DecisionTable, log: SheetLog): void {
  validateShape("decision-table", table, (_code, path, message) => log.error(1, 0, "cell-value", `The table would not be valid at ${path || "its top"}: ${message}`));
}
