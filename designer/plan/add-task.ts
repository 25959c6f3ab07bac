import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { plan as words } from "../strings/plan.ts";
import type { Files } from "../workspace/history.ts";
import { isDefinition } from "../workspace/workspace.ts";
import type { Picks } from "./pick-tasks.ts";
import { addTask, insertTask } from "./plan-edits.ts";
import type { Position } from "./plan-layout.ts";
import type { Lookup, PlanEdge, PlanView } from "./plan-view.ts";
import { edgeAt, selectedIn } from "./selection.ts";
import type { PickTasks } from "./use-picks.ts";
import { editTemplate, type Plan } from "./use-plan.ts";

/** Where a new task goes: after a task, onto a dependency, or by itself, at a place of the picture where one was pointed at. */
export type NewTaskPlace =
  | { readonly kind: "after"; readonly task: string }
  | { readonly kind: "into"; readonly edge: PlanEdge }
  | { readonly kind: "alone"; readonly position: Position | null };

/** Where a new task goes that nobody pointed at a place for: onto the selected dependency, or after the last selected task. */
export function placeOf(view: PlanView, at: string, picks: Picks): NewTaskPlace {
  const selected = selectedIn(view, at);
  const edge = selected?.kind === "edge" ? view.edges.find(({ pointer }) => pointer === selected.pointer) : undefined;
  const task = picks.at(-1);
  if (edge !== undefined) return { kind: "into", edge };
  return task === undefined ? { kind: "alone", position: null } : { kind: "after", task };
}

/** A task type as it is offered for a new task. */
export interface TaskTypeChoice {
  readonly id: string;
  readonly title: string;
  /** Who does it. */
  readonly detail: string;
  readonly category: string;
}

/** The task types there are, by title. */
export function taskTypes(files: Files, find: Lookup): readonly TaskTypeChoice[] {
  return [...files.values()]
    .flatMap(({ content }): TaskTypeChoice[] => {
      if (!isDefinition(content) || content.kind !== "task-type") return [];
      return [{ id: content.key, title: content.title, detail: find("target-system", content.targetSystem)?.title ?? content.owner, category: content.category }];
    })
    .toSorted((a, b) => a.title.localeCompare(b.title, "en"));
}

/** Adds a task of this type, whichever way it was asked for: one step, and the new task is selected. */
export function putTask(plan: Plan, type: string, place: NewTaskPlace, pick: PickTasks): void {
  const title = plan.find("task-type", type)?.title ?? type;
  const onto = place.kind === "into" ? edgeAt(plan.view, place.edge.pointer) : null;
  const { template, key } = onto === null ? addTask(plan.template, type, place.kind === "after" ? place.task : undefined) : insertTask(plan.template, type, onto);
  const position = place.kind === "alone" ? place.position : null;
  const pointer = jsonPointer("tasks", template.tasks.findIndex((task) => task.key === key));
  editTemplate(template, { label: onto === null ? words.added(title) : words.inserted(title), pointer }, position === null ? undefined : new Map([...plan.moved, [key, position]]));
  pick([key], template);
}
