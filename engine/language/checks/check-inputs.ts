import type { CompileContext } from "../compile-context.ts";
import { nameOfInput } from "../compile-edge.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { PlanTemplate, TaskType, TemplateTask } from "../kinds.ts";
import { outputsOf, tasksOf } from "./template-names.ts";

/** What a task type requires as inputs must come from somewhere: dependencies, the task it undoes, or its billing trigger. */
export function checkInputs(context: CompileContext): void {
  for (const { file, definition: template } of context.index.all("plan-template")) {
    template.tasks.forEach((task, position) => {
      const type = context.index.get("task-type", task.type);
      if (!type) return;
      for (const name of missing(type, providedTo(task, template, context))) {
        context.reportFor(file)(
          "input-missing", jsonPointer("tasks", position),
          `The task "${task.key}" needs the input "${name}", which no dependency provides; add one that does.`,
        );
      }
    });
  }
  for (const { file, definition: trigger } of context.index.all("billing-trigger")) {
    const type = context.index.get("task-type", trigger.taskType);
    for (const name of type ? missing(type, new Set(["effectiveFrom"])) : []) {
      context.reportFor(file)(
        "input-missing", "/taskType",
        `The task type "${trigger.taskType}" needs the input "${name}", but a billing trigger only provides effectiveFrom; choose another task type.`,
      );
    }
  }
  for (const { file, definition: type } of context.index.all("task-type")) {
    const policy = context.index.get("compensation-policy", type.compensation);
    const undo = policy?.compensatable ? context.index.get("task-type", policy.taskType) : undefined;
    for (const name of undo ? missing(undo, outputsOf(type)) : []) {
      context.reportFor(file)(
        "input-missing", "/outputs",
        `The undo task "${undo?.key ?? ""}" needs the input "${name}", which must be an output of this task type; add it.`,
      );
    }
  }
}

function missing(type: TaskType, provided: ReadonlySet<string>): string[] {
  const required = type.inputs?.["required"];
  if (!Array.isArray(required)) return [];
  return required.filter((name): name is string => typeof name === "string" && !provided.has(name));
}

function providedTo(task: TemplateTask, template: PlanTemplate, context: CompileContext): Set<string> {
  const provided = new Set<string>();
  for (const edge of task.dependsOn ?? []) {
    if (context.index.get("dependency-type", edge.type)?.provides !== undefined) provided.add(nameOfInput(edge));
  }
  const original = task.compensates === undefined ? undefined : tasksOf(template).get(task.compensates);
  const originalType = original === undefined ? undefined : context.index.get("task-type", original.type);
  for (const name of originalType ? outputsOf(originalType) : []) provided.add(name);
  return provided;
}
