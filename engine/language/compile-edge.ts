import { compileValue } from "../feel/compile-value.ts";
import { compileCondition } from "../rules/compile-condition.ts";
import type { Json, JsonObject } from "../support/json.ts";
import { checkParameters } from "./check-parameters.ts";
import { compileDependencyRules } from "./compile-dependency-rules.ts";
import type { PreparedDependencyType } from "./compile-dependency-type.ts";
import type { CompiledEdge } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import { FACT_SCOPES } from "./fact-scopes.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import type { Condition, TemplateEdge } from "./kinds.ts";

/** Compiles one dependency of a template: its type's rules with the edge's own parameters. */
export function compileEdge(edge: TemplateEdge, type: PreparedDependencyType, report: Report, path: string): CompiledEdge {
  const given: JsonObject = edge.with ?? {};
  checkParameters(type.parameters, given, report, `${path}/with`);
  const values: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!type.conditionParameters.has(name)) values[name] = value;
    else compileCondition(value as unknown as Condition, FACT_SCOPES.planning, report, `${path}/with${jsonPointer(name)}`);
  }
  const ruleReport: Report = type.sound ? report : () => undefined;
  const rules = compileDependencyRules(type.definition, given, (rule) => ({
    report: (code, at, message, severity) =>
      ruleReport(code, at.slice(0, path.length), `${message} (In "${rule}" of the dependency type "${type.definition.key}".)`, severity),
    path,
    complain: (message) => ruleReport("parameter-mismatch", `${path}/with`, message),
  }));
  return {
    definition: edge,
    type: type.definition,
    with: compileValue(values, FACT_SCOPES.planning, report, `${path}/with`),
    ...rules,
    as: nameOfInput(edge),
    onImpossible: edge.onImpossible ?? type.definition.onImpossible ?? "FALLOUT",
  };
}

/** Name of the input a dependency provides: its `as`, else its `output` parameter, else the key of its source. */
export function nameOfInput(edge: TemplateEdge): string {
  const output = edge.with?.["output"];
  return edge.as ?? (typeof output === "string" ? output : null) ?? edge.task ?? edge.milestone ?? edge.type;
}
