import { compileCondition } from "../rules/compile-condition.ts";
import { parsePath } from "../rules/fact-path.ts";
import type { FactName } from "../rules/facts.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import { compileDuration } from "./compile-duration.ts";
import type { CompiledComparison, CompiledReconciliationRule, CompiledReconciliationSide } from "./compiled-reconciliation-rule.ts";
import type { Report } from "./diagnostic.ts";
import { FACT_SCOPES } from "./fact-scopes.ts";
import type { ReconciliationPair, ReconciliationRule, ReconciliationSide } from "./reconciliation-kinds.ts";

export function compileReconciliationRule(definition: ReconciliationRule, report: Report): CompiledReconciliationRule {
  const side = ({ where }: ReconciliationSide, facts: ReadonlySet<FactName>, name: string): CompiledReconciliationSide =>
    where === undefined ? {} : { where: compileCondition(where, facts, report, jsonPointer(name, "where")) };
  return {
    definition,
    everyMs: compileDuration(definition.every, report, "/every"),
    graceMs: compileDuration(definition.grace, report, "/grace"),
    source: side(definition.source, FACT_SCOPES.reconciledSource, "source"),
    counterpart: side(definition.counterpart, FACT_SCOPES.reconciledCounterpart, "counterpart"),
    match: definition.match.map((pair, position) => compilePair(pair, report, jsonPointer("match", position))),
    compare: (definition.compare ?? []).map(({ tolerance, ...pair }, position): CompiledComparison => ({
      ...compilePair(pair, report, jsonPointer("compare", position)),
      paths: pair,
      tolerance: tolerance === undefined ? null : typeof tolerance === "number" ? { by: "number", amount: tolerance } : { by: "span", ms: compileDuration(tolerance, report, jsonPointer("compare", position, "tolerance")) },
    })),
    drifts: definition.drifts.map((drift, position) => ({
      definition: drift,
      ...(drift.when && { when: compileCondition(drift.when, FACT_SCOPES.drift, report, jsonPointer("drifts", position, "when")) }),
    })),
  };
}

function compilePair({ source, counterpart }: ReconciliationPair, report: Report, path: string) {
  return { source: segments(source, report, `${path}/source`), counterpart: segments(counterpart, report, `${path}/counterpart`) };
}

function segments(text: string, report: Report, path: string): readonly string[] {
  const parsed = parsePath(text);
  if (parsed === null) report("path-forbidden", path, `"${text}" is no path; write names joined by dots.`);
  return parsed ?? [];
}
