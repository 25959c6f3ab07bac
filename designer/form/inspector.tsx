import type { Kind } from "../../engine/language/kinds.ts";
import { form as words } from "../strings/form.ts";
import { DefinitionForm } from "./definition-form.tsx";

/** Parts of a plan template that the canvas and the outline edit, not the form of the whole. */
const DRAWN = ["tasks"] as const;

interface InspectorProps {
  readonly path: string;
  readonly kind: Kind;
  readonly at: string;
  readonly title: string;
}

/** The form of what is selected in the plan: a task, a dependency, a milestone, or the plan itself. */
export function Inspector({ path, kind, at, title }: InspectorProps) {
  const [base = "", what = "whole"] = baseOf(at);
  return (
    <aside className="pane right inspector" aria-label={words.inspector}>
      <h2 className="pane-head">
        <span className="trunc">{title}</span>
        <span className="push count">{words[what]}</span>
      </h2>
      <div className="inspector-body">
        <DefinitionForm path={path} kind={kind} base={base} at={at} without={base === "" ? DRAWN : []} />
      </div>
    </aside>
  );
}

function baseOf(at: string): readonly [string, "task" | "dependency" | "milestone"] | readonly [] {
  const [, edge] = /^(\/tasks\/\d+\/dependsOn\/\d+)(?:\/|$)/.exec(at) ?? [];
  if (edge !== undefined) return [edge, "dependency"];
  const [, task] = /^(\/tasks\/\d+)(?:\/|$)/.exec(at) ?? [];
  if (task !== undefined) return [task, "task"];
  const [, milestone] = /^(\/milestones\/\d+)(?:\/|$)/.exec(at) ?? [];
  return milestone === undefined ? [] : [milestone, "milestone"];
}
