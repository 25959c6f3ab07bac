import { TABLE_SCOPES } from "../language/fact-scopes.ts";
import type { ColumnType, DecisionTable } from "../language/table-kinds.ts";
import type { FactName } from "../rules/facts.ts";
import { FORBIDDEN_SEGMENTS } from "../rules/facts.ts";
import { columnName, isOutput, type TableColumn } from "./column-side.ts";
import type { DetectedColumn, DetectedTable } from "./detected-table.ts";
import { guessType } from "./guess-type.ts";
import { ID_HEADER } from "./grid.ts";
import { readRows, type FilledColumn } from "./read-rows.ts";
import { nameRows, slug } from "./row-ids.ts";
import type { SheetLog } from "./sheet-report.ts";
import { namesInput, namesOutput } from "./words.ts";

const KEY_MAX = 60;
const PATH = /^[a-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9-]*)+$/;

/**
 * Makes a table of purpose `general` of what was found in a sheet that is not ours. Whatever had to be assumed is noted at
 * the cell it concerns: the fact an input looks at above all, because no spreadsheet knows our facts.
 */
export function newTable(table: DetectedTable, takenKeys: ReadonlySet<string>, log: SheetLog): DecisionTable {
  const { area, grid, policy } = table;
  if (policy === null) log.note(area.top, area.left, "hit-policy-assumed", "The sheet names no hit policy; UNIQUE was assumed, as DMN does.");
  noteAnnotations(table, log);
  noteAssumedOutput(table, log);
  const columns = ordered(nameColumns(table, log));
  const rules = readRows(table, columns, idColumnOf(table), () => undefined, log);
  const ruled = rules.filter(({ otherwise }) => !otherwise);
  const ids = nameRows(ruled, columns.map(({ column }) => column), new Set(), () => false);
  const last = rules.findLast(({ otherwise }) => otherwise);
  const title = table.title ?? grid.name;
  return {
    kind: "decision-table", key: freeKey(table, takenKeys), version: 1, title, description: `Imported from the sheet ${grid.name}.`, purpose: "general",
    hitPolicy: policy?.hitPolicy ?? "UNIQUE", ...(policy?.aggregate === undefined ? {} : { aggregate: policy.aggregate }),
    columns: columns.map(({ column }) => column),
    rows: ruled.map(({ cells }, index) => ({ id: ids[index] ?? "", ...cells })),
    ...(last === undefined ? {} : { otherwise: last.cells }),
  };
}

/** The column of ids, if the sheet has one. */
export function idColumnOf({ columns }: DetectedTable): number | null {
  return columns.find(({ role }) => role === "id")?.index ?? null;
}

/** Notes every column of remarks that is not taken over, once, at its first remark. */
export function noteAnnotations({ columns, grid, rows }: DetectedTable, log: SheetLog): void {
  for (const { index, role } of columns) {
    const remarks = role === "annotation" ? rows.filter((row) => grid.at(row, index) !== undefined) : [];
    const [first] = remarks;
    if (first !== undefined) log.note(first, index, "annotation-ignored", `${remarks.length === 1 ? "One remark was" : `${remarks.length} remarks in this column were`} not taken over: rows of a table have no place for them.`);
  }
}

function noteAssumedOutput({ columns }: DetectedTable, log: SheetLog): void {
  if (columns.some(({ marked, label }) => marked || namesOutput(label) || namesInput(label))) return;
  for (const { role, label, headerRow, index } of columns) {
    if (role === "output") log.note(headerRow, index, "output-assumed", `The last column, ${label.trim()}, was taken for the output; write Input and Output above the columns to say otherwise.`);
  }
}

function nameColumns(table: DetectedTable, log: SheetLog): readonly FilledColumn[] {
  const names = new Map<string, DetectedColumn>();
  return table.columns.flatMap((found): readonly FilledColumn[] => {
    if (found.role !== "input" && found.role !== "output") return [];
    // A header that is a path, such as item.action, says what the column looks at; its last word is the name.
    const name = camelCase(isFactPath(found.label.trim()) ? found.label.split(".").at(-1) ?? "" : found.label, found.role);
    const other = names.get(name);
    if (other !== undefined) {
      log.error(found.headerRow, found.index, "header-mismatch", `Two columns are called ${JSON.stringify(found.label.trim())}; give each its own name.`);
      return [];
    }
    names.set(name, found);
    const type = typeOf(table, found, log);
    const unit = found.unit === null || type !== "number" ? {} : { unit: found.unit };
    const column: TableColumn = found.role === "output" ? { out: name, type, ...unit } : { key: name, in: factOf(found, name, log), type, ...unit };
    return [{ index: found.index, column, guessed: found.type === null }];
  });
}

function ordered(columns: readonly FilledColumn[]): readonly FilledColumn[] {
  return [...columns.filter(({ column }) => !isOutput(column)), ...columns.filter(({ column }) => isOutput(column))];
}

function typeOf(table: DetectedTable, found: DetectedColumn, log: SheetLog): ColumnType {
  if (found.type !== null) return found.type;
  const cells = table.rows.map((row) => table.grid.at(row, found.index));
  const type = guessType(cells, found.role === "output" ? "output" : "input", table.typed, table.dateSystem);
  if (type === null) log.note(found.headerRow, found.index, "type-assumed", `No cell of ${found.label.trim()} says what it holds; texts were assumed.`);
  return type ?? "string";
}

/** What an input looks at: the path the sheet gives, if it begins with a fact tables of this purpose know. */
function factOf(found: DetectedColumn, name: string, log: SheetLog): string {
  const given = [found.expression?.text ?? "", found.label.trim()].find(isFactPath);
  if (given !== undefined) return given;
  const assumed = `item.characteristics.${name}`;
  if (found.expression !== null) log.note(found.expression.row, found.index, "expression-ignored", "The expression is no path to a fact, such as item.action, and was not taken over.");
  log.note(found.headerRow, found.index, "fact-assumed", `${found.label.trim()} was taken to look at ${assumed}; name another fact where that is wrong.`);
  return assumed;
}

function isFactPath(text: string): boolean {
  return PATH.test(text) && TABLE_SCOPES.general.has(text.split(".")[0] as FactName);
}

/** A header as the name of a column: `Customer age` becomes `customerAge`. */
function camelCase(label: string, side: "input" | "output"): string {
  const parts = slug(label.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2"), KEY_MAX).split("-").filter((part) => part !== "");
  const name = parts.map((part, index) => (index === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join("");
  const safe = /^[a-z]/.test(name) ? name : `${side}${name}`;
  return safe === ID_HEADER || FORBIDDEN_SEGMENTS.has(safe) ? `${safe}Value` : safe;
}

function freeKey({ title, grid, columns }: DetectedTable, taken: ReadonlySet<string>): string {
  const name = [title, grid.name, ...columns.map(({ label }) => label)].map((text) => slug(text ?? "", KEY_MAX).replace(/^[0-9-]+/, "")).find((text) => text !== "") ?? "table";
  let key = name;
  for (let copy = 2; taken.has(key); copy += 1) key = `${name}-${copy}`;
  return key;
}

/** Names of a table's columns, for messages. */
export function columnNames(columns: readonly TableColumn[]): string {
  return columns.map(columnName).join(", ");
}
