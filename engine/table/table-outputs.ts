import { isOfOutput } from "../feel/cell-domain.ts";
import { compileExpression } from "../feel/compile-expression.ts";
import { isFeel } from "../feel/compile-value.ts";
import type { Report } from "../language/diagnostic.ts";
import type { OutputColumn } from "../language/table-kinds.ts";
import { pointer } from "../rules/fact-path.ts";
import type { FactName, Facts } from "../rules/facts.ts";
import { jsonEqual } from "../rules/operators.ts";
import type { Json } from "../support/json.ts";

/** One set of outputs: every output column is a key, null where the row says nothing. */
export type Outputs = { readonly [output: string]: Json };

/** The outputs of one row; FEEL cells are evaluated at each call. */
export type CompiledOutputs = (facts: Facts) => Outputs;

/** Compiles the output cells of a row or of `otherwise`, and checks literals against type and allowed values. */
export function compileOutputs(
  cells: { readonly [column: string]: Json | undefined }, columns: readonly OutputColumn[], allowed: ReadonlySet<FactName>,
  report: Report, path: string,
): CompiledOutputs {
  const literals: { [output: string]: Json } = {};
  const expressions: (readonly [string, (facts: Facts) => Json])[] = [];
  for (const column of columns) {
    const cell = (Object.hasOwn(cells, column.out) ? cells[column.out] : null) ?? null;
    const at = pointer(path, column.out);
    literals[column.out] = isFeel(cell) ? null : cell;
    if (isFeel(cell)) expressions.push([column.out, compileExpression(cell.slice(1), allowed, report, at).evaluate]);
    else checkLiteral(cell, column, report, at);
  }
  if (expressions.length === 0) {
    const outputs: Outputs = Object.freeze(literals);
    return () => outputs;
  }
  return (facts) => {
    const outputs = { ...literals };
    for (const [name, evaluate] of expressions) outputs[name] = evaluate(facts);
    return outputs;
  };
}

function checkLiteral(cell: Json, column: OutputColumn, report: Report, path: string): void {
  if (cell === null) return;
  if (!isOfOutput(column.type, cell)) {
    report("type-mismatch", path, `${JSON.stringify(cell)} is no ${column.type}, which ${column.out} must be.`);
    return;
  }
  const { values } = column;
  if (!values) return;
  const given = column.type === "list" && Array.isArray(cell) ? (cell as readonly Json[]) : [cell];
  const odd = given.find((one) => !values.some((value) => jsonEqual(one, value)));
  if (odd !== undefined) {
    report("output-not-allowed", path, `${JSON.stringify(odd)} is not among the values of ${column.out}: ${JSON.stringify(values)}.`);
  }
}

/** Compares two sets of outputs by priority: the first output column with `values` is the most significant. */
export function createPriority(columns: readonly OutputColumn[]): (left: Outputs, right: Outputs) => number {
  const ranked = columns.flatMap(({ out, values }) => (values ? [{ out, values }] : []));
  const rank = (values: readonly Json[], value: Json | undefined): number => {
    const place = values.findIndex((one) => jsonEqual(one, value));
    return place < 0 ? values.length : place;
  };
  return (left, right) => {
    for (const { out, values } of ranked) {
      const difference = rank(values, left[out]) - rank(values, right[out]);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}
