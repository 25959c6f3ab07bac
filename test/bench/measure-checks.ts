import { FACT_NAMES, type Facts } from "../../engine/rules/facts.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { analyzeTable } from "../../engine/table/analyze-table.ts";
import { compileTable } from "../../engine/table/compile-table.ts";
import { compileTexts } from "../../server/load-release.ts";
import { largeDefinitions, largeTable } from "./large-definitions.ts";
import { report } from "./report.ts";

const TASKS = 5_000;
const ROWS = 10_000;
const LOOKUPS = 500_000;

/** Processor time of the work in ms: other programs on the machine do not count. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Texts of a release to the checked release: one template of 5,000 tasks, one table of 10,000 rows. */
export function measureCheck(): void {
  const texts = largeDefinitions(TASKS, ROWS);
  const valueMs = cpuMs(() => {
    const loaded = compileTexts(texts);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics.slice(0, 3)));
  });
  report({ name: "check", db: "none", inFlight: 1, value: valueMs, unit: "ms of CPU", tasks: TASKS, rows: ROWS });
}

/** What the grid of the designer asks for after every change. */
export function measureTableAnalysis(): void {
  const table = largeTable(ROWS) as unknown as DecisionTable;
  const valueMs = cpuMs(() => {
    if (!analyzeTable(table).complete) throw new Error("The table is too intricate to measure.");
  });
  report({ name: "analyze-table", db: "none", inFlight: 1, value: valueMs, unit: "ms of CPU", rows: ROWS });
}

/** One lookup after the other in a table of 1,000 rows. */
export function measureLookups(): void {
  const { evaluate } = compileTable(largeTable(1_000) as unknown as DecisionTable, new Set(FACT_NAMES), (code, path, message) => {
    throw new Error(`${code} ${path} ${message}`);
  });
  const facts = Array.from({ length: 1_000 }, (_, row): Facts => ({
    item: { offering: `OFFERING_${row >> 3}`, quantity: 1 + (row % 12), requestedDate: "2026-11-06" }, order: { region: row % 2 ? "north" : "south" },
  }));
  const look = (count: number): void => {
    for (let lookup = 0; lookup < count; lookup += 1) evaluate(facts[lookup % facts.length] as Facts);
  };
  look(LOOKUPS / 5);
  const valueMs = cpuMs(() => look(LOOKUPS));
  report({ name: "table-lookup", db: "none", inFlight: 1, value: LOOKUPS / (valueMs / 1_000), unit: "lookups/s of CPU", rows: 1_000 });
}
