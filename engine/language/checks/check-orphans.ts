import type { CompileContext } from "../compile-context.ts";
import { jsonPointer } from "../../support/json-pointer.ts";

/** An optional task that waits for nothing and for which nothing waits is probably left over. */
export function checkOrphans(context: CompileContext): void {
  for (const { file, definition: template } of context.index.all("plan-template")) {
    if (template.tasks.length < 2) continue;
    const awaited = new Set([
      ...template.tasks.flatMap((task) => (task.dependsOn ?? []).flatMap((edge) => (edge.item || edge.task === undefined ? [] : [edge.task]))),
      ...template.milestones.flatMap((milestone) => ("reachedBy" in milestone ? milestone.reachedBy : [])),
    ]);
    template.tasks.forEach((task, position) => {
      const mandatory = task.mandatory ?? context.index.get("task-type", task.type)?.mandatory ?? true;
      if (mandatory || awaited.has(task.key) || (task.dependsOn ?? []).length > 0) return;
      context.reportFor(file)(
        "orphan-task", jsonPointer("tasks", position),
        `The optional task "${task.key}" waits for nothing and nothing waits for it; connect it or remove it.`,
      );
    });
  }
}
