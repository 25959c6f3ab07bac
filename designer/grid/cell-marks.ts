import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { columnName, isOutput } from "../../engine/sheet/column-side.ts";
import type { DecisionTable, TableRow } from "../../engine/language/table-kinds.ts";
import { jsonEqual } from "../../engine/rules/operators.ts";
import type { Json } from "../../engine/support/json.ts";
import type { TableAnalysis, TableInput } from "../../engine/table/analyze-table.ts";
import { textOf } from "../form/value-text.ts";
import { grid as words } from "../strings/grid.ts";
import { columnTitle } from "./clipboard.ts";

/** What is wrong at one place, and how badly. */
export interface Mark {
  readonly family: "failed" | "attention";
  readonly message: string;
}

/** Marks of a row: of the whole, and of its cells by column. */
export interface RowMarks {
  readonly row: Mark | null;
  readonly cells: ReadonlyMap<string, Mark>;
}

/** What the compiler and the analysis say, at the rows and cells it is about. */
export function marksOf(table: DecisionTable, analysis: TableAnalysis | null, diagnostics: readonly Diagnostic[]): ReadonlyMap<number, RowMarks> {
  const marks = new Map<number, { row: Mark | null; cells: Map<string, Mark> }>();
  const at = (position: number): { row: Mark | null; cells: Map<string, Mark> } => {
    const known = marks.get(position) ?? { row: null, cells: new Map<string, Mark>() };
    marks.set(position, known);
    return known;
  };
  for (const { position, by } of analysis?.shadowed ?? []) {
    at(position).row = { family: "attention", message: [words.shadowed(position + 1), by.length === 0 ? "" : words.shadowedBy(by.map((row) => words.row1(row.position + 1)).join(", "))].filter(Boolean).join(". ") };
  }
  for (const { position, column } of analysis?.dead ?? []) at(position).cells.set(column, { family: "failed", message: words.deadCell });
  for (const { rows: [one, other], input } of analysis?.overlapsAreWrong === true ? analysis.overlaps : []) {
    const message = words.overlapAt(one.position + 1, other.position + 1, inputWords(table, input));
    for (const column of overlapColumns(table, one.position, other.position)) for (const { position } of [one, other]) if (!at(position).cells.has(column)) at(position).cells.set(column, { family: "attention", message });
    for (const { position } of [one, other]) at(position).row ??= { family: "attention", message };
  }
  for (const { path, message, severity } of diagnostics) {
    const [, row, column] = /^\/rows\/(\d+)\/([^/]+)$/.exec(path) ?? [];
    if (row !== undefined && column !== undefined) at(Number(row)).cells.set(column.replaceAll("~1", "/").replaceAll("~0", "~"), { family: severity === "error" ? "failed" : "attention", message });
  }
  return marks;
}

/** The conditions that make two rows differ, and yet do not keep them apart; all conditions of rows that say the same. */
function overlapColumns(table: DecisionTable, one: number, other: number): readonly string[] {
  const [a, b] = [table.rows[one], table.rows[other]];
  const inputs = table.columns.filter((column) => !isOutput(column)).map(columnName);
  const different = inputs.filter((name) => !jsonEqual(cell(a, name), cell(b, name)));
  return different.length > 0 ? different : inputs;
}

function cell(row: TableRow | undefined, name: string): Json {
  return (row !== undefined && Object.hasOwn(row, name) ? row[name] : null) ?? null;
}

/** An input in the words of the table: "Offering HOME_FIBER, Speed 1000". */
export function inputWords({ columns }: Pick<DecisionTable, "columns">, input: TableInput): string {
  return columns.flatMap((column) => {
    const value = isOutput(column) ? undefined : input[column.key];
    return value === undefined || value === null ? [] : [`${columnTitle(column)} ${textOf(value)}`];
  }).join(", ");
}
