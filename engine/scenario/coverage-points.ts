import type { CompiledRelease } from "../language/compiled-release.ts";
import type { BillingTrigger, CompensationPolicy, Definition, ManualTask, PlanTemplate, RetryPolicy, TaskType, TemplateEdge, TimeoutPolicy } from "../language/kinds.ts";
import type { DecisionTable } from "../language/table-kinds.ts";

/** What of a release a test can reach; each group is counted by itself. */
export const COVERAGE_GROUPS = [
  "decision-table rows", "tasks", "dependencies", "alternatives", "retries", "timeout steps", "compensations", "outcomes", "escalations", "changes of sent work", "milestones", "customer statuses", "billing triggers",
] as const;

export type CoverageGroupName = (typeof COVERAGE_GROUPS)[number];

/** One thing a test can reach. `name` begins with the definition's `<kind>/<key>`. */
export interface CoveragePoint {
  readonly group: CoverageGroupName;
  readonly name: string;
}

/** The names of points, written in one place for those that list them and those that find them in a run. */
export const pointName = {
  row: (row: string) => `decision-table/${row}`,
  done: (template: string, task: string) => `plan-template/${template}: ${task} is done`,
  leftOut: (template: string, task: string) => `plan-template/${template}: ${task} is left out`,
  dependency: (template: string, task: string, edge: TemplateEdge | undefined, position: number) =>
    `plan-template/${template}: ${task} needs ${edge?.task ?? edge?.milestone ?? "the clock"} (${edge?.type ?? ""}, dependency ${position + 1})`,
  alternative: (template: string, task: string, number: number) => `plan-template/${template}: ${task} tries alternative ${number}`,
  retry: (policy: string, branch: "tries again" | "gives up" | "does not try again") => `retry-policy/${policy}: ${branch}`,
  timeout: (policy: string, step: number, what: string) => `timeout-policy/${policy}: step ${step + 1} (${what})`,
  compensation: (policy: string, branch: "undone" | "agreed to" | "refused") => `compensation-policy/${policy}: ${branch}`,
  manualOutcome: (manual: string, outcome: string) => `manual-task/${manual}: ${outcome}`,
  taskOutcome: (type: string, outcome: string) => `task-type/${type}: ${outcome}`,
  escalation: (manual: string, level: number, to: string) => `manual-task/${manual}: escalation ${level} to ${to}`,
  amended: (type: string) => `task-type/${type}: a change is sent`,
  withdrawn: (type: string) => `task-type/${type}: called back`,
  milestone: (template: string, milestone: string, outcome: "reached" | "missed") => `plan-template/${template}: ${milestone} is ${outcome}`,
  status: (map: string, status: string) => `milestone-map/${map}: ${status}`,
  billing: (trigger: string) => `billing-trigger/${trigger}: handed over`,
} as const;

/** Every point of a release, in the order of its definitions. */
export function coveragePoints(release: CompiledRelease): readonly CoveragePoint[] {
  return release.definitions.flatMap(pointsOf);
}

function pointsOf(definition: Definition): readonly CoveragePoint[] {
  switch (definition.kind) {
    case "decision-table":
      return ofTable(definition);
    case "plan-template":
      return ofTemplate(definition);
    case "retry-policy":
      return ofRetry(definition);
    case "timeout-policy":
      return ofTimeout(definition);
    case "compensation-policy":
      return ofCompensation(definition);
    case "manual-task":
      return ofManualTask(definition);
    case "task-type":
      return ofTaskType(definition);
    case "milestone-map":
      return points("customer statuses", definition.statuses.map(({ key }) => pointName.status(definition.key, key)));
    case "billing-trigger":
      return ofBilling(definition);
    default:
      return [];
  }
}

function points(group: CoverageGroupName, names: readonly string[]): readonly CoveragePoint[] {
  return names.map((name) => ({ group, name }));
}

/** Nothing reads tables of purpose `general`, so nothing can reach their rows. */
function ofTable({ key, purpose, rows, otherwise }: DecisionTable): readonly CoveragePoint[] {
  if (purpose === "general") return [];
  return points("decision-table rows", [...rows.map(({ id }) => id), ...(otherwise ? ["otherwise"] : [])].map((row) => pointName.row(`${key}/${row}`)));
}

function ofTemplate({ key, tasks, milestones }: PlanTemplate): readonly CoveragePoint[] {
  return [
    ...points("tasks", tasks.flatMap((task) => [pointName.done(key, task.key), ...(task.includeWhen ? [pointName.leftOut(key, task.key)] : [])])),
    ...points("dependencies", tasks.flatMap((task) => (task.dependsOn ?? []).map((edge, position) => pointName.dependency(key, task.key, edge, position)))),
    ...points("alternatives", tasks.flatMap((task) => (task.alternatives ?? []).map((_, position) => pointName.alternative(key, task.key, position + 1)))),
    ...points("milestones", milestones.flatMap((milestone) => [
      pointName.milestone(key, milestone.key, "reached"),
      ...("expectedBy" in milestone ? [pointName.milestone(key, milestone.key, "missed")] : []),
    ])),
  ];
}

function ofRetry({ key, maxAttempts }: RetryPolicy): readonly CoveragePoint[] {
  const branches = maxAttempts > 1 ? (["tries again", "gives up", "does not try again"] as const) : (["does not try again"] as const);
  return points("retries", branches.map((branch) => pointName.retry(key, branch)));
}

function ofTimeout({ key, steps }: TimeoutPolicy): readonly CoveragePoint[] {
  return points("timeout steps", steps.map((step, position) => pointName.timeout(key, position, step.do)));
}

function ofCompensation(policy: CompensationPolicy): readonly CoveragePoint[] {
  if (!policy.compensatable) return [];
  const branches = policy.approval ? (["undone", "agreed to", "refused"] as const) : (["undone"] as const);
  return points("compensations", branches.map((branch) => pointName.compensation(policy.key, branch)));
}

function ofManualTask({ key, outcomes, escalation }: ManualTask): readonly CoveragePoint[] {
  return [
    ...points("outcomes", outcomes.map((outcome) => pointName.manualOutcome(key, outcome.key))),
    ...points("escalations", (escalation ?? []).map(({ to }, position) => pointName.escalation(key, position + 1, to))),
  ];
}

function ofTaskType({ key, outcomes, amend, withdraw }: TaskType): readonly CoveragePoint[] {
  return [
    ...points("outcomes", (outcomes ?? []).map((outcome) => pointName.taskOutcome(key, outcome.key))),
    ...points("changes of sent work", [...(amend ? [pointName.amended(key)] : []), ...(withdraw ? [pointName.withdrawn(key)] : [])]),
  ];
}

function ofBilling({ key }: BillingTrigger): readonly CoveragePoint[] {
  return points("billing triggers", [pointName.billing(key)]);
}
