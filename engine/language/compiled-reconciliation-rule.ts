import type { CompiledCondition } from "../rules/compile-condition.ts";
import type { Drift, ReconciliationPair, ReconciliationRule } from "./reconciliation-kinds.ts";

/** A reconciliation rule ready to be evaluated. Facts of all conditions: `now`, and the records of the sides they are about. */
export interface CompiledReconciliationRule {
  readonly definition: ReconciliationRule;
  readonly everyMs: number;
  readonly graceMs: number;
  readonly source: CompiledReconciliationSide;
  readonly counterpart: CompiledReconciliationSide;
  readonly match: readonly CompiledPair[];
  readonly compare: readonly CompiledComparison[];
  readonly drifts: readonly { readonly definition: Drift; readonly when?: CompiledCondition }[];
}

export interface CompiledReconciliationSide {
  readonly where?: CompiledCondition;
}

/** The segments of a path on each side. */
export interface CompiledPair {
  readonly source: readonly string[];
  readonly counterpart: readonly string[];
}

export interface CompiledComparison extends CompiledPair {
  /** As they are written. */
  readonly paths: ReconciliationPair;
  readonly tolerance: null | { readonly by: "number"; readonly amount: number } | { readonly by: "span"; readonly ms: number };
}
