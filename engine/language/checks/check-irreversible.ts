import type { CompileContext } from "../compile-context.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { PlanTemplate, TemplateTask } from "../kinds.ts";
import { milestonesOf, tasksOf } from "./template-names.ts";

/**
 * What can never be taken back is not simply done: it closes the window of cancellation by a point of no return, or a
 * person had their say before it (G5).
 */
export function checkIrreversible(context: CompileContext): void {
  for (const { file, definition: template } of context.index.all("plan-template")) {
    template.tasks.forEach((task, position) => {
      if (context.index.get("task-type", task.type)?.irreversible !== true || task.pointOfNoReturn !== undefined) return;
      if (!isGuarded(task, template, context)) context.reportFor(file)(
        "irreversible-unguarded", jsonPointer("tasks", position),
        `"${task.key}" can never be taken back, and nothing stands before it; give it a pointOfNoReturn or let a person decide first.`,
      );
    });
  }
}

/**
 * True when a task waits for a person's task, directly or through tasks and milestones of its template. A name that leads
 * nowhere counts as a guard: it has been reported, and what was meant is not known.
 */
function isGuarded(start: TemplateTask, template: PlanTemplate, context: CompileContext): boolean {
  const tasks = tasksOf(template);
  const known = milestonesOf(template);
  const seen = new Set<TemplateTask | undefined>([start]);
  for (const task of seen) {
    if (task === undefined) return true;
    if (task !== start && context.index.get("task-type", task.type)?.work.by === "person") return true;
    for (const { task: source, milestone, item } of task.dependsOn ?? []) {
      if (item !== undefined) continue;
      if (source !== undefined) seen.add(tasks.get(source));
      if (milestone === undefined) continue;
      if (!known.has(milestone)) return true;
      for (const by of reachedBy(milestone, template)) seen.add(tasks.get(by));
    }
  }
  return false;
}

function reachedBy(key: string, template: PlanTemplate): readonly string[] {
  const milestone = template.milestones.find((each) => each.key === key);
  return milestone && "reachedBy" in milestone ? milestone.reachedBy : [];
}
