import type { DecisionTable } from "../language/kinds.ts";
import type { Facts } from "../rules/facts.ts";
import type { Json } from "../support/json.ts";

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
  readonly evaluate: (facts: Facts) => TableResult;
}
