import { jsonPointer } from "../../support/json-pointer.ts";
import type { TableAnalysis, TableInput } from "../../table/analyze-table.ts";
import type { CompiledTable } from "../../table/compile-table.ts";
import type { Report } from "../diagnostic.ts";
import type { DecisionTable } from "../table-kinds.ts";
import { analyzeAsUsed } from "./analyze-as-used.ts";
import type { CheckContext } from "./check.ts";
import { NEEDS_OTHERWISE } from "./check-table-purposes.ts";

/** Findings of one kind that are reported of one table; the analysis itself lists more. */
const REPORTED_MAX = 5;

/** Decision tables answer every input that may come, once, and no row is there in vain (A20). */
export function checkTables(context: CheckContext): void {
  for (const { file, definition } of context.index.all("decision-table")) {
    const compiled = context.tables.get(definition.key);
    if (compiled) checkTable(compiled, context.reportFor(file), context);
  }
}

function checkTable({ definition: table, cells }: CompiledTable, report: Report, context: CheckContext): void {
  const analysis = analyzeAsUsed(table, context, { cells, information: false });
  reportGaps(analysis.gaps, report);
  reportRows(table, analysis, cells, report);
  if (analysis.otherwiseUnused && !NEEDS_OTHERWISE.has(table.purpose)) {
    report("table-otherwise-unused", "/otherwise", "The rows match every input, so this never answers; remove it, or a row that goes too far.");
  }
}

function reportGaps(gaps: readonly TableInput[], report: Report): void {
  for (const input of gaps.slice(0, REPORTED_MAX)) report(
    "table-gap", "/rows",
    `No row matches ${inWords(input)}, and there is no otherwise; add one of the two.`,
  );
}

function reportRows(table: DecisionTable, analysis: TableAnalysis, cells: CompiledTable["cells"], report: Report): void {
  const inputs = table.columns.flatMap((column) => ("key" in column ? [column] : []));
  for (const { id, position, column } of analysis.dead) {
    const place = inputs.findIndex(({ key }) => key === column);
    // A cell that is wrong, or holds what its column does not list, has been reported.
    const cell = cells[position]?.[place];
    const told = cell?.tests === null || (cell?.keys?.some((key) => key !== null && inputs[place]?.values?.includes(key) === false) ?? false);
    if (!told) report("table-dead-row", jsonPointer("rows", position, column), `No value fits this cell, so "${id}" matches nothing; correct it or remove the row.`);
  }
  for (const { id, position, by } of analysis.shadowed.slice(0, REPORTED_MAX)) report(
    "table-shadowed", jsonPointer("rows", position),
    `"${id}" never answers: ${by.map((row) => `"${row.id}"`).join(" and ")} ${by.length === 1 ? "takes" : "take"} every input it matches. Move it up, or remove it.`,
  );
  for (const { rows: [first, second], input } of analysis.overlapsAreWrong ? analysis.overlaps.slice(0, REPORTED_MAX) : []) report(
    "table-overlap", jsonPointer("rows", second.position),
    `"${first.id}" and "${second.id}" both match ${inWords(input)}, and ${table.hitPolicy === "ANY" ? "answer differently" : "the hit policy UNIQUE allows one"}; make one of them narrower or choose another hit policy.`,
  );
}

function inWords(input: TableInput): string {
  return Object.entries(input).map(([column, value]) => `${column} ${JSON.stringify(value)}`).join(", ") || "anything";
}
