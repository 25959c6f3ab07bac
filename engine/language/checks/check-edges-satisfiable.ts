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
  const judge = remembered(context);
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
        reportEdge(edge, sources, judge(edge, rule, sources), report, jsonPointer("tasks", position, "dependsOn", place));
      }));
  }
}

/** What is found out about an edge: it depends on its rule, its parameters and its sources alone. */
interface Verdict {
  /** Outputs it uses that no source has. */
  readonly missing: readonly string[];
  readonly possible: boolean;
}

const SOUND: Verdict = { missing: [], possible: true };

/** Judges each kind of edge once: in a large plan thousands say the same. */
function remembered(context: CompileContext): (edge: TemplateEdge, rule: DependencyType, sources: readonly TaskType[]) => Verdict {
  const verdicts = new Map<string, Verdict>();
  return (edge, rule, sources) => {
    const key = JSON.stringify([rule.key, edge.with ?? {}, sources.map((type) => type.key)]);
    const known = verdicts.get(key);
    if (known) return known;
    const verdict = judgeEdge(edge, rule, sources, context);
    verdicts.set(key, verdict);
    return verdict;
  };
}

function judgeEdge(edge: TemplateEdge, rule: DependencyType, sources: readonly TaskType[], context: CompileContext): Verdict {
  let whole = true;
  const complain = (): void => {
    whole = false;
  };
  const fill = (part: Json): Json => substituteParameters(part, edge.with ?? {}, { feelAllowed: true, complain });
  const condition = fill(rule.satisfiedWhen) as unknown as Condition;
  const provides = fill(rule.provides ?? null);
  // What a parameter lacks is reported where it is compiled.
  if (!whole) return SOUND;
  if (rule.binds === "task" && sources.length > 0) {
    const missing = [...usedOutputs(condition, provides)].filter((output) => !sources.some((type) => outputsOf(type).has(output)));
    if (missing.length > 0) return { missing, possible: true };
  }
  return canHoldFor(condition, sources, context) ? SOUND : { missing: [], possible: false };
}

function reportEdge(edge: TemplateEdge, sources: readonly TaskType[], { missing, possible }: Verdict, report: Report, path: string): void {
  for (const output of missing) {
    report(
      "consumed-output-missing", path,
      `The task "${edge.task ?? ""}" has no output "${output}"; add it to the outputs of its type${sources[0] ? ` "${sources[0].key}"` : ""} or choose another one.`,
    );
  }
  if (!possible) report("unreachable", path, `This dependency can never be met, so the task never starts; correct what it waits for.`);
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
