import type { PlanTemplate, TemplateEdge, TemplateMilestone, TemplateTask } from "../../engine/language/kinds.ts";

/** A key that is free in the template: the wanted one, else with the first free number. */
export function freeKey(template: PlanTemplate, wanted: string): string {
  return mintKey(new Set(template.tasks.map(({ key }) => key)), wanted);
}

/** A key that is not taken: the wanted one, else with the first free number. */
export function mintKey(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** Adds a task at the end of the list; with `after` it waits for that task. */
export function addTask(template: PlanTemplate, type: string, after?: string): { readonly template: PlanTemplate; readonly key: string } {
  const key = freeKey(template, type);
  const task: TemplateTask = { key, type, ...(after === undefined ? {} : { dependsOn: [{ type: "success", task: after }] }) };
  return { template: { ...template, tasks: [...template.tasks, task] }, key };
}

/**
 * Puts a new task onto an edge: it waits for what the edge came from, and what waited now waits for the new task. An edge
 * that does more than order, such as passing a value, stays besides.
 */
export function insertTask(template: PlanTemplate, type: string, edge: { readonly to: string; readonly index: number }): { readonly template: PlanTemplate; readonly key: string } {
  const key = freeKey(template, type);
  const old = template.tasks.find((task) => task.key === edge.to)?.dependsOn?.[edge.index];
  const tasks = template.tasks.flatMap((task): TemplateTask[] => {
    if (task.key !== edge.to || old === undefined) return [task];
    const kept = (task.dependsOn ?? []).filter((_, index) => index !== edge.index || old.type !== "success");
    const before: TemplateEdge = old.task === undefined || old.item !== undefined ? old : { type: "success", task: old.task };
    return [{ key, type, dependsOn: [before] }, { ...task, dependsOn: [...kept, { type: "success", task: key }] }];
  });
  return { template: { ...template, tasks }, key };
}

/** Takes tasks away, with the dependencies on them; milestones they reached are left to the others, or go with the last. */
export function removeTasks(template: PlanTemplate, keys: ReadonlySet<string>): PlanTemplate {
  const tasks = template.tasks.filter(({ key }) => !keys.has(key)).map((task) => withEdges(task, (task.dependsOn ?? []).filter((edge) => edge.item !== undefined || edge.task === undefined || !keys.has(edge.task))));
  const milestones = template.milestones.flatMap((milestone): TemplateMilestone[] => {
    if (!("reachedBy" in milestone)) return [milestone];
    const reachedBy = milestone.reachedBy.filter((key) => !keys.has(key));
    return reachedBy.length === 0 ? [] : [{ ...milestone, reachedBy }];
  });
  return { ...template, tasks, milestones };
}

/** Makes one task wait for another. */
export function connect(template: PlanTemplate, to: string, edge: TemplateEdge): PlanTemplate {
  return { ...template, tasks: template.tasks.map((task) => (task.key === to ? { ...task, dependsOn: [...(task.dependsOn ?? []), edge] } : task)) };
}

/** Takes one dependency of a task away. */
export function disconnect(template: PlanTemplate, to: string, index: number): PlanTemplate {
  return { ...template, tasks: template.tasks.map((task) => (task.key === to ? withEdges(task, (task.dependsOn ?? []).filter((_, position) => position !== index)) : task)) };
}

/** Gives a task another key, everywhere the template names it: a rename is no rewiring. */
export function renameTask(template: PlanTemplate, from: string, to: string): PlanTemplate {
  const name = (key: string): string => (key === from ? to : key);
  return {
    ...template,
    tasks: template.tasks.map((task) => ({
      ...withEdges(task, (task.dependsOn ?? []).map((edge) => (edge.item === undefined && edge.task === from ? { ...edge, task: to } : edge))),
      key: name(task.key), ...(task.compensates === undefined ? {} : { compensates: name(task.compensates) }),
    })),
    milestones: template.milestones.map((milestone) => ("reachedBy" in milestone ? { ...milestone, reachedBy: milestone.reachedBy.map(name) } : milestone)),
  };
}

/** The tasks that cannot wait for this one, each with why: itself, and whatever it waits for over any number of steps. */
export function barredWaiters(template: PlanTemplate, from: string): ReadonlyMap<string, "self" | "circle"> {
  const byKey = new Map(template.tasks.map((task) => [task.key, task]));
  const waitsFor = (key: string): readonly string[] => (byKey.get(key)?.dependsOn ?? []).flatMap((edge) => (edge.item === undefined ? [...(edge.task === undefined ? [] : [edge.task]), ...reachers(template, edge.milestone)] : []));
  const barred = new Map<string, "self" | "circle">([[from, "self"]]);
  for (const key of barred.keys()) for (const other of waitsFor(key)) if (!barred.has(other)) barred.set(other, "circle");
  return barred;
}

function reachers(template: PlanTemplate, milestone: string | undefined): readonly string[] {
  const found = milestone === undefined ? undefined : template.milestones.find(({ key }) => key === milestone);
  return found !== undefined && "reachedBy" in found ? found.reachedBy : [];
}

/** A task with these dependencies; without any the list is left out. */
function withEdges(task: TemplateTask, dependsOn: readonly TemplateEdge[]): TemplateTask {
  const { dependsOn: _, ...rest } = task;
  return dependsOn.length === 0 ? rest : { ...rest, dependsOn };
}
