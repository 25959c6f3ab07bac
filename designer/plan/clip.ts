import type { PlanTemplate, TemplateEdge, TemplateTask } from "../../engine/language/kinds.ts";
import { mintKey } from "./plan-edits.ts";

/** Tasks as they travel through the clipboard: JSON text, so that they also go to another tab, a chat or a file. */
export interface TaskClip {
  readonly orderloom: "tasks";
  /** Key of the template they were copied from. */
  readonly template: string;
  readonly tasks: readonly TemplateTask[];
}

/** A template with tasks pasted into it. */
export interface Pasted {
  readonly template: PlanTemplate;
  /** The keys of the new tasks. */
  readonly keys: readonly string[];
  /** How many dependencies were left out, because the template has nothing of the name they wait for. */
  readonly leftOut: number;
}

/** The tasks with these keys, in the order of the template. */
export function clipOf(template: PlanTemplate, keys: ReadonlySet<string>): TaskClip {
  return { orderloom: "tasks", template: template.key, tasks: template.tasks.filter(({ key }) => keys.has(key)) };
}

export function clipText(clip: TaskClip): string {
  return JSON.stringify(clip, null, 2);
}

/** Reads what was copied; null when the text is something else. What the tasks name may be missing here: problems tell that. */
export function readClip(text: string): TaskClip | null {
  const read = parsed(text);
  if (!isObject(read) || read["orderloom"] !== "tasks" || !Array.isArray(read["tasks"])) return null;
  const tasks: readonly unknown[] = read["tasks"];
  return tasks.length > 0 && tasks.every(isTask) ? { orderloom: "tasks", template: String(read["template"]), tasks } : null;
}

/**
 * Puts copies of the tasks at the end of a template under keys that are free in it. Dependencies among the copies are kept
 * among them; one on something else is kept where the template has a task or milestone of that key, else left out.
 */
export function pasteTasks(template: PlanTemplate, clip: TaskClip): Pasted {
  const here = new Set(template.tasks.map(({ key }) => key));
  const milestones = new Set(template.milestones.map(({ key }) => key));
  const taken = new Set(here);
  const renamed = new Map<string, string>();
  for (const { key } of clip.tasks) {
    const copy = mintKey(taken, taken.has(key) ? key.replace(/-\d+$/, "") : key);
    taken.add(copy);
    renamed.set(key, copy);
  }
  const nameOf = (key: string): string | undefined => renamed.get(key) ?? (here.has(key) ? key : undefined);
  let leftOut = 0;
  const edgeOf = (edge: TemplateEdge): readonly TemplateEdge[] => {
    if (edge.item !== undefined || (edge.task === undefined && edge.milestone === undefined)) return [edge];
    const task = edge.task === undefined ? undefined : nameOf(edge.task);
    if (task !== undefined) return [{ ...edge, task }];
    if (edge.milestone !== undefined && milestones.has(edge.milestone)) return [edge];
    leftOut += 1;
    return [];
  };
  const copies = clip.tasks.map((task): TemplateTask => {
    const { dependsOn, compensates, ...rest } = task;
    const edges = (dependsOn ?? []).flatMap(edgeOf);
    const undone = compensates === undefined ? undefined : nameOf(compensates);
    return { ...rest, key: renamed.get(task.key) ?? task.key, ...(undone === undefined ? {} : { compensates: undone }), ...(edges.length === 0 ? {} : { dependsOn: edges }) };
  });
  return { template: { ...template, tasks: [...template.tasks, ...copies] }, keys: copies.map(({ key }) => key), leftOut };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTask(value: unknown): value is TemplateTask {
  if (!isObject(value) || typeof value["key"] !== "string" || typeof value["type"] !== "string") return false;
  const edges: unknown = value["dependsOn"] ?? [];
  return Array.isArray(edges) && edges.every((edge) => isObject(edge) && typeof edge["type"] === "string");
}
