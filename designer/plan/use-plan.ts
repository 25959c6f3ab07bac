import { useMemo } from "react";
import type { Definition, Kind, PlanTemplate } from "../../engine/language/kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import type { Files } from "../workspace/history.ts";
import { editFiles, isDefinition, pathOf, useWorkspace, type EditNote } from "../workspace/workspace.ts";
import { planView, type Lookup, type PlanView } from "./plan-view.ts";
import type { Position } from "./plan-layout.ts";

/** Finds definitions among files as they are now. */
export function lookupIn(files: Files): Lookup {
  return <K extends Kind>(kind: K, key: string | undefined) => {
    const content = key === undefined ? undefined : files.get(pathOf(kind, key))?.content;
    return isDefinition(content) && content.kind === kind ? (content as unknown as Extract<Definition, { kind: K }>) : undefined;
  };
}

export interface Plan {
  readonly template: PlanTemplate;
  readonly view: PlanView;
  readonly find: Lookup;
  /** Where people have put tasks by hand. */
  readonly moved: ReadonlyMap<string, Position>;
}

/** A template with everything its canvas shows; null while it is no plan template. */
export function usePlan(key: string): Plan | null {
  const files = useWorkspace(({ history }) => history.files);
  return useMemo(() => planIn(files, key), [files, key]);
}

/** A template among files with everything its canvas shows; null when there is none. */
export function planIn(files: Files, key: string): Plan | null {
  const find = lookupIn(files);
  const template = find("plan-template", key);
  return template === undefined ? null : { template, find, view: planView(template, find), moved: movedIn(files.get(layoutPath(key))?.content) };
}

/** Gives the template new content, and its tasks new places where the same step moves some: one step. */
export function editTemplate(template: PlanTemplate, note: EditNote, positions?: ReadonlyMap<string, Position>): void {
  const picture = positions === undefined ? [] : [{ path: layoutPath(template.key), content: pictureOf(positions) }];
  editFiles([{ path: pathOf("plan-template", template.key), content: template as unknown as Json }, ...picture], note);
}

/** Puts tasks by hand, or back where the layout wants them when there are none. Not a change of what the plan does. */
export function moveTasks(key: string, positions: ReadonlyMap<string, Position>, label: string): void {
  editFiles([{ path: layoutPath(key), content: pictureOf(positions) }], { label });
}

function pictureOf(positions: ReadonlyMap<string, Position>): Json {
  return positions.size === 0 ? null : { positions: Object.fromEntries([...positions].map(([task, { x, y }]) => [task, { x: Math.round(x), y: Math.round(y) }])) };
}

/** The file beside a template that keeps its picture; not part of what it does. */
function layoutPath(key: string): string {
  return `plan-template/${key}.layout.json`;
}

function movedIn(content: Json | undefined): ReadonlyMap<string, Position> {
  const positions = typeof content === "object" && content !== null && "positions" in content ? content["positions"] : undefined;
  return new Map(Object.entries((positions ?? {}) as unknown as { readonly [task: string]: Position }));
}
