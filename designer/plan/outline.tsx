import { CircleX, Flag, TriangleAlert, type LucideIcon } from "lucide-react";
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from "react";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { plan as words } from "../strings/plan.ts";
import { performerIcon } from "./performer-icon.ts";
import { joined, toggled, type Picks } from "./pick-tasks.ts";
import { milestoneTitle } from "./plan-view.ts";
import type { Stage } from "./stages.ts";
import { scrollToLine, useLinesInView } from "./use-lines-in-view.ts";
import type { PickTasks } from "./use-picks.ts";
import type { Plan } from "./use-plan.ts";

interface OutlineProps {
  readonly plan: Plan;
  readonly head: ReactNode;
  readonly stages: readonly Stage[];
  readonly at: string;
  readonly select: (pointer: string) => void;
  /** All selected tasks, by their keys. */
  readonly picks: Picks;
  readonly pick: PickTasks;
  readonly open: () => void;
  readonly remove: () => void;
  readonly problems: readonly Diagnostic[];
}

/** A head of the tree, or one thing under it. */
interface Line {
  readonly pointer: string | null;
  readonly title: string;
  readonly icon: LucideIcon | null;
}

const LINE_HEIGHT = 26;

/** The plan as a tree: the canvas in words, complete by itself. Only the lines in view are in the page. */
export function Outline({ plan, head, stages, at, select, picks, pick, open, remove, problems }: OutlineProps) {
  const tree = useRef<HTMLDivElement>(null);
  const byKey = useRef(false);
  const lines = useMemo(() => linesOf(plan, stages), [plan, stages]);
  const severities = useMemo(() => severitiesOf(problems), [problems]);
  const current = lines.findIndex(({ pointer }) => pointer !== null && (at === pointer || at.startsWith(`${pointer}/`)));
  const reachable = current < 0 ? lines.findIndex(({ pointer }) => pointer !== null) : current;
  const { from, to } = useLinesInView(tree, LINE_HEIGHT, lines.length);
  // The line that Tab reaches stays in the page when it is scrolled away.
  const shown = lines.map((_, index) => index).filter((index) => (index >= from && index < to) || index === reachable);
  useEffect(() => {
    if (current < 0 || tree.current === null) return;
    scrollToLine(tree.current, LINE_HEIGHT, current);
    if (byKey.current) tree.current.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    byKey.current = false;
  }, [current]);
  const picked = new Set(plan.view.tasks.filter(({ key }) => picks.includes(key)).map(({ pointer }) => pointer));
  const choose = (pointer: string, besides: boolean): void => {
    const key = plan.view.tasks.find((task) => task.pointer === pointer)?.key;
    if (key === undefined) select(pointer);
    else pick(besides ? toggled(picks, key) : [key]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = lines.filter(({ pointer }) => pointer !== null);
    const place = items.findIndex((line) => line === lines[current]);
    const target = { ArrowDown: place + 1, ArrowUp: Math.max(place - 1, 0), Home: 0, End: items.length - 1 }[event.key];
    const pointer = target === undefined ? undefined : items[target]?.pointer;
    if (typeof pointer === "string") {
      byKey.current = pointer !== lines[current]?.pointer;
      const key = plan.view.tasks.find((task) => task.pointer === pointer)?.key;
      if (event.shiftKey && key !== undefined) pick(joined(picks, [key], key));
      else choose(pointer, false);
    } else if (event.key === "Enter") open();
    else if (event.key === "Delete") remove();
    else return;
    event.preventDefault();
  };
  return (
    <aside className="pane left outline" aria-label={words.outline}>
      {head}
      <div ref={tree} className="tree" role="tree" aria-multiselectable="true" aria-label={words.outline} onKeyDown={onKeyDown}>
        <div role="presentation" className="tree-lines" ref={(element) => { if (element !== null) element.style.height = `${lines.length * LINE_HEIGHT}px`; }}>
          {shown.map((index) => {
            const line = lines[index];
            if (line === undefined) return null;
            return <TreeLine key={line.pointer ?? `head ${index}`} line={line} top={index * LINE_HEIGHT} severity={line.pointer === null ? null : (severities.get(line.pointer) ?? null)} selected={index === current || (line.pointer !== null && picked.has(line.pointer))} reachable={index === reachable} position={index + 1} count={lines.length} choose={choose} />;
          })}
        </div>
      </div>
    </aside>
  );
}

function linesOf({ template, find }: Plan, stages: readonly Stage[]): readonly Line[] {
  const head = (title: string): Line => ({ pointer: null, title, icon: null });
  const milestones = template.milestones.map((milestone, position): Line => ({ pointer: jsonPointer("milestones", position), title: milestoneTitle(template, milestone.key, find), icon: Flag }));
  return [
    ...stages.filter(({ tasks }) => tasks.length > 0).flatMap(({ title, tasks }) => [head(title), ...tasks.map((card): Line => ({ pointer: card.pointer, title: card.title, icon: performerIcon(card) }))]),
    ...(milestones.length > 0 ? [head(words.milestones), ...milestones] : []),
  ];
}

/** The worst that is said of each task and milestone, or of what stands in it. */
function severitiesOf(problems: readonly Diagnostic[]): ReadonlyMap<string, Diagnostic["severity"]> {
  const worst = new Map<string, Diagnostic["severity"]>();
  for (const { path, severity } of problems) {
    const [pointer] = /^\/(?:tasks|milestones)\/\d+/.exec(path) ?? [];
    if (pointer !== undefined && worst.get(pointer) !== "error") worst.set(pointer, severity);
  }
  return worst;
}

interface TreeLineProps {
  readonly line: Line;
  readonly top: number;
  readonly severity: Diagnostic["severity"] | null;
  readonly selected: boolean;
  readonly reachable: boolean;
  readonly position: number;
  readonly count: number;
  readonly choose: (pointer: string, besides: boolean) => void;
}

function TreeLine({ line: { pointer, title, icon: Icon }, top, severity, selected, reachable, position, count, choose }: TreeLineProps) {
  const place = (element: HTMLElement | null): void => {
    if (element !== null) element.style.transform = `translateY(${top}px)`;
  };
  const attributes = { role: "treeitem", "aria-posinset": position, "aria-setsize": count } as const;
  if (pointer === null) return <div ref={place} className="tree-head" {...attributes} aria-level={1} aria-expanded="true">{title}</div>;
  return (
    <div ref={place} className="tree-line" {...attributes} aria-level={2} aria-selected={selected} tabIndex={reachable ? 0 : -1} title={title} onClick={({ shiftKey, ctrlKey, metaKey }) => choose(pointer, shiftKey || ctrlKey || metaKey)}>
      {Icon === null ? null : <Icon aria-hidden="true" />}
      <span className="trunc">{title}</span>
      {severity === "error" ? <CircleX className="push f-failed" aria-label={severity} /> : null}
      {severity === "warning" ? <TriangleAlert className="push f-attention" aria-label={severity} /> : null}
    </div>
  );
}
