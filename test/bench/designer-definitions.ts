import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import type { PlanTemplate, TemplateTask } from "../../engine/language/kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import { ROOT } from "../slow/processes.ts";
import { largeTable } from "./large-definitions.ts";

/** Rows of the plan: this many tasks run beside each other. */
const BROAD = 25;

/**
 * A plan of so many tasks with one and a half times as many dependencies: each waits for the one before it in its row, and
 * every second one passes a value to the next row besides.
 */
export function largePlan(tasks: number): PlanTemplate {
  return {
    kind: "plan-template", key: "large", version: 1, title: "A large plan", description: "A plan of the benchmark.", milestoneMap: "home-fiber", fallout: "fallout", deadline: "P400D",
    tasks: Array.from({ length: tasks }, (_, index): TemplateTask => {
      const neighbor = index - BROAD + (index % BROAD === 0 ? BROAD - 1 : -1);
      return {
        key: `step-${index}`, type: "reserve-resource", title: `Reserve resource ${index}`, with: { resource: "ONT" },
        ...(index < BROAD ? {} : { dependsOn: [{ type: "success", task: `step-${index - BROAD}` }, ...(index % 2 === 0 ? [{ type: "output", task: `step-${neighbor}`, with: { output: "reservationId" }, as: "neighbor" }] : [])] }),
      };
    }),
    milestones: [{ key: "service-activated", reachedBy: [`step-${tasks - 1}`] }],
    billingTriggers: [],
  };
}

/** A folder with the shipped definitions, a plan `large` of so many tasks, and a decision table `large` of so many rows. */
export function writeLargeDefinitions(tasks: number, rows: number): string {
  const folder = mkdtempSync(join(tmpdir(), "orderloom-large-"));
  cpSync(join(ROOT, "definitions"), folder, { recursive: true });
  writeFileSync(join(folder, "plan-template/large.json"), formatDefinition(largePlan(tasks) as unknown as Json));
  writeFileSync(join(folder, "decision-table/large.json"), formatDefinition(largeTable(rows) as Json));
  return folder;
}
