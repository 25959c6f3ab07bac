import type { CompileContext } from "../compile-context.ts";
import type { Report } from "../diagnostic.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { DependencyType, TemplateEdge } from "../kinds.ts";
import { suggest } from "../suggest.ts";
import { milestonesOf, milestonesOfAll, tasksOf, typesByTask } from "./template-names.ts";

/** Tasks and milestones that a plan template names must exist, and an edge must name what its type binds. */
export function checkPlanNames(context: CompileContext): void {
  const anywhere = milestonesOfAll(context);
  const tasksAnywhere = typesByTask(context);
  for (const { file, definition: template } of context.index.all("plan-template")) {
    const report = context.reportFor(file);
    const tasks = tasksOf(template);
    const milestones = milestonesOf(template);
    const needTask = (key: string, path: string): void => {
      if (!tasks.has(key)) report("unknown-task", path, `The template has no task "${key}"${suggest(key, [...tasks.keys()])}`);
    };
    template.tasks.forEach((task, position) => {
      if (task.compensates !== undefined) needTask(task.compensates, jsonPointer("tasks", position, "compensates"));
      (task.dependsOn ?? []).forEach((edge, place) => {
        const path = jsonPointer("tasks", position, "dependsOn", place);
        const type = context.index.get("dependency-type", edge.type);
        if (type) checkBinding(edge, type, report, path);
        if (edge.task !== undefined) {
          if (!edge.item) needTask(edge.task, `${path}/task`);
          else if (!tasksAnywhere.has(edge.task)) report(
            "unknown-task", `${path}/task`,
            `No template has a task "${edge.task}"; correct the name.`,
          );
        }
        if (edge.milestone !== undefined) {
          const known = edge.item ? anywhere : milestones;
          if (!known.has(edge.milestone)) report(
            "unknown-milestone", `${path}/milestone`,
            `${edge.item ? "No template has" : "The template has no"} milestone "${edge.milestone}"${suggest(edge.milestone, [...known])}`,
          );
        }
      });
    });
    template.milestones.forEach((milestone, position) => {
      if (!("reachedBy" in milestone)) return;
      milestone.reachedBy.forEach((key, place) => needTask(key, jsonPointer("milestones", position, "reachedBy", place)));
    });
  }
}

function checkBinding(edge: TemplateEdge, type: DependencyType, report: Report, path: string): void {
  const named = [edge.task === undefined ? null : "task", edge.milestone === undefined ? null : "milestone"].filter((each) => each !== null);
  const wanted = type.binds === "instant" ? [] : [type.binds];
  if (named.join() !== wanted.join()) {
    report(
      "edge-mismatch", path,
      `The dependency type "${type.key}" binds ${type.binds === "instant" ? "an instant: name neither task nor milestone" : `a ${type.binds}: name a ${type.binds} and nothing else`}.`,
    );
  } else if (type.binds === "instant" && edge.item) {
    report("edge-mismatch", `${path}/item`, "An instant belongs to no item; remove the item.");
  }
}
