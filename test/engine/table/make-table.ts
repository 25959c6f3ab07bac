import type { DecisionTable } from "../../../engine/language/table-kinds.ts";
import type { FactName } from "../../../engine/rules/facts.ts";
import { FACT_NAMES } from "../../../engine/rules/facts.ts";
import type { CompiledTable } from "../../../engine/table/compile-table.ts";
import { compileTable } from "../../../engine/table/compile-table.ts";

const ALL: ReadonlySet<FactName> = new Set(FACT_NAMES);

/** A table of purpose `general`; only what a test is about needs to be said. */
export function makeTable(parts: Partial<DecisionTable> & Pick<DecisionTable, "columns" | "rows">): DecisionTable {
  return {
    kind: "decision-table", key: "table", version: 1, title: "Table", description: "A table.", purpose: "general", hitPolicy: "FIRST", ...parts,
  };
}

/** The compiled table and what the compiler said about it, as `code path`. */
export function compileWithProblems(
  parts: Parameters<typeof makeTable>[0], allowed = ALL,
): CompiledTable & { readonly problems: readonly string[] } {
  const problems: string[] = [];
  return { ...compileTable(makeTable(parts), allowed, (code, path) => problems.push(`${code} ${path}`)), problems };
}
