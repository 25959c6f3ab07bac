import { compileValue, isFeel, type CompiledValue } from "../feel/compile-value.ts";
import { compileCondition } from "../rules/compile-condition.ts";
import type { CompiledTable } from "../table/compile-table.ts";
import { checkParameters } from "./check-parameters.ts";
import type { PreparedDependencyType } from "./compile-dependency-type.ts";
import { compileDuration } from "./compile-duration.ts";
import { compileEdge } from "./compile-edge.ts";
import { compileInstant } from "./compile-instant.ts";
import type { PreparedTaskType } from "./compile-task-type.ts";
import type {
  CompiledBillingTrigger, CompiledChangePolicy, CompiledCompensation, CompiledMilestoneMap, CompiledPlanTemplate, CompiledTemplateMilestone, CompiledTemplateTask,
} from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import { FACT_SCOPES } from "./fact-scopes.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import type { PlanTemplate, TemplateMilestone, TemplateTask } from "./kinds.ts";

/** The compiled definitions a plan template refers to, found by key; all of them exist. */
export interface PlanTemplateParts {
  readonly taskType: (key: string) => PreparedTaskType;
  readonly dependencyType: (key: string) => PreparedDependencyType;
  readonly milestoneMap: (key: string) => CompiledMilestoneMap;
  readonly changePolicy: (key: string) => CompiledChangePolicy;
  readonly table: (key: string) => CompiledTable;
  readonly compensation: (key: string) => CompiledCompensation;
  readonly billingTrigger: (key: string) => CompiledBillingTrigger;
}

export function compilePlanTemplate(definition: PlanTemplate, parts: PlanTemplateParts, report: Report): CompiledPlanTemplate {
  return {
    definition,
    tasks: definition.tasks.map((task, position) => compileTask(task, parts, report, jsonPointer("tasks", position))),
    milestones: definition.milestones.map((milestone, position) => compileMilestone(milestone, report, jsonPointer("milestones", position))),
    milestoneMap: parts.milestoneMap(definition.milestoneMap),
    ...(definition.changePolicy === undefined ? {} : { changePolicy: parts.changePolicy(definition.changePolicy) }),
    fallout: parts.table(definition.fallout),
    billingTriggers: definition.billingTriggers.map(parts.billingTrigger),
    ...(definition.deadline === undefined ? {} : { deadline: compileDeadline(definition.deadline, report) }),
    ...(definition.completeWhen ? { completeWhen: compileCondition(definition.completeWhen, FACT_SCOPES.completeWhen, report, "/completeWhen") } : {}),
  };
}

function compileDeadline(deadline: string, report: Report): CompiledValue {
  if (!isFeel(deadline)) compileDuration(deadline, report, "/deadline");
  return compileValue(deadline, FACT_SCOPES.planning, report, "/deadline");
}

function compileTask(task: TemplateTask, parts: PlanTemplateParts, report: Report, path: string): CompiledTemplateTask {
  const type = parts.taskType(task.type);
  const facts = FACT_SCOPES.planning;
  const given = task.with ?? {};
  checkParameters(type.parameters, given, report, `${path}/with`);
  return {
    definition: task,
    type: type.compiled,
    with: compileValue(given, facts, report, `${path}/with`),
    ...(task.includeWhen ? { includeWhen: compileCondition(task.includeWhen, facts, report, `${path}/includeWhen`) } : {}),
    edges: (task.dependsOn ?? []).map((edge, position) => compileEdge(edge, parts.dependencyType(edge.type), report, path + jsonPointer("dependsOn", position))),
    compensation: parts.compensation(task.compensation ?? type.compiled.definition.compensation),
    mandatory: task.mandatory ?? type.compiled.definition.mandatory ?? true,
    alternatives: (task.alternatives ?? []).map((alternative, position) => {
      const at = path + jsonPointer("alternatives", position, "with");
      checkParameters(type.parameters, { ...given, ...alternative.with }, report, at);
      compileValue(alternative.with, facts, report, at);
      return { onCodes: alternative.onCodes, with: compileValue({ ...given, ...alternative.with }, facts, () => undefined, at) };
    }),
  };
}

function compileMilestone(milestone: TemplateMilestone, report: Report, path: string): CompiledTemplateMilestone {
  const facts = FACT_SCOPES.planning;
  if ("reachedAt" in milestone) return { definition: milestone, instant: compileInstant(milestone.reachedAt, facts, report, `${path}/reachedAt`) };
  if ("reachedOn" in milestone && milestone.expectedBy !== undefined) {
    return { definition: milestone, instant: compileInstant(milestone.expectedBy, facts, report, `${path}/expectedBy`) };
  }
  return { definition: milestone };
}
