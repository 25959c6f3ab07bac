import { BUILT_IN_MILESTONES } from "../check-names.ts";
import type { CompileContext } from "../compile-context.ts";
import type { PlanTemplate, TaskType, TemplateTask } from "../kinds.ts";

/** Keys of all milestones a template has, the built-in ones included. */
export function milestonesOf(template: PlanTemplate): Set<string> {
  return new Set([...BUILT_IN_MILESTONES, ...template.milestones.map(({ key }) => key)]);
}

export function tasksOf(template: PlanTemplate): Map<string, TemplateTask> {
  return new Map(template.tasks.map((task) => [task.key, task]));
}

/** Keys of the milestones of all templates that pass the filter. */
export function milestonesOfAll(context: Pick<CompileContext, "index">, filter: (template: PlanTemplate) => boolean = () => true): Set<string> {
  const names = new Set<string>(BUILT_IN_MILESTONES);
  for (const { definition } of context.index.all("plan-template")) {
    if (filter(definition)) for (const { key } of definition.milestones) names.add(key);
  }
  return names;
}

/** Names of the outputs a task of this type has when it is done. */
export function outputsOf(type: TaskType): Set<string> {
  return new Set([...Object.keys(type.outputs ?? {}), ...(type.work.by === "person" ? ["decision"] : [])]);
}

/** Task key -> the types it has in any template: what an edge to another item may mean. */
export function typesByTask(context: CompileContext): ReadonlyMap<string, readonly TaskType[]> {
  const found = new Map<string, TaskType[]>();
  for (const { definition } of context.index.all("plan-template")) {
    for (const { key, type: typeKey } of definition.tasks) {
      const type = context.index.get("task-type", typeKey);
      const types = found.get(key);
      if (type && types) types.push(type);
      else if (type) found.set(key, [type]);
    }
  }
  return found;
}
