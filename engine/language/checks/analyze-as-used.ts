import { analyzeTable, type AnalysisOptions, type TableAnalysis } from "../../table/analyze-table.ts";
import type { CompileContext } from "../compile-context.ts";
import type { DecisionTable } from "../table-kinds.ts";
import { NEEDS_OTHERWISE } from "./check-table-purposes.ts";
import { knownByFact, knownByIntake } from "./known-values.ts";

/**
 * What can be said of a table where it is used: only gaps an input can reach. A decomposition table is asked for what its
 * order schemas accept; what no row of an authority table allows is refused.
 */
export function analyzeAsUsed(table: DecisionTable, context: CompileContext, options: Pick<AnalysisOptions, "cells" | "information"> = {}): TableAnalysis {
  const analysis = analyzeTable(table, { ...options, known: knownByFact(table) });
  if (table.purpose === "authority" || NEEDS_OTHERWISE.has(table.purpose)) return { ...analysis, gaps: [] };
  if (table.purpose !== "decomposition" || analysis.gaps.length === 0) return analysis;
  return { ...analysis, gaps: knownByIntake(table, context).flatMap((known) => analyzeTable(table, { ...options, known, information: false }).gaps) };
}
