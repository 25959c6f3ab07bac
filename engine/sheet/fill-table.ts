import type { DecisionTable, TableRow } from "../language/table-kinds.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import type { Json } from "../support/json.ts";
import { columnName, isOutput, type TableColumn } from "./column-side.ts";
import type { DetectedTable } from "./detected-table.ts";
import { OTHERWISE_MARK } from "./grid.ts";
import { mapColumns } from "./map-columns.ts";
import { idColumnOf, noteAnnotations } from "./new-table.ts";
import { type FilledColumn, type KeepCell, readRows, type SheetRule } from "./read-rows.ts";
import { nameRows, type RowToName } from "./row-ids.ts";
import type { SheetLog } from "./sheet-report.ts";
import { shownText, writeCell } from "./write-cell.ts";
import type { Policy } from "./words.ts";

type Cells = { readonly [column: string]: Json | undefined };

/**
 * The rows of a sheet in an existing table: everything else stays as the table has it. A cell that shows what the table's
 * own cell would show keeps the table's value exactly; a row keeps its id wherever it was moved; in a sheet without ids a
 * row is known by its cells, or by its inputs.
 */
export function fillTable(drawn: DetectedTable, into: DecisionTable, policy: Policy, log: SheetLog): DecisionTable {
  noteAnnotations(drawn, log);
  const columns = mapColumns(drawn, into, log);
  const ids = idColumnOf(drawn);
  const rules = readRows(drawn, columns, ids, keepUnchanged(into), log).filter((rule) => !isEmptied(rule, drawn, columns, into));
  const ruled = rules.filter(({ otherwise }) => !otherwise);
  const known = ids === null ? recognize(ruled, columns, into) : ruled;
  const names = nameIds(known, into, log, ids ?? drawn.area.left);
  const otherwise = ids === null && !rules.some((rule) => rule.otherwise) ? into.otherwise : otherwiseOf(rules, into);
  const { aggregate: _, otherwise: __, ...rest } = into;
  const before = new Map<string, TableRow>(into.rows.map((row) => [row.id, row]));
  return {
    ...rest, hitPolicy: policy.hitPolicy, ...(policy.aggregate === undefined ? {} : { aggregate: policy.aggregate }),
    rows: known.map((rule, index) => {
      const id = names[index] ?? "";
      return { id, ...withoutColumn(before.get(id) ?? {}, into), ...rule.cells };
    }),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

/** A row whose cells were cleared is a deleted row: only its hidden id is left. */
function isEmptied({ number, given, otherwise }: SheetRule, { grid }: DetectedTable, columns: readonly FilledColumn[], into: DecisionTable): boolean {
  if (columns.some(({ index }) => shownText(grid.at(number, index)) !== "")) return false;
  const before: Cells | undefined = otherwise ? into.otherwise : into.rows.find(({ id }) => id === given);
  return before === undefined || columns.some(({ column }) => !(otherwise && !isOutput(column)) && shownText(writeCell(before, column)) !== "");
}

/** A cell that shows what an export of the table shows there was not touched. */
function keepUnchanged(into: DecisionTable): KeepCell {
  const rows = new Map<string, Cells>(into.rows.map((row) => [row.id, row]));
  if (into.otherwise) rows.set(OTHERWISE_MARK, into.otherwise);
  return (id, column, cell) => {
    const row = id === null ? undefined : rows.get(id);
    if (row === undefined || shownText(writeCell(row, column)) !== shownText(cell)) return undefined;
    return { cell: cellOf(row, column) };
  };
}

function nameIds(rules: readonly RowToName[], into: DecisionTable, log: SheetLog, column: number): readonly string[] {
  const before = new Map<string, string>(into.rows.map(({ id, ...cells }) => [id, canonicalJson(cells)]));
  const names = nameRows(rules, into.columns, new Set(before.keys()), ({ given, cells }) => given !== null && before.get(given) === canonicalJson(cells));
  rules.forEach((rule, index) => {
    const name = names[index] ?? "";
    if (rule.given !== null && rule.given !== name) log.note((rule as SheetRule).number, column, "row-copied", `The row is a copy of ${rule.given} and was named ${name}.`);
  });
  return names;
}

/** Gives rows that came without ids those of the table's rows: of the same cells, else of the same inputs, where only one row has them. */
function recognize(rules: readonly SheetRule[], columns: readonly FilledColumn[], into: DecisionTable): readonly SheetRule[] {
  const inputs = columns.map(({ column }) => column).filter((column) => !isOutput(column));
  const keyOf = (cells: Cells, of: readonly TableColumn[]): string => canonicalJson(of.map((column) => cellOf(cells, column) ?? null));
  const free = new Set(into.rows);
  const given = new Map<SheetRule, string>();
  for (const of of [into.columns, inputs]) {
    const byKey = new Map<string, TableRow[]>();
    for (const row of free) {
      const key = keyOf(row, of);
      const alike = byKey.get(key);
      if (alike) alike.push(row);
      else byKey.set(key, [row]);
    }
    for (const rule of rules) {
      const alike = given.has(rule) ? undefined : byKey.get(keyOf(rule.cells, of));
      if (alike === undefined || (of === inputs && alike.length > 1)) continue;
      const row = alike.shift();
      if (row === undefined) continue;
      given.set(rule, row.id);
      free.delete(row);
    }
  }
  const rows = new Map(into.rows.map((row) => [row.id, row]));
  return rules.map((rule) => {
    const id = given.get(rule);
    const row = id === undefined ? undefined : rows.get(id);
    return row === undefined ? rule : { ...rule, given: row.id };
  });
}

function otherwiseOf(rules: readonly SheetRule[], into: DecisionTable): DecisionTable["otherwise"] {
  const rule = rules.findLast(({ otherwise }) => otherwise);
  if (rule === undefined) return undefined;
  return { ...withoutColumn(into.otherwise ?? {}, into), ...rule.cells } as NonNullable<DecisionTable["otherwise"]>;
}

/** What a row says about no column of its table: a sheet cannot show it, so it stays for the compiler to complain about. */
function withoutColumn(row: Cells, { columns }: DecisionTable): Cells {
  const shown = new Set(["id", ...columns.map(columnName)]);
  return Object.fromEntries(Object.entries(row).filter(([name]) => !shown.has(name)));
}

function cellOf(row: Cells, column: TableColumn): Json | undefined {
  const name = columnName(column);
  return Object.hasOwn(row, name) ? row[name] : undefined;
}
