import { compileCondition } from "../rules/compile-condition.ts";
import { compileDuration } from "./compile-duration.ts";
import { compileInstant } from "./compile-instant.ts";
import type { CompiledBillingTrigger, CompiledTaskType } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import { FACT_SCOPES } from "./fact-scopes.ts";
import type { BillingTrigger } from "./kinds.ts";

export function compileBillingTrigger(definition: BillingTrigger, taskType: CompiledTaskType, report: Report): CompiledBillingTrigger {
  compileDuration(definition.escalateAfter, report, "/escalateAfter");
  return {
    definition,
    charges: compileCondition(definition.charges, FACT_SCOPES.charges, report, "/charges"),
    taskType,
    effectiveFrom: compileInstant(definition.effectiveFrom, FACT_SCOPES.effectiveFrom, report, "/effectiveFrom"),
  };
}
