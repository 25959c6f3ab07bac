import { compileValue } from "../feel/compile-value.ts";
import { compileCondition } from "../rules/compile-condition.ts";
import { checkParameters } from "./check-parameters.ts";
import { compileInstant } from "./compile-instant.ts";
import type { PreparedTaskType } from "./compile-task-type.ts";
import type { Report } from "./diagnostic.ts";
import { FACT_SCOPES } from "./fact-scopes.ts";
import type { CompensationPolicy } from "./kinds.ts";

/** Checks that everything in a compensation policy compiles. Nothing runs it yet, so nothing is kept. */
export function compileCompensationPolicy(definition: CompensationPolicy, undo: PreparedTaskType | undefined, report: Report): void {
  if (!definition.compensatable) return;
  const facts = FACT_SCOPES.compensation;
  compileValue(definition.with ?? {}, facts, report, "/with");
  if (undo) checkParameters(undo.parameters, definition.with ?? {}, report, "/with");
  if (definition.deadline !== undefined) compileInstant(definition.deadline, facts, report, "/deadline");
  if (definition.allowedWhen) compileCondition(definition.allowedWhen, facts, report, "/allowedWhen");
  if (definition.approval?.when) compileCondition(definition.approval.when, facts, report, "/approval/when");
}
