import { isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import { readOutputCell } from "../../engine/sheet/read-output-cell.ts";
import type { DecisionTable, InputColumn, TableRow } from "../../engine/language/table-kinds.ts";
import { jsonEqual } from "../../engine/rules/operators.ts";
import type { TableInput } from "../../engine/table/analyze-table.ts";
import type { TableResult } from "../../engine/table/compile-table.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { readValue, textOf } from "../form/value-text.ts";

/** An input and the answer that is expected for it. Outputs that are left out are not looked at; without any, no row may answer. */
export interface RowTest {
  readonly id: string;
  readonly input: TableInput;
  readonly expected: { readonly [output: string]: Json };
}

/** Row tests stand beside the table, in the file that is no part of what it decides. */
export function testsPath(tablePath: string): string {
  return tablePath.replace(/\.json$/, ".layout.json");
}

/** The row tests in a file beside a table; what is none is left out. */
export function testsIn(content: Json | undefined): readonly RowTest[] {
  const tests = isJsonObject(content) ? content["tests"] : undefined;
  return Array.isArray(tests) ? (tests as readonly Json[]).filter((test) => isJsonObject(test) && typeof test["id"] === "string" && isJsonObject(test["input"]) && isJsonObject(test["expected"])) as unknown as readonly RowTest[] : [];
}

/** The file beside a table with other row tests; null when nothing is left in it. */
export function withTests(content: Json | undefined, tests: readonly RowTest[]): Json {
  const { tests: _, ...rest } = isJsonObject(content) ? content : {};
  if (tests.length > 0) return { ...rest, tests: tests as unknown as Json };
  return Object.keys(rest).length === 0 ? null : rest;
}

/** Whether the answer is the expected one. A list is expected by what it holds anywhere. */
export function passes({ expected }: RowTest, result: TableResult): boolean {
  const names = Object.keys(expected);
  if (result.hit === "none") return names.length === 0;
  if (result.hit === "conflict" || names.length === 0) return false;
  const answers = result.hit === "one" ? [result.outputs] : result.list;
  return answers.some((outputs) => names.every((name) => jsonEqual(outputs[name] ?? null, expected[name] ?? null)));
}

/** How many tests each row answers, by id. */
export function hitsOf(results: readonly TableResult[]): ReadonlyMap<string, number> {
  const hits = new Map<string, number>();
  for (const { rows } of results) for (const id of rows) hits.set(id, (hits.get(id) ?? 0) + 1);
  return hits;
}

/** A test for a row as it is: an input that its cells take, and its answers. */
export function testFor(table: DecisionTable, row: TableRow | undefined, tests: readonly RowTest[]): RowTest {
  const taken = new Set(tests.map(({ id }) => id));
  let number = tests.length + 1;
  while (taken.has(`test-${number}`)) number += 1;
  const cells = table.columns.flatMap((column): readonly (readonly [string, Json])[] => {
    const value = isOutput(column) || row === undefined || !Object.hasOwn(row, column.key) ? undefined : sampleOf(row[column.key], column);
    return value === undefined || isOutput(column) ? [] : [[column.key, value]];
  });
  const answers = table.columns.flatMap((column): readonly (readonly [string, Json])[] => {
    const value = isOutput(column) && row !== undefined && Object.hasOwn(row, column.out) ? row[column.out] : undefined;
    return value === undefined || (typeof value === "string" && value.startsWith("=")) || !isOutput(column) ? [] : [[column.out, value]];
  });
  return { id: `test-${number}`, input: Object.fromEntries(cells), expected: Object.fromEntries(answers) };
}

/** A value that a condition takes; undefined where that is not to be seen from its text. */
function sampleOf(cell: Json | undefined, { type }: InputColumn): Json | undefined {
  if (Array.isArray(cell)) return cell[0] as Json;
  if (typeof cell !== "string") return cell;
  const [, sign = "", number = ""] = /^(\[|>=|<=|>|<|\()\s*(-?\d+(?:\.\d+)?)/.exec(cell) ?? [];
  if (type === "number" && number !== "") return Number(number) + (sign === ">" || sign === "(" ? 1 : sign === "<" ? -1 : 0);
  return /^"([^"]*)"/.exec(cell)?.[1];
}

/** A value of a test as it is written into its cell. */
export function testText(value: Json | undefined): string {
  return value === undefined ? "" : typeof value === "string" ? value : textOf(value);
}

/** What is typed into a cell of a test; undefined for nothing. */
export function readTestText(text: string, column: TableColumn): Json | undefined {
  if (text.trim() === "") return undefined;
  if (isOutput(column)) {
    const reading = readOutputCell(text, column.type);
    return reading.ok ? reading.cell : text;
  }
  return column.type === "string" || column.type === "date" || column.type === "duration" ? text : readValue(text);
}
