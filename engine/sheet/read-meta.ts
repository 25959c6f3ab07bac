import { parseDefinition } from "../language/parse-definition.ts";
import type { DecisionTable } from "../language/table-kinds.ts";
import { validateShape } from "../language/validate-shape.ts";
import { sha256Hex } from "../support/hash.ts";
import { withoutApostrophe } from "./apostrophe.ts";
import { BASE_MARK, columnLines, COLUMNS_MARK, META_MARK, propertyLines } from "./meta-sheet.ts";
import type { SheetLog } from "./sheet-report.ts";
import type { Cell, Sheet } from "./workbook.ts";
import { type Policy, readPolicy } from "./words.ts";
import { textCell } from "./write-cell.ts";

/** What a meta sheet holds: the table as it was exported, and the properties people have changed since. */
export interface MetaSheet {
  readonly base: DecisionTable;
  readonly title: string;
  readonly description: string;
  /** Where the hit policy stands, when somebody has changed it. */
  readonly policy: (Policy & { readonly row: number }) | null;
}

/** True for the sheet an export writes beside the grid. */
export function isMetaSheet(sheet: Sheet): boolean {
  return cellText(sheet.rows.find(({ number }) => number === 1)?.cells[0]) === META_MARK;
}

/**
 * Reads a meta sheet. Title, description and hit policy may be changed there; whatever else was changed is an error, because
 * the sheet is not where it is decided. Null, with the reason in the log, when the base in it is not what was exported.
 */
export function readMeta(sheet: Sheet, log: SheetLog): MetaSheet | null {
  const base = readBase(sheet, log);
  if (base === null) return null;
  const shown = new Map(propertyLines(base));
  const changed = new Map<string, { readonly text: string; readonly row: number }>();
  for (const { number, cells } of sheet.rows) {
    const name = cellText(cells[0]);
    if (name === COLUMNS_MARK || name === BASE_MARK) break;
    const text = cellText(cells[1]);
    if (!shown.has(name) || text === textCell(shown.get(name) ?? "").text) continue;
    if (name === "Title" || name === "Description" || name === "Hit policy") changed.set(name, { text: withoutApostrophe(text), row: number });
    else log.error(number, 1, "header-mismatch", `${name} was changed; change it in the definition, not in the sheet.`);
  }
  checkColumns(sheet, base, log);
  return {
    base, title: required(changed.get("Title"), base.title, log), description: required(changed.get("Description"), base.description, log),
    policy: changedPolicy(changed.get("Hit policy"), log),
  };
}

function readBase(sheet: Sheet, log: SheetLog): DecisionTable | null {
  const start = sheet.rows.findIndex(({ cells }) => cellText(cells[0]) === BASE_MARK);
  const digest = cellText(sheet.rows[start]?.cells[1]);
  const json = start < 0 ? "" : sheet.rows.slice(start + 1).map(({ cells }) => withoutApostrophe(cellText(cells[1]))).join("");
  if (start < 0 || sha256Hex(json) !== digest) {
    log.error(sheet.rows[start]?.number ?? 1, 0, "header-mismatch", "The exported table in this sheet was changed; export it again and make your changes in the grid.");
    return null;
  }
  const parsed = parseDefinition(json, sheet.name);
  const problems: string[] = [];
  const content = parsed.ok ? parsed.content : null;
  if (!parsed.ok) problems.push(...parsed.diagnostics.map(({ message }) => message));
  else if (validateShape("decision-table", content, (_code, _path, message) => problems.push(message))) return content as DecisionTable;
  log.error(sheet.rows[start]?.number ?? 1, 0, "header-mismatch", `The exported table in this sheet is no decision table: ${problems[0] ?? ""}`);
  return null;
}

/** The columns are shown for reading only. */
function checkColumns(sheet: Sheet, base: DecisionTable, log: SheetLog): void {
  const start = sheet.rows.findIndex(({ cells }) => cellText(cells[0]) === COLUMNS_MARK);
  const lines = columnLines(base);
  const head = sheet.rows[start]?.number ?? 0;
  for (const [index, line] of lines.entries()) {
    const row = sheet.rows.find(({ number }) => number === head + 1 + index);
    const odd = line.findIndex((text, column) => cellText(row?.cells[column]) !== textCell(text).text);
    if (start >= 0 && odd >= 0) log.error(head + 1 + index, odd, "header-mismatch", "The columns are decided in the definition, not in the sheet; restore what stood here.");
  }
}

function required(changed: { readonly text: string; readonly row: number } | undefined, before: string, log: SheetLog): string {
  if (changed === undefined) return before;
  if (changed.text.trim() === "") log.error(changed.row, 1, "cell-value", "The text is missing.");
  return changed.text.trim() === "" ? before : changed.text;
}

function changedPolicy(changed: { readonly text: string; readonly row: number } | undefined, log: SheetLog): MetaSheet["policy"] {
  if (changed === undefined) return null;
  const policy = readPolicy(changed.text);
  if (policy === null) log.error(changed.row, 1, "cell-value", "This is no hit policy; write one such as UNIQUE, FIRST or COLLECT SUM.");
  return policy && { ...policy, row: changed.row };
}

function cellText(cell: Cell | undefined): string {
  if (cell?.kind === "number") return String(cell.value);
  return cell?.kind === "text" ? cell.text : "";
}
