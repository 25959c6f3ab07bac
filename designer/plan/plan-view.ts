import { parseDurationMs } from "../../engine/support/duration.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import type { Definition, DependencyType, Kind, PlanTemplate, RetryPolicy, TaskType, TemplateEdge, TemplateTask, TimeoutPolicy } from "../../engine/language/kinds.ts";
import { humanDuration } from "../look/human-duration.ts";
import { plan as words } from "../strings/plan.ts";

/** How an edge is drawn; the shape says the type, so no color is needed. */
export type EdgeLook = "finish" | "data" | "conditional" | "milestone" | "human" | "time" | "undo";

/** One task as its card shows it. */
export interface TaskCard {
  readonly key: string;
  /** JSON Pointer of the task in the template. */
  readonly pointer: string;
  readonly title: string;
  /** Who does it: the title of the target system, or the role of a person; null for internal work. */
  readonly performer: string | null;
  readonly by: "system" | "person" | "internal";
  /** Kind of work, such as LOGISTICS; null when the task type is unknown. */
  readonly category: string | null;
  /** One line of facts: time limit and attempts, or how long a person has. */
  readonly facts: string;
  readonly pointOfNoReturn: "soft" | "hard" | null;
  readonly conditional: boolean;
  readonly undoable: boolean;
}

/** One dependency: from a task, or from a source outside the plan's tasks, to the waiting task. */
export interface PlanEdge {
  readonly id: string;
  readonly pointer: string;
  readonly from: string;
  readonly to: string;
  readonly look: EdgeLook;
  readonly label: string | null;
}

/** Something a task waits for that is no task of this template: an instant, an event, another item. */
export interface PlanSource {
  readonly id: string;
  readonly title: string;
  readonly look: EdgeLook;
}

export interface PlanView {
  readonly tasks: readonly TaskCard[];
  readonly edges: readonly PlanEdge[];
  readonly sources: readonly PlanSource[];
}

/** Finds definitions by kind and key; undefined when there is none. */
export type Lookup = <K extends Kind>(kind: K, key: string | undefined) => Extract<Definition, { kind: K }> | undefined;

/** What the canvas and the outline show of a template. Tolerates references that lead nowhere: they are problems, not crashes. */
export function planView(template: PlanTemplate, find: Lookup): PlanView {
  const tasks = asList(template.tasks);
  const keys = new Set(tasks.map(({ key }) => key));
  const sources = new Map<string, PlanSource>();
  const edges = tasks.flatMap((task, position) =>
    asList(task.dependsOn).flatMap((edge, index) => edgesOf({ template, task, edge, pointer: jsonPointer("tasks", position, "dependsOn", index), keys, sources, find })),
  );
  const undone = tasks.flatMap(({ key: to, compensates: from }, position) => {
    if (from === undefined || !keys.has(from) || edges.some((edge) => edge.from === from && edge.to === to)) return [];
    const pointer = jsonPointer("tasks", position, "compensates");
    return [{ id: pointer, pointer, from, to, look: "undo" as const, label: words.undoes }];
  });
  return { tasks: tasks.map((task, position) => cardOf(task, jsonPointer("tasks", position), find)), edges: [...edges, ...undone], sources: [...sources.values()] };
}

interface EdgeContext {
  readonly template: PlanTemplate;
  readonly task: TemplateTask;
  readonly edge: TemplateEdge;
  readonly pointer: string;
  readonly keys: ReadonlySet<string>;
  readonly sources: Map<string, PlanSource>;
  readonly find: Lookup;
}

function edgesOf({ template, task, edge, pointer, keys, sources, find }: EdgeContext): PlanEdge[] {
  const type = find("dependency-type", edge.type);
  const look = edgeLookOf(edge, type);
  const make = (from: string, label: string | null): PlanEdge => ({ id: `${pointer}<${from}`, pointer, from, to: task.key, look, label });
  const source = (id: string, title: string): PlanEdge => {
    sources.set(id, { id, title, look });
    return make(id, null);
  };
  if (edge.item !== undefined) {
    const item = "relationship" in edge.item ? edge.item.relationship : edge.item.specification;
    return [source(`item ${item} ${edge.milestone ?? edge.task ?? ""}`, words.otherItem(item, edge.milestone ?? edge.task ?? ""))];
  }
  if (edge.milestone !== undefined) {
    const title = milestoneTitle(template, edge.milestone, find);
    const milestone = asList(template.milestones).find(({ key }) => key === edge.milestone);
    const reachedBy = milestone !== undefined && "reachedBy" in milestone ? milestone.reachedBy.filter((key) => keys.has(key)) : [];
    return reachedBy.length > 0 ? reachedBy.map((key) => make(key, title)) : [source(`milestone ${edge.milestone}`, title)];
  }
  if (edge.task !== undefined) return keys.has(edge.task) ? [make(edge.task, labelOf(edge, type, look))] : [];
  return [source(`time ${pointer}`, words.time)];
}

export function edgeLookOf(edge: TemplateEdge, type: DependencyType | undefined): EdgeLook {
  if (type?.binds === "instant") return "time";
  if (type?.binds === "milestone" || edge.milestone !== undefined) return "milestone";
  switch (edge.type) {
    case "output": return "data";
    case "conditional": return "conditional";
    case "human": return "human";
    case "compensation": return "undo";
    default: return type?.provides === undefined ? "finish" : "data";
  }
}

/** Plain edges need no words; the others say what passes or decides. */
function labelOf(edge: TemplateEdge, type: DependencyType | undefined, look: EdgeLook): string | null {
  const output = edge.with?.["output"];
  if (look === "data") return edge.as ?? (typeof output === "string" ? output : (type?.title ?? edge.type));
  if (look === "conditional") return words.onlyIf;
  if (look === "undo") return words.undoes;
  if (edge.type === "success") return null;
  return type?.title ?? edge.type;
}

export function milestoneTitle(template: PlanTemplate, key: string, find: Lookup): string {
  return find("milestone-map", template.milestoneMap)?.milestones.find((milestone) => milestone.key === key)?.title ?? key;
}

function cardOf(task: TemplateTask, pointer: string, find: Lookup): TaskCard {
  const type = find("task-type", task.type);
  const by = type?.work.by ?? "system";
  return {
    key: task.key, pointer, title: task.title ?? type?.title ?? task.key, by, category: type?.category ?? null,
    performer: performerOf(type, find),
    facts: factsOf(type, find),
    pointOfNoReturn: task.pointOfNoReturn ?? null,
    conditional: task.includeWhen !== undefined,
    undoable: find("compensation-policy", task.compensation ?? type?.compensation)?.compensatable ?? false,
  };
}

function performerOf(type: TaskType | undefined, find: Lookup): string | null {
  if (type === undefined) return null;
  if (type.work.by === "person") return find("manual-task", type.work.manualTask)?.role ?? type.work.manualTask;
  if (type.work.by === "internal") return words.internal;
  return find("target-system", type.targetSystem)?.title ?? type.targetSystem ?? null;
}

function factsOf(type: TaskType | undefined, find: Lookup): string {
  if (type === undefined) return words.unknownType;
  if (type.work.by === "internal") return words.noTime;
  const facts = [];
  if (type.work.by === "person") {
    const within = find("manual-task", type.work.manualTask)?.sla?.within;
    if (within !== undefined) facts.push(humanDuration(within));
  } else {
    const limit = lastStep(find("timeout-policy", type.timeout));
    if (limit !== null) facts.push(humanDuration(limit));
    const retry: RetryPolicy | undefined = find("retry-policy", type.retry);
    if (retry !== undefined) facts.push(words.attempts(retry.maxAttempts));
  }
  return facts.join(" · ");
}

/** How long a system may take before somebody acts: the latest step of the policy. */
function lastStep(policy: TimeoutPolicy | undefined): string | null {
  const steps = asList(policy?.steps).toSorted((a, b) => (parseDurationMs(a.after) ?? 0) - (parseDurationMs(b.after) ?? 0));
  return steps.at(-1)?.after ?? null;
}

/** A list, also where a draft holds something else for now. */
function asList<T>(list: readonly T[] | undefined): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]).filter((entry) => typeof entry === "object" && entry !== null) : [];
}
