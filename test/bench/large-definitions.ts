import type { DefinitionText } from "../../server/load-release.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import { minimalRelease, type Draft } from "../../engine/language/examples/minimal-release.ts";
import type { Json } from "../../engine/support/json.ts";

/** Rows whose cells are lists, intervals, dates and negations, as tables have that people keep. */
export function largeTable(rows: number): Draft {
  return {
    kind: "decision-table", key: "large", version: 1, title: "Large", description: "A large table.", purpose: "general", hitPolicy: "FIRST",
    columns: [
      { key: "offering", in: "item.offering", type: "string" }, { key: "quantity", in: "item.quantity", type: "number" },
      { key: "region", in: "order.region", type: "string" }, { key: "date", in: "item.requestedDate", type: "date" }, { out: "fee", type: "number" },
    ],
    rows: Array.from({ length: rows }, (_, row) => ({
      id: `r${row}`, offering: [`OFFERING_${row >> 3}`], quantity: ["1", "[2..4]", "(4..10]", "> 10"][row & 3] as string,
      region: row & 4 ? "not(\"north\")" : "\"north\"", ...(row % 5 === 0 ? { date: `>= date("2026-0${1 + (row % 9)}-01")` } : {}), fee: row,
    })),
    otherwise: { fee: 0 },
  };
}

/** A release with one plan template of so many tasks and one table of so many rows, as the files of a folder. */
export function largeDefinitions(tasks: number, rows: number): readonly DefinitionText[] {
  const release = minimalRelease();
  const template = release.get("plan-template/demo-add.json") as { tasks: Draft[]; deadline: string };
  template.deadline = "P400D";
  for (let task = 0; task < tasks - 4; task += 1) {
    template.tasks.push({
      key: `step-${task}`, type: "reserve", with: { resource: "PORT" },
      ...(task === 0 ? {} : { dependsOn: [{ type: "output", task: `step-${(task - 1) >> 1}`, with: { output: "reservationId" } }] }),
    });
  }
  release.set("decision-table/large.json", largeTable(rows));
  return [...release].map(([path, draft]) => ({ path, text: formatDefinition(draft as Json) }));
}
