import { substituteParameters } from "../substitute-parameters.ts";
import type { CompileContext } from "../compile-context.ts";
import type { Report } from "../diagnostic.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { Json } from "../../support/json.ts";
import type { Condition, DependencyType, TaskType, TemplateEdge } from "../kinds.ts";
import { canHold, type PossibleValues } from "./can-hold.ts";
import { leavesOf } from "./condition-leaves.ts";
import { TASK_STATES } from "./task-states.ts";
import { outputsOf, tasksOf, typesByTask } from "./template-names.ts";

const OUTPUT_USE = /\bpredecessor\.outputs\.([A-Za-z_][A-Za-z0-9_]*)/g;

/** Every dependency must be able to hold one day, and may only use outputs that its source really has. */
export function checkEdgesSatisfiable(context: CompileContext): void {
  const anywhere = typesByTask(context);
  for (const { file, definition: template } of context.index.all("plan-template")) {
    const report = context.reportFor(file);
    const tasks = tasksOf(template);
    template.tasks.forEach((task, position) =>
      (task.dependsOn ?? []).forEach((edge, place) => {
        const rule = context.index.get("dependency-type", edge.type);
        if (!rule) return;
        const own = edge.task === undefined ? undefined : tasks.get(edge.task);
        const ownType = own === undefined ? undefined : context.index.get("task-type", own.type);
        const sources = edge.item && edge.task !== undefined ? anywhere.get(edge.task) ?? [] : ownType ? [ownType] : [];
        checkEdge(edge, rule, sources, context, report, jsonPointer("tasks", position, "dependsOn", place));
      }));
  }
}

function checkEdge(
  edge: TemplateEdge, rule: DependencyType, sources: readonly TaskType[], context: CompileContext, report: Report, path: string,
): void {
  let whole = true;
  const complain = (): void => {
    whole = false;
  };
  const fill = (part: Json): Json => substituteParameters(part, edge.with ?? {}, { feelAllowed: true, complain });
  const condition = fill(rule.satisfiedWhen) as unknown as Condition;
  const provides = fill(rule.provides ?? null);
  // What a parameter lacks is reported where it is compiled.
  if (!whole) return;
  if (rule.binds === "task") {
    const missing = [...usedOutputs(condition, provides)]
      .filter((output) => sources.length > 0 && !sources.some((type) => outputsOf(type).has(output)));
    for (const output of missing) {
      report(
        "consumed-output-missing", path,
        `The task "${edge.task ?? ""}" has no output "${output}"; add it to the outputs of its type${sources[0] ? ` "${sources[0].key}"` : ""} or choose another one.`,
      );
    }
    if (missing.length > 0) return;
  }
  if (!canHoldFor(condition, sources, context)) {
    report("unreachable", path, `This dependency can never be met, so the task never starts; correct what it waits for.`);
  }
}

function usedOutputs(condition: Condition, provides: Json): Set<string> {
  const used = new Set<string>();
  for (const { fact, segments: [first, output] } of leavesOf(condition, "")) {
    if (fact === "predecessor" && first === "outputs" && output !== undefined) used.add(output);
  }
  if (typeof provides === "string") for (const match of provides.matchAll(OUTPUT_USE)) used.add(match[1] ?? "");
  return used;
}

function canHoldFor(condition: Condition, sources: readonly TaskType[], context: CompileContext): boolean {
  const possible = (decisions: readonly Json[] | null): PossibleValues => (fact, path) => {
    if (fact === "predecessor" && path === "outcome") return ["OPEN", "SUCCESS", "FAILURE"];
    if (fact === "predecessor" && path === "state") return TASK_STATES;
    if (fact === "predecessor" && path === "outputs.decision") return decisions;
    if (fact === "milestone" && path === "outcome") return ["OPEN", "REACHED", "NOT_APPLICABLE", "MISSED"];
    return null;
  };
  if (sources.length === 0) return canHold(condition, possible(null));
  return sources.some((type) => canHold(condition, possible(decisionsOf(type, context))));
}

/** What a person may decide so that the task ends; null when no person decides. */
function decisionsOf(type: TaskType, context: CompileContext): readonly Json[] | null {
  if (type.work.by !== "person") return null;
  const outcomes = context.index.get("manual-task", type.work.manualTask)?.outcomes ?? [];
  return outcomes.filter(({ effect }) => effect === "SUCCEED" || effect === "FAIL" || effect === "WAIVE").map(({ key }) => key);
}
