import type { DecisionTable, HitPolicy } from "../language/table-kinds.ts";
import type { Facts } from "../rules/facts.ts";
import { jsonEqual } from "../rules/operators.ts";
import type { Json } from "../support/json.ts";
import type { TableResult } from "./compile-table.ts";
import type { CompiledOutputs, Outputs } from "./table-outputs.ts";
import { createPriority } from "./table-outputs.ts";

/** A row as the hit policies see it. */
export interface MatchedRow {
  readonly id: string;
  readonly outputs: CompiledOutputs;
}

/** What a table answers when these rows, at least one and in their order, have matched. */
export type DecideHit = (matched: readonly MatchedRow[], facts: Facts) => TableResult;

/** The answer of a hit policy as DMN defines it. */
export function createHitPolicy(table: Pick<DecisionTable, "hitPolicy" | "aggregate" | "columns">): DecideHit {
  const columns = table.columns.filter((column) => "out" in column);
  const byPriority = createPriority(columns);
  const policies: { readonly [policy in HitPolicy]: DecideHit } = {
    UNIQUE: unique,
    FIRST: first,
    ANY: agreed,
    PRIORITY: (matched, facts) => {
      const best = evaluated(matched, facts).reduce((top, row) => (byPriority(row.outputs, top.outputs) < 0 ? row : top));
      return { hit: "one", outputs: best.outputs, rows: [best.id], otherwise: false };
    },
    COLLECT: table.aggregate ? aggregation(table.aggregate, columns[0]?.out ?? "") : list,
    RULE_ORDER: list,
    OUTPUT_ORDER: (matched, facts) => {
      const sorted = evaluated(matched, facts).sort((left, right) => byPriority(left.outputs, right.outputs));
      return { hit: "list", list: sorted.map((row) => row.outputs), rows: sorted.map((row) => row.id) };
    },
  };
  return policies[table.hitPolicy];
}

const idsOf = (matched: readonly MatchedRow[]): string[] => matched.map((row) => row.id);

const evaluated = (matched: readonly MatchedRow[], facts: Facts): { id: string; outputs: Outputs }[] =>
  matched.map((row) => ({ id: row.id, outputs: row.outputs(facts) }));

const conflict = (matched: readonly MatchedRow[], message: string): TableResult => ({
  hit: "conflict", rows: idsOf(matched), message,
});

const first: DecideHit = (matched, facts) => {
  const [row] = matched;
  if (!row) return { hit: "none", rows: [] };
  return { hit: "one", outputs: row.outputs(facts), rows: [row.id], otherwise: false };
};

const unique: DecideHit = (matched, facts) =>
  matched.length === 1
    ? first(matched, facts)
    : conflict(matched, `${matched.length} rows match, but the hit policy UNIQUE allows one: ${idsOf(matched).join(", ")}.`);

const agreed: DecideHit = (matched, facts) => {
  const [outputs, ...others] = matched.map((row) => row.outputs(facts));
  return outputs && others.every((other) => jsonEqual(outputs, other))
    ? { hit: "one", outputs, rows: idsOf(matched), otherwise: false }
    : conflict(matched, `Rows with different outputs match, but the hit policy ANY allows none: ${idsOf(matched).join(", ")}.`);
};

const list: DecideHit = (matched, facts) => ({
  hit: "list", list: matched.map((row) => row.outputs(facts)), rows: idsOf(matched),
});

const AGGREGATES: { readonly [name in "SUM" | "MIN" | "MAX"]: (numbers: readonly number[]) => number } = {
  SUM: (numbers) => numbers.reduce((sum, number) => sum + number, 0),
  MIN: (numbers) => numbers.reduce((least, number) => Math.min(least, number)),
  MAX: (numbers) => numbers.reduce((most, number) => Math.max(most, number)),
};

/** A row whose output is no number is a conflict: a sum that leaves something out would be a silent mistake. */
function aggregation(aggregate: NonNullable<DecisionTable["aggregate"]>, output: string): DecideHit {
  return (matched, facts) => {
    const rows = idsOf(matched);
    const one = (value: Json): TableResult => ({ hit: "one", outputs: { [output]: value }, rows, otherwise: false });
    if (aggregate === "COUNT") return one(matched.length);
    const numbers: number[] = [];
    for (const row of evaluated(matched, facts)) {
      const value = row.outputs[output];
      if (typeof value !== "number") return conflict(matched, `Row ${row.id} gives no number to the aggregate ${aggregate}.`);
      numbers.push(value);
    }
    return one(AGGREGATES[aggregate](numbers));
  };
}
