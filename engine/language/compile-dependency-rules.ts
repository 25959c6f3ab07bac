import { compileValue, type CompiledValue } from "../feel/compile-value.ts";
import { compileCondition, type CompiledCondition } from "../rules/compile-condition.ts";
import type { Json, JsonObject } from "../support/json.ts";
import { compileInstant } from "./compile-instant.ts";
import type { Report } from "./diagnostic.ts";
import { DEPENDENCY_SCOPES, DEPENDENCY_VALUE_SCOPES } from "./fact-scopes.ts";
import type { Condition, DependencyType } from "./kinds.ts";
import { substituteParameters } from "./substitute-parameters.ts";

export type DependencyRule = "satisfiedWhen" | "impossibleWhen" | "wakeAt" | "provides";

/** Where problems of one rule are reported. */
export interface RuleSite {
  readonly report: Report;
  readonly path: string;
  readonly complain: (message: string) => void;
}

export interface CompiledDependencyRules {
  readonly satisfiedWhen: CompiledCondition;
  readonly impossibleWhen?: CompiledCondition;
  readonly wakeAt?: CompiledValue;
  readonly provides?: CompiledValue;
}

/** Compiles the rules of a dependency type for one set of parameters. */
export function compileDependencyRules(
  type: DependencyType, parameters: JsonObject, siteOf: (rule: DependencyRule) => RuleSite,
): CompiledDependencyRules {
  const values = DEPENDENCY_VALUE_SCOPES[type.binds];
  const fill = (rule: Json, site: RuleSite, feelAllowed: boolean): { readonly filled: Json; readonly whole: boolean } => {
    let whole = true;
    const complain = (message: string): void => {
      whole = false;
      site.complain(message);
    };
    return { filled: substituteParameters(rule, parameters, { feelAllowed, complain }), whole };
  };
  const condition = (rule: DependencyRule, source: Condition): CompiledCondition => {
    const site = siteOf(rule);
    const { filled, whole } = fill(source, site, false);
    return compileCondition(filled as unknown as Condition, DEPENDENCY_SCOPES[type.binds], whole ? site.report : () => undefined, site.path);
  };
  const value = (rule: DependencyRule, source: string, compile: typeof compileValue): CompiledValue => {
    const site = siteOf(rule);
    const { filled, whole } = fill(source, site, true);
    return compile(filled, values, whole ? site.report : () => undefined, site.path);
  };
  return {
    satisfiedWhen: condition("satisfiedWhen", type.satisfiedWhen),
    ...(type.impossibleWhen === undefined ? {} : { impossibleWhen: condition("impossibleWhen", type.impossibleWhen) }),
    ...(type.wakeAt === undefined ? {} : { wakeAt: value("wakeAt", type.wakeAt, compileInstant) }),
    ...(type.provides === undefined ? {} : { provides: value("provides", type.provides, compileValue) }),
  };
}
