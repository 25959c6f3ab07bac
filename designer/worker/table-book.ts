import type { DecisionTable, InputColumn } from "../../engine/language/table-kinds.ts";
import type { FactName } from "../../engine/rules/facts.ts";
import type { TableAnalysis, TableInput } from "../../engine/table/analyze-table.ts";
import { compileTable, type CompiledTable, type TableResult } from "../../engine/table/compile-table.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";

/** An analysis, with the place where a row for each gap belongs. */
export interface TableFindings extends TableAnalysis {
  /** For each gap the position of the row that asks most of what it has, or -1 in a table without rows. */
  readonly gapsAfter: readonly number[];
}

/** How the rows of a table fare with one input. */
export interface CaseTrace {
  /** Positions of the rows whose every cell matches, those behind the first included. */
  readonly matching: readonly number[];
  /** Rows that miss by the fewest cells, and by which columns. */
  readonly nearest: readonly { readonly position: number; readonly misses: readonly string[] }[];
}

const NO_FACTS: ReadonlySet<FactName> = new Set();
/** Rows that are named as having nearly matched. */
const NEAREST_MAX = 3;

/** Tables compiled once for each state they are in. */
export class TableBook {
  readonly #compiled = new WeakMap<object, CompiledTable>();

  analyze(content: Json | undefined, analyzer: (table: DecisionTable) => TableAnalysis): TableFindings | null {
    const table = tableOf(content);
    if (table === null) return null;
    const analysis = analyzer(table);
    return { ...analysis, gapsAfter: analysis.gaps.map((gap) => this.#mostAlike(table, gap)) };
  }

  decide(content: Json | undefined, inputs: readonly TableInput[]): readonly TableResult[] {
    const table = tableOf(content);
    if (table === null) return [];
    const keys = inputsOf(table).map(({ key }) => key);
    return inputs.map((input) => this.#compile(table).evaluate({}, new Map(keys.map((key) => [key, input[key]]))));
  }

  trace(content: Json | undefined, input: TableInput): CaseTrace {
    const table = tableOf(content);
    if (table === null) return { matching: [], nearest: [] };
    const misses = this.#missesOf(table, input);
    const fewest = misses.reduce((least, { length }) => (length === 0 ? least : Math.min(least, length)), Infinity);
    return {
      matching: misses.flatMap((columns, position) => (columns.length === 0 ? [position] : [])),
      nearest: misses.flatMap((columns, position) => (columns.length === fewest ? [{ position, misses: columns }] : [])).slice(0, NEAREST_MAX),
    };
  }

  /** For each row the columns whose cells do not match. */
  #missesOf(table: DecisionTable, input: TableInput): readonly (readonly string[])[] {
    const keys = inputsOf(table).map(({ key }) => key);
    return this.#compile(table).cells.map((row) => keys.filter((key, index) => row[index]?.matches(input[key]) !== true));
  }

  /** The last of the rows that ask most of what the input has. */
  #mostAlike(table: DecisionTable, input: TableInput): number {
    const keys = inputsOf(table).map(({ key }) => key);
    const likeness = this.#compile(table).cells.map((row) => keys.filter((key, index) => row[index]?.any === false && row[index].matches(input[key])).length);
    return likeness.lastIndexOf(likeness.reduce((most, count) => Math.max(most, count), 0));
  }

  #compile(table: DecisionTable): CompiledTable {
    const known = this.#compiled.get(table);
    if (known !== undefined) return known;
    const compiled = compileTable(table, NO_FACTS, () => undefined);
    this.#compiled.set(table, compiled);
    return compiled;
  }
}

function inputsOf({ columns }: DecisionTable): readonly InputColumn[] {
  return columns.filter((column): column is InputColumn => "key" in column);
}

/** A content as a decision table, when it has columns and rows; whatever else is in it may still be wrong. */
export function tableOf(content: Json | undefined): DecisionTable | null {
  return isJsonObject(content) && content["kind"] === "decision-table" && Array.isArray(content["rows"]) && Array.isArray(content["columns"]) ? (content as unknown as DecisionTable) : null;
}
