import type { DecisionTable } from "../language/table-kinds.ts";
import { withoutApostrophe } from "./apostrophe.ts";
import type { DetectedColumn, DetectedTable } from "./detected-table.ts";
import { GRID_MARK } from "./export-table.ts";
import { fillTable } from "./fill-table.ts";
import { ID_HEADER } from "./grid.ts";
import { distinct } from "./header-rows.ts";
import { readMeta } from "./read-meta.ts";
import { openSheet, type SheetGrid } from "./sheet-grid.ts";
import { type SheetLog, sheetLog, type SheetNote } from "./sheet-report.ts";
import { type Policy, policyWords, readPolicy, readRole } from "./words.ts";
import type { Area, Sheet, Workbook } from "./workbook.ts";
import { textCell } from "./write-cell.ts";

/** A table that came back in a workbook we exported, beside the one it was when it left. */
export interface OwnTable {
  readonly table: DecisionTable;
  readonly base: DecisionTable;
  readonly sheet: string;
  readonly area: Area;
  /** The number of the row in the sheet that has an id; that of the header when none has. */
  readonly rowOf: (id: string) => number;
}

const POLICY_LINE = /^Hit policy:\s*(.*)$/;

/** The key a grid says it is of; null for any other sheet. */
export function gridKey(sheet: Sheet): string | null {
  const cell = sheet.rows.find(({ number }) => number === 1)?.cells[0];
  return cell?.kind === "text" && cell.text.startsWith(GRID_MARK) ? cell.text.slice(GRID_MARK.length) : null;
}

/**
 * Reads a grid back into the table its meta sheet holds. Null, with the reason in the notes, when one of the two is not what
 * was exported.
 */
export function importOwn(grid: Sheet, meta: Sheet, workbook: Pick<Workbook, "typed" | "dateSystem">, notes: SheetNote[]): OwnTable | null {
  const known = readMeta(meta, sheetLog(notes, meta.name));
  const log = sheetLog(notes, grid.name);
  const opened = openSheet(grid, log);
  const drawn = known && readGrid(opened, workbook, log);
  if (known && !drawn) log.error(1, 0, "header-mismatch", `The first column must have the header ${ID_HEADER} above the ids of the rows; export the table again.`);
  if (!known || !drawn) return null;
  const { base, title, description } = known;
  const inGrid = gridPolicy(opened, drawn.area.top, base, log);
  const policy = inGrid ?? known.policy ?? base;
  // A title may be changed in either place.
  const named = { ...base, title: changedTitle(opened, base) ?? title, description };
  return { table: fillTable(drawn, named, policy, log), base, sheet: grid.name, area: drawn.area, rowOf: (id) => drawn.rows.find((row) => opened.text(row, 0) === id) ?? drawn.area.top };
}

/** A grid as an export draws it: a header that begins with `id`, and a row a line below. Null when it has no such header. */
export function readGrid(grid: SheetGrid, { typed, dateSystem }: Pick<Workbook, "typed" | "dateSystem">, log: SheetLog): DetectedTable | null {
  const used = grid.used ?? { top: 1, left: 0, bottom: 1, right: 0 };
  let header = used.top;
  while (header <= used.bottom && grid.text(header, 0) !== ID_HEADER) header += 1;
  if (header > used.bottom) return null;
  const columns = distinct(grid, used, header).map(({ column }): DetectedColumn => {
    const cell = grid.at(header, column);
    const label = cell?.kind === "text" ? cell.text : "";
    const role = column === 0 ? "id" : readRole(label) === "annotation" ? "annotation" : "input";
    return { index: column, role, marked: false, label, headerRow: header, type: null, unit: null, expression: null };
  });
  reportUnnamed(grid, used, header, new Set(columns.map(({ index }) => index)), log);
  const rows = Array.from({ length: used.bottom - header }, (_, index) => header + 1 + index);
  const filled = rows.filter((row) => columns.some(({ index, role }) => role !== "annotation" && grid.at(row, index) !== undefined));
  return { grid, typed, dateSystem, area: { ...used, top: header }, title: null, policy: null, columns, rows: filled };
}

/** Cells beyond the header would be lost without a word. */
function reportUnnamed(grid: SheetGrid, used: Area, header: number, named: ReadonlySet<number>, log: SheetLog): void {
  for (let column = used.left; column <= used.right; column += 1) {
    if (named.has(column)) continue;
    for (let row = header + 1; row <= used.bottom; row += 1) {
      if (grid.at(row, column) === undefined) continue;
      log.error(row, column, "header-mismatch", "The cell stands in a column without a header; name the column, or write Comment above it.");
      break;
    }
  }
}

function changedTitle(grid: SheetGrid, base: DecisionTable): string | null {
  const cell = grid.at(1, 1);
  const text = grid.text(1, 1);
  return cell?.kind !== "text" || text === "" || cell.text === textCell(base.title).text ? null : withoutApostrophe(text);
}

/** The hit policy above the grid, when somebody has changed it. */
function gridPolicy(grid: SheetGrid, header: number, base: DecisionTable, log: SheetLog): Policy | null {
  for (let row = 1; row < header; row += 1) {
    const text = POLICY_LINE.exec(grid.text(row, 1))?.[1];
    if (text === undefined || text === policyWords(base)) continue;
    const policy = readPolicy(text);
    if (policy === null) log.error(row, 1, "cell-value", "This is no hit policy; write one such as Hit policy: UNIQUE or Hit policy: COLLECT SUM.");
    return policy;
  }
  return null;
}
