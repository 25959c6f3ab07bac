import type { Report } from "../language/diagnostic.ts";
import type { DecisionTable, InputColumn, OutputColumn } from "../language/table-kinds.ts";
import { compileExpression } from "../feel/compile-expression.ts";
import { isFeel } from "../feel/compile-value.ts";
import { parsePath, pointer } from "../rules/fact-path.ts";
import type { FactName, Facts } from "../rules/facts.ts";
import { FORBIDDEN_SEGMENTS, readPath } from "../rules/facts.ts";
import type { Json } from "../support/json.ts";

/** An input column with the closure that reads its value. */
export interface CompiledInput {
  readonly column: InputColumn;
  readonly read: (facts: Facts) => Json | undefined;
}

/** The columns of a table, each kind in the order in which they are written. */
export interface CompiledColumns {
  readonly inputs: readonly CompiledInput[];
  readonly outputs: readonly OutputColumn[];
}

/** Splits a table's columns, checks their names and compiles what the inputs read. */
export function compileColumns(table: DecisionTable, allowed: ReadonlySet<FactName>, report: Report): CompiledColumns {
  const inputs: CompiledInput[] = [];
  const outputs: OutputColumn[] = [];
  const names = new Set<string>(["id"]);
  for (const [index, column] of table.columns.entries()) {
    const path = `/columns/${index}`;
    const [property, name] = "out" in column ? ["out", column.out] : ["key", column.key];
    if (names.has(name) || FORBIDDEN_SEGMENTS.has(name)) {
      report("duplicate-column", pointer(path, property), `A column may not be called ${name}: the name is taken.`);
    }
    names.add(name);
    if ("out" in column) outputs.push(column);
    else inputs.push({ column, read: compileInput(column.in, allowed, report, pointer(path, "in")) });
  }
  return { inputs, outputs };
}

function compileInput(
  source: string, allowed: ReadonlySet<FactName>, report: Report, path: string,
): CompiledInput["read"] {
  if (isFeel(source)) return compileExpression(source.slice(1), allowed, report, path).evaluate;
  const segments = parsePath(source);
  if (!segments) {
    report("path-forbidden", path, `${JSON.stringify(source)} is no fact path; FEEL begins with =.`);
    return () => undefined;
  }
  const [first, ...rest] = segments;
  const fact = first as FactName;
  if (!allowed.has(fact)) {
    report("unknown-fact", path, `The fact ${fact} does not exist here. Known here: ${[...allowed].join(", ")}.`);
    return () => undefined;
  }
  return (facts) => readPath(facts[fact], rest);
}
