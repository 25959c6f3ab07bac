import { ChevronDown, CircleX, Cog, Flag, Server, TriangleAlert, UserRound, type LucideIcon } from "lucide-react";
import { useRef, type KeyboardEvent } from "react";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { plan as words } from "../strings/plan.ts";
import { milestoneTitle } from "./plan-view.ts";
import type { PlanLayout } from "./plan-layout.ts";
import type { TaskCard } from "./plan-view.ts";
import type { Plan } from "./use-plan.ts";

const PERFORMERS: { readonly [by in TaskCard["by"]]: LucideIcon } = { system: Server, person: UserRound, internal: Cog };

interface OutlineProps {
  readonly plan: Plan;
  readonly layout: PlanLayout;
  readonly at: string;
  readonly select: (pointer: string) => void;
  readonly open: () => void;
  readonly remove: () => void;
  readonly problems: readonly Diagnostic[];
}

interface Line {
  readonly pointer: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly severity: Diagnostic["severity"] | null;
}

/** The plan as a tree: the canvas in words, complete by itself. */
export function Outline({ plan: { template, view, find }, layout, at, select, open, remove, problems }: OutlineProps) {
  const tree = useRef<HTMLDivElement>(null);
  const severity = (pointer: string): Diagnostic["severity"] | null => {
    const mine = problems.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`));
    return mine.some((problem) => problem.severity === "error") ? "error" : (mine[0]?.severity ?? null);
  };
  const stages = Array.from({ length: layout.rankCount }, (_, rank) => ({
    title: words.stage(rank + 1),
    lines: view.tasks.filter(({ key }) => layout.ranks.get(key) === rank).map((card): Line => ({ pointer: card.pointer, title: card.title, icon: PERFORMERS[card.by], severity: severity(card.pointer) })),
  })).filter(({ lines }) => lines.length > 0);
  const milestones = template.milestones.map((milestone, position): Line => {
    const pointer = jsonPointer("milestones", position);
    return { pointer, title: milestoneTitle(template, milestone.key, find), icon: Flag, severity: severity(pointer) };
  });
  const groups = [...stages, ...(milestones.length > 0 ? [{ title: words.milestones, lines: milestones }] : [])];
  const all = groups.flatMap(({ lines }) => lines);
  const current = all.findIndex(({ pointer }) => at === pointer || at.startsWith(`${pointer}/`));
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = { ArrowDown: current + 1, ArrowUp: Math.max(current - 1, 0), Home: 0, End: all.length - 1 }[event.key];
    const line = target === undefined ? undefined : all[target];
    if (line !== undefined) {
      select(line.pointer);
      tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"][aria-level="2"]')[target ?? 0]?.focus();
    } else if (event.key === "Enter") open();
    else if (event.key === "Delete") remove();
    else return;
    event.preventDefault();
  };
  return (
    <aside className="pane left outline" aria-label={words.outline}>
      <h2 className="pane-head">
        {words.outline} <span className="push count">{words.tasks(view.tasks.length)}</span>
      </h2>
      <div ref={tree} className="tree" role="tree" aria-label={words.outline} onKeyDown={onKeyDown}>
        {groups.map(({ title, lines }) => (
          <div key={title} role="group" aria-label={title}>
            <div className="tree-head">
              <ChevronDown aria-hidden="true" />
              {title}
            </div>
            {lines.map((line) => (
              <TreeLine key={line.pointer} line={line} selected={all[current] === line} reachable={current < 0 ? all[0] === line : all[current] === line} select={select} />
            ))}
          </div>
        ))}
      </div>
    </aside>
  );
}

function TreeLine({ line: { pointer, title, icon: Icon, severity }, selected, reachable, select }: { readonly line: Line; readonly selected: boolean; readonly reachable: boolean; readonly select: (pointer: string) => void }) {
  return (
    <div className="tree-line" role="treeitem" aria-level={2} aria-selected={selected} tabIndex={reachable ? 0 : -1} title={title} onClick={() => select(pointer)}>
      <Icon aria-hidden="true" />
      <span className="trunc">{title}</span>
      {severity === "error" ? <CircleX className="push f-failed" aria-label={severity} /> : null}
      {severity === "warning" ? <TriangleAlert className="push f-attention" aria-label={severity} /> : null}
    </div>
  );
}
