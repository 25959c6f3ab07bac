import type { CompileContext } from "../compile-context.ts";
import type { FiledDefinition } from "../definition-index.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { DecisionTable, TablePurpose } from "../table-kinds.ts";
import { legalOutputs } from "./legal-outputs.ts";

/** Outputs a table of each purpose must have. */
export const TABLE_OUTPUTS: { readonly [purpose in TablePurpose]: readonly string[] } = {
  decomposition: ["planTemplate"],
  failure: ["class"],
  fallout: ["category", "severity", "queue", "sla", "customerImpact", "revenueImpact", "manualTask", "repairs"],
  authority: ["allow"],
  "customer-status": ["status"],
  change: ["answer"],
  "change-task": ["do"],
  general: [],
};

const SINGLE_HIT: ReadonlySet<string> = new Set(["UNIQUE", "FIRST", "PRIORITY", "ANY"]);
/** Purposes where an answer is needed for every case. */
export const NEEDS_OTHERWISE: ReadonlySet<TablePurpose> = new Set(["failure", "fallout", "customer-status", "change", "change-task"]);

/** A table must have the purpose its users expect, the outputs of its purpose, and answers that mean something. */
export function checkTablePurposes(context: CompileContext): void {
  checkUses(context);
  for (const filed of context.index.all("decision-table")) checkTable(filed, context);
}

function checkUses(context: CompileContext): void {
  const expect = (file: string, path: string, key: string, purpose: TablePurpose): void => {
    const table = context.index.get("decision-table", key);
    if (table && table.purpose !== purpose) {
      context.reportFor(file)(
        "wrong-table-purpose", path,
        `The table "${key}" is for ${table.purpose}; name one whose purpose is ${purpose}.`,
      );
    }
  };
  for (const { file, definition } of context.index.all("target-system")) expect(file, "/failures", definition.failures, "failure");
  for (const { file, definition } of context.index.all("plan-template")) expect(file, "/fallout", definition.fallout, "fallout");
  for (const { file, definition } of context.index.all("milestone-map")) expect(file, "/statusTable", definition.statusTable, "customer-status");
  for (const { file, definition } of context.index.all("change-policy")) {
    expect(file, "/decide", definition.decide, "change");
    expect(file, "/tasks", definition.tasks, "change-task");
  }
}

function checkTable({ file, definition: table }: FiledDefinition<DecisionTable>, context: CompileContext): void {
  const report = context.reportFor(file);
  const outputs = new Set(table.columns.flatMap((column) => ("out" in column ? [column.out] : [])));
  for (const output of TABLE_OUTPUTS[table.purpose]) {
    if (!outputs.has(output)) report(
      "table-output-missing", "/columns",
      `A table of purpose ${table.purpose} needs the output "${output}"; add the column.`,
    );
  }
  if (table.purpose !== "general" && !SINGLE_HIT.has(table.hitPolicy)) {
    report("wrong-hit-policy", "/hitPolicy", `A table of purpose ${table.purpose} gives one answer; use UNIQUE, FIRST, PRIORITY or ANY.`);
  }
  if (NEEDS_OTHERWISE.has(table.purpose) && !table.otherwise) {
    report("table-without-otherwise", "", `A table of purpose ${table.purpose} must always have an answer; add otherwise.`);
  }
  const legal = legalOutputs(table, context);
  const answers = [
    ...table.rows.map((row, position) => ({ cells: row, path: jsonPointer("rows", position) })),
    ...(table.otherwise ? [{ cells: table.otherwise, path: "/otherwise" }] : []),
  ];
  for (const { cells, path } of answers) {
    for (const { output, check } of legal) {
      const cell = Object.hasOwn(cells, output) ? cells[output] : undefined;
      if (cell === undefined || (typeof cell === "string" && cell.startsWith("="))) continue;
      const problem = check(cell);
      if (problem) report(problem.code, path + jsonPointer(output), problem.message);
    }
  }
}
