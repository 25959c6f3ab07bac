import type { CompiledCell } from "../feel/unary-test.ts";
import type { Report } from "../language/diagnostic.ts";
import type { DecisionTable, OutputColumn } from "../language/table-kinds.ts";
import { pointer } from "../rules/fact-path.ts";
import type { FactName, Facts } from "../rules/facts.ts";
import type { Json } from "../support/json.ts";
import type { MatchedRow } from "./hit-policy.ts";
import { createHitPolicy } from "./hit-policy.ts";
import { buildRowIndex } from "./row-index.ts";
import { compileCells } from "./table-cells.ts";
import { compileColumns } from "./table-columns.ts";
import { compileOutputs } from "./table-outputs.ts";

/** The answer of a decision table. */
export type TableResult =
  /** One set of outputs (single-hit policies, `otherwise`, or an aggregate under its output's name). */
  | { readonly hit: "one"; readonly outputs: { readonly [output: string]: Json }; readonly rows: readonly string[]; readonly otherwise: boolean }
  /** A list of outputs (COLLECT without aggregate, RULE_ORDER, OUTPUT_ORDER). */
  | { readonly hit: "list"; readonly list: readonly { readonly [output: string]: Json }[]; readonly rows: readonly string[] }
  /** No row matched and there is no `otherwise`. */
  | { readonly hit: "none"; readonly rows: readonly [] }
  /** The hit policy was violated at run time: UNIQUE with two rows, ANY with different outputs. */
  | { readonly hit: "conflict"; readonly rows: readonly string[]; readonly message: string };

/** A decision table compiled into predicates and equality indexes. */
export interface CompiledTable {
  readonly definition: DecisionTable;
  /** The answer for these facts. `given` stands, by the key of its column, for what a column would read. */
  readonly evaluate: (facts: Facts, given?: ReadonlyMap<string, Json | undefined>) => TableResult;
  /** The input cells, `[row][input column]`; equal cells of a column are one object. */
  readonly cells: readonly (readonly CompiledCell[])[];
}

interface Row extends MatchedRow {
  /** The cells that are not `-`. */
  readonly tests: readonly { readonly column: number; readonly matches: CompiledCell["matches"] }[];
}

/**
 * Compiles a decision table: inputs to closures, cells to predicates and an index, outputs to literals and expressions.
 * Never throws for a table of the right shape; what is wrong is reported, and a cell that is wrong never matches.
 */
export function compileTable(table: DecisionTable, allowedFacts: ReadonlySet<FactName>, report: Report): CompiledTable {
  const { inputs, outputs } = compileColumns(table, allowedFacts, report);
  checkPolicy(table, outputs, report);
  checkRows(table, report);
  const cells = compileCells(table.rows, inputs.map(({ column }) => column), report);
  const rows = table.rows.map((row, index): Row => ({
    id: row.id,
    outputs: compileOutputs(row, outputs, allowedFacts, report, `/rows/${index}`),
    tests: (cells[index] ?? []).flatMap(({ any, matches }, column) => (any ? [] : [{ column, matches }])),
  }));
  const none = compileNone(table, outputs, allowedFacts, report);
  const findCandidates = buildRowIndex(cells);
  const decide = createHitPolicy(table);
  const onlyFirst = table.hitPolicy === "FIRST";
  return {
    definition: table,
    cells,
    evaluate: (facts, given) => {
      const values = given
        ? inputs.map(({ column, read }) => (given.has(column.key) ? given.get(column.key) : read(facts)))
        : inputs.map(({ read }) => read(facts));
      const matched: Row[] = [];
      for (const candidate of findCandidates(values)) {
        const row = rows[candidate] as Row;
        if (!row.tests.every((test) => test.matches(values[test.column]))) continue;
        matched.push(row);
        if (onlyFirst) break;
      }
      return matched.length > 0 ? decide(matched, facts) : none(facts);
    },
  };
}

function compileNone(
  table: DecisionTable, columns: readonly OutputColumn[], allowed: ReadonlySet<FactName>, report: Report,
): (facts: Facts) => TableResult {
  if (table.otherwise) {
    checkKeys(table.otherwise, new Set(columns.map((column) => column.out)), report, "/otherwise");
    const outputs = compileOutputs(table.otherwise, columns, allowed, report, "/otherwise");
    return (facts) => ({ hit: "one", outputs: outputs(facts), rows: [], otherwise: true });
  }
  const [counted] = columns;
  if (table.hitPolicy === "COLLECT" && table.aggregate === "COUNT" && counted) {
    return () => ({ hit: "one", outputs: { [counted.out]: 0 }, rows: [], otherwise: false });
  }
  return () => ({ hit: "none", rows: [] });
}

function checkRows(table: DecisionTable, report: Report): void {
  const known = new Set(["id", ...table.columns.map((column) => ("out" in column ? column.out : column.key))]);
  const ids = new Set<string>();
  for (const [index, row] of table.rows.entries()) {
    const path = `/rows/${index}`;
    if (typeof row.id !== "string" || row.id === "") report("missing-row-id", path, "Every row needs an id, a word unique in its table.");
    else if (ids.has(row.id)) report("duplicate-row-id", `${path}/id`, `The row id ${row.id} is taken.`);
    ids.add(row.id);
    checkKeys(row, known, report, path);
  }
}

function checkKeys(cells: object, known: ReadonlySet<string>, report: Report, path: string): void {
  for (const key of Object.keys(cells)) {
    if (!known.has(key)) report("unknown-column", pointer(path, key), `The table has no column ${key}.`);
  }
}

function checkPolicy(table: DecisionTable, outputs: readonly OutputColumn[], report: Report): void {
  const { hitPolicy, aggregate } = table;
  if ((hitPolicy === "PRIORITY" || hitPolicy === "OUTPUT_ORDER") && !outputs.some((column) => column.values)) {
    report("priority-needs-values", "/columns", `${hitPolicy} goes by the order of an output's values, and no output lists any.`);
  }
  if (aggregate === undefined) return;
  if (hitPolicy !== "COLLECT") report("aggregate-needs-collect", "/aggregate", "Only the hit policy COLLECT has an aggregate.");
  if (outputs.length !== 1 || (aggregate !== "COUNT" && outputs[0]?.type !== "number")) {
    report("aggregate-needs-one-number", "/aggregate", `${aggregate} needs a table with one output, of type number.`);
  }
}
