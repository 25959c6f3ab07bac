import { compileValue } from "../feel/compile-value.ts";
import { compileCondition } from "../rules/compile-condition.ts";
import { checkParameters } from "./check-parameters.ts";
import { compileInstant } from "./compile-instant.ts";
import type { PreparedTaskType } from "./compile-task-type.ts";
import type { CompiledCompensation } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import { FACT_SCOPES } from "./fact-scopes.ts";
import type { CompensationPolicy } from "./kinds.ts";

/** Compiles a compensation policy; `undoTask` finds the task type that takes the effect back. */
export function compileCompensationPolicy(
  definition: CompensationPolicy, undoTask: (key: string) => PreparedTaskType, report: Report,
): CompiledCompensation {
  const { key } = definition;
  if (!definition.compensatable) return { compensatable: false, key, reason: definition.reason };
  const { deadline, allowedWhen, approval } = definition;
  const facts = FACT_SCOPES.compensation;
  const given = definition.with ?? {};
  const undo = undoTask(definition.taskType);
  checkParameters(undo.parameters, given, report, "/with");
  const approvalWhen = approval?.when ? { when: compileCondition(approval.when, facts, report, "/approval/when") } : {};
  return {
    compensatable: true,
    key,
    title: definition.title,
    impact: definition.impact,
    taskType: undo.compiled,
    with: compileValue(given, facts, report, "/with"),
    ...(deadline === undefined ? {} : { deadline: compileInstant(deadline, facts, report, "/deadline") }),
    ...(allowedWhen ? { allowedWhen: compileCondition(allowedWhen, facts, report, "/allowedWhen") } : {}),
    ...(approval ? { approval: { role: approval.role, ...approvalWhen } } : {}),
  };
}
