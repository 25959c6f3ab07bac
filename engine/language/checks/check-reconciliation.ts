import { jsonPointer } from "../../support/json-pointer.ts";
import type { CompileContext } from "../compile-context.ts";
import type { Report } from "../diagnostic.ts";
import type { ReconciliationRule, ReconciliationSide } from "../reconciliation-kinds.ts";
import { parseDurationMs } from "../../support/duration.ts";
import { RECORD_FIELDS } from "../record-fields.ts";
import { suggest } from "../suggest.ts";
import { leavesOf } from "./condition-leaves.ts";

/** A reconciliation rule asks for fields our records have, and classifies only what it can find. */
export function checkReconciliation(context: CompileContext): void {
  for (const { file, definition } of context.index.all("reconciliation-rule")) {
    const report = context.reportFor(file);
    if (parseDurationMs(definition.every) === 0) report("policy-out-of-range", "/every", "A rule that runs all the time never ends; compare every few minutes, such as PT15M.");
    checkFields(definition, "source", report);
    checkFields(definition, "counterpart", report);
    checkDrifts(definition, report);
  }
}

function checkFields(rule: ReconciliationRule, name: "source" | "counterpart", report: Report): void {
  const side: ReconciliationSide = rule[name];
  if (!("records" in side)) return;
  const known = RECORD_FIELDS[side.records];
  const check = (field: string | undefined, path: string): void => {
    if (field !== undefined && !known.has(field)) report("unknown-field", path, `Records of ${side.records} have no "${field}"${suggest(field, [...known])}`);
  };
  rule.match.forEach((pair, position) => check(pair[name].split(".")[0], jsonPointer("match", position, name)));
  rule.compare?.forEach((pair, position) => check(pair[name].split(".")[0], jsonPointer("compare", position, name)));
  const conditions = [
    ...(side.where ? leavesOf(side.where, jsonPointer(name, "where")) : []),
    ...rule.drifts.flatMap(({ when }, position) => (when ? leavesOf(when, jsonPointer("drifts", position, "when")) : [])),
  ];
  for (const { fact, segments, path } of conditions) if (fact === name) check(segments[0], path);
}

/** Nothing can differ when nothing is compared; and what an earlier drift always takes never comes to a later one. */
function checkDrifts({ drifts, compare = [] }: ReconciliationRule, report: Report): void {
  const taken = new Set<string>();
  drifts.forEach(({ drift, when }, position) => {
    if (compare.length === 0 && drift.includes("DIFFERENT")) report("drift-impossible", jsonPointer("drifts", position, "drift"), "Nothing can be DIFFERENT, because nothing is compared; add compare or take it away.");
    if (drift.every((kind) => taken.has(kind))) report("drift-impossible", jsonPointer("drifts", position), `What stands above takes every ${drift.join(" and ")}; put this one before it.`);
    if (when === undefined) for (const kind of drift) taken.add(kind);
  });
}
