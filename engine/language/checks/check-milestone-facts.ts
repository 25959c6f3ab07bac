import type { CompileContext } from "../compile-context.ts";
import type { Report } from "../diagnostic.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { Condition } from "../kinds.ts";
import { suggest } from "../suggest.ts";
import { leavesOf } from "./condition-leaves.ts";
import { milestonesOf, milestonesOfAll } from "./template-names.ts";

/** Conditions, status tables and change tables may only look at milestones that exist: a misspelled one would silently never be reached. */
export function checkMilestoneFacts(context: CompileContext): void {
  for (const { file, definition: template } of context.index.all("plan-template")) {
    if (template.completeWhen) checkCondition(template.completeWhen, milestonesOf(template), context.reportFor(file), "/completeWhen");
  }
  const all = milestonesOfAll(context);
  for (const { file, definition: policy } of context.index.all("compensation-policy")) {
    if (!policy.compensatable) continue;
    if (policy.allowedWhen) checkCondition(policy.allowedWhen, all, context.reportFor(file), "/allowedWhen");
    if (policy.approval?.when) checkCondition(policy.approval.when, all, context.reportFor(file), "/approval/when");
  }
  for (const { definition: map } of context.index.all("milestone-map")) {
    checkTable(map.statusTable, milestonesOfAll(context, (template) => template.milestoneMap === map.key), context);
  }
  for (const { definition: policy } of context.index.all("change-policy")) {
    checkTable(policy.decide, milestonesOfAll(context, (template) => template.changePolicy === policy.key), context);
  }
}

function checkTable(key: string, known: ReadonlySet<string>, context: CompileContext): void {
  for (const { file, definition: table } of context.index.all("decision-table")) {
    if (table.key !== key) continue;
    table.columns.forEach((column, position) => {
      if (!("in" in column) || !column.in.startsWith("milestones.")) return;
      checkName(column.in.split(".")[1] ?? "", known, context.reportFor(file), jsonPointer("columns", position, "in"));
    });
  }
}

function checkCondition(condition: Condition, known: ReadonlySet<string>, report: Report, path: string): void {
  for (const leaf of leavesOf(condition, path)) {
    const [name] = leaf.segments;
    if (leaf.fact === "milestones" && name !== undefined) checkName(name, known, report, `${leaf.path}/path`);
  }
}

function checkName(name: string, known: ReadonlySet<string>, report: Report, path: string): void {
  if (!known.has(name)) report("unknown-milestone", path, `There is no milestone "${name}" here${suggest(name, [...known])}`);
}
