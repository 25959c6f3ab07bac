import { useMemo } from "react";
import type { Change, DefinitionDiff } from "../../engine/diff/definition-diff.ts";
import type { PlanTemplate, TemplateTask } from "../../engine/language/kinds.ts";
import type { ElementDiff } from "../plan/flow-graph.ts";
import { PlanCanvas } from "../plan/plan-canvas.tsx";
import { planView } from "../plan/plan-view.ts";
import { lookupIn } from "../plan/use-plan.ts";
import { review as words } from "../strings/review.ts";
import type { Sides } from "./sides.ts";

/** A plan before and after in one picture: what came, went and changed is marked, the rest is dimmed. */
export function PlanDiff({ diff, sides }: { readonly diff: DefinitionDiff; readonly sides: Sides }) {
  const picture = useMemo(() => pictureOf(diff, sides), [diff, sides]);
  if (picture === null) return null;
  return (
    <figure className="plan-diff" aria-label={words.picture}>
      <PlanCanvas title={diff.title} view={picture.view} moved={new Map()} arrangement="stages" at="" select={() => undefined} overlay={{ diffs: picture.diffs }} actions={null} />
      <figcaption className="meta">{words.dimmed}</figcaption>
    </figure>
  );
}

/** The plan with what was removed still in it, and the mark of each task and dependency. */
function pictureOf(diff: DefinitionDiff, sides: Sides) {
  const { key, status } = diff;
  const changes: readonly Change[] = "changes" in diff ? diff.changes : [];
  const find = lookupIn(status === "removed" ? sides.before : sides.after);
  const template = find("plan-template", key);
  if (template === undefined) return null;
  const old = lookupIn(sides.before)("plan-template", status === "renamed" ? diff.from : key);
  const removedTasks = (old?.tasks ?? []).filter((task) => changes.some((change) => change.op === "remove" && change.path[0] === "tasks" && change.path.length === 2 && change.path[1] === task.key));
  const whole: PlanTemplate = { ...template, tasks: [...template.tasks, ...removedTasks] };
  const view = planView(whole, find);
  if (status === "added" || status === "removed") return { view, diffs: new Map<string, ElementDiff>([...view.tasks.map((task) => task.key), ...view.edges.map((edge) => edge.pointer)].map((id) => [id, status])) };
  const diffs = new Map<string, ElementDiff>();
  for (const change of changes) {
    const task = change.path[0] === "tasks" ? change.path[1] : undefined;
    if (task === undefined) continue;
    const all = change.path.length === 2;
    diffs.set(task, all && change.op === "add" ? "added" : all && change.op === "remove" ? "removed" : (diffs.get(task) ?? "changed"));
  }
  for (const edge of view.edges) {
    const mark = edgeMark(edge.to, edge.from, template, old, diffs);
    if (mark !== null) diffs.set(edge.pointer, mark);
  }
  return { view, diffs };
}

function edgeMark(to: string, from: string, template: PlanTemplate, old: PlanTemplate | undefined, diffs: ReadonlyMap<string, ElementDiff>): ElementDiff | null {
  if (diffs.get(to) === "removed") return "removed";
  const had = waits(old?.tasks.find(({ key }) => key === to), from);
  const has = waits(template.tasks.find(({ key }) => key === to), from);
  return had === has ? null : has ? "added" : "removed";
}

function waits(task: TemplateTask | undefined, from: string): boolean {
  return task?.dependsOn?.some((edge) => edge.task === from) ?? false;
}
