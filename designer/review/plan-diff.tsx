import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Change, DefinitionDiff } from "../../engine/diff/definition-diff.ts";
import type { PlanTemplate, TemplateTask } from "../../engine/language/kinds.ts";
import { draftsApi } from "../api/drafts.ts";
import type { ElementDiff } from "../plan/flow-graph.ts";
import { PlanCanvas } from "../plan/plan-canvas.tsx";
import { planView } from "../plan/plan-view.ts";
import { lookupIn } from "../plan/use-plan.ts";
import { review as words } from "../strings/review.ts";
import { readFiles } from "../workspace/workspace.ts";
import type { Files } from "../workspace/history.ts";

interface PlanDiffProps {
  readonly draft: string;
  readonly base: string | null;
  readonly definition: Extract<DefinitionDiff, { changes: readonly Change[] }>;
}

const NONE: Files = new Map();

/** A plan before and after in one picture: what came, went and changed is marked, the rest is dimmed. */
export function PlanDiff({ draft, base, definition }: PlanDiffProps) {
  const { data } = useQuery({
    queryKey: ["plan-diff", draft, base],
    queryFn: async () => {
      const [before, after] = await Promise.all([base === null ? null : draftsApi.files(draft, base), draftsApi.files(draft)]);
      const afterFiles = readFiles(after.files, NONE);
      return { before: before === null ? NONE : readFiles(before.files, afterFiles), after: afterFiles };
    },
  });
  const picture = useMemo(() => (data === undefined ? null : pictureOf(definition, data.before, data.after)), [data, definition]);
  if (picture === null) return <p className="loading">{words.loading}</p>;
  return (
    <figure className="plan-diff" aria-label={words.picture}>
      <PlanCanvas title={definition.title} view={picture.view} moved={new Map()} arrangement="stages" at="" select={() => undefined} overlay={{ diffs: picture.diffs }} actions={null} />
      <figcaption className="meta">{words.dimmed}</figcaption>
    </figure>
  );
}

/** The plan with what was removed still in it, and the mark of each task and dependency. */
function pictureOf({ key, changes, ...rest }: PlanDiffProps["definition"], before: Files, after: Files) {
  const find = lookupIn(after);
  const template = find("plan-template", key);
  if (template === undefined) return null;
  const old = lookupIn(before)("plan-template", rest.status === "renamed" ? rest.from : key);
  const removedTasks = (old?.tasks ?? []).filter((task) => changes.some((change) => change.op === "remove" && change.path[0] === "tasks" && change.path.length === 2 && change.path[1] === task.key));
  const whole: PlanTemplate = { ...template, tasks: [...template.tasks, ...removedTasks] };
  const view = planView(whole, find);
  const diffs = new Map<string, ElementDiff>();
  for (const change of changes) {
    const task = change.path[0] === "tasks" ? change.path[1] : undefined;
    if (task === undefined) continue;
    const whole = change.path.length === 2;
    diffs.set(task, whole && change.op === "add" ? "added" : whole && change.op === "remove" ? "removed" : (diffs.get(task) ?? "changed"));
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
