import { Position as Side } from "@xyflow/react";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import type { EdgeLineType } from "./edge-line.tsx";
import type { Picks } from "./pick-tasks.ts";
import { CARD, type PlanLayout, type Position } from "./plan-layout.ts";
import type { EdgeLook, PlanEdge, PlanView } from "./plan-view.ts";
import { relatedTo } from "./related.ts";
import type { Route } from "./route-edges.ts";
import type { Selected } from "./selection.ts";
import type { SourceNodeType, TaskNodeType, TaskStanding } from "./task-node.tsx";

export type ElementDiff = "added" | "removed" | "changed";

/** What a picture adds to the plain plan: problems, a run, a comparison, a search. */
export interface PlanOverlay {
  readonly problems?: readonly Diagnostic[];
  /** How each task stands in a run, by its key. */
  readonly standings?: ReadonlyMap<string, TaskStanding>;
  /** Dependencies that are met, or that hold a task back now, by their pointer. */
  readonly edgeStandings?: ReadonlyMap<string, "met" | "blocking">;
  /** Differences by task key, and by pointer for dependencies; what has none is dimmed. */
  readonly diffs?: ReadonlyMap<string, ElementDiff>;
  /** Keys of tasks a search found; the others are dimmed. */
  readonly found?: ReadonlySet<string>;
}

export interface FlowGraph {
  readonly nodes: readonly (TaskNodeType | SourceNodeType)[];
  readonly edges: readonly EdgeLineType[];
}

const NO_ROUTE = { path: "", label: { x: 0, y: 0 }, end: { x: 0, y: 0 } };
const SOURCE_SIZE = { width: 152, height: 28 } as const;
const CARD_BOX = boxOf(CARD);
const SOURCE_BOX = boxOf(SOURCE_SIZE);

export interface Picture {
  readonly view: PlanView;
  readonly layout: PlanLayout;
  /** Where people have put tasks by hand. */
  readonly moved: ReadonlyMap<string, Position>;
  readonly routes: ReadonlyMap<string, Route>;
  readonly selected: Selected;
  /** Keys of the selected tasks, where there can be several. */
  readonly picks: Picks;
  /** Tasks that a wire must not be dropped on while one is drawn, each with why. */
  readonly barred: ReadonlyMap<string, string> | null;
  readonly overlay: PlanOverlay;
  /** Types of dependencies that are not shown now. */
  readonly hidden: ReadonlySet<EdgeLook>;
  /** What the plus of a selected edge does; null where nothing is edited. */
  readonly insert: ((edge: PlanEdge) => void) | null;
}

/** The picture of a plan for the canvas library. */
export function flowGraph({ view, layout, moved, routes, selected, picks, barred, overlay, hidden, insert }: Picture): FlowGraph {
  const at = (id: string): Position => moved.get(id) ?? layout.positions.get(id) ?? { x: 0, y: 0 };
  const dims = (id: string): boolean => (overlay.found !== undefined && !overlay.found.has(id)) || (overlay.diffs !== undefined && !overlay.diffs.has(id));
  const picked = new Set(picks);
  const tasks = view.tasks.map((card): TaskNodeType => ({
    id: card.key, type: "task", position: at(card.key), ...CARD_BOX, selected: picked.has(card.key),
    data: {
      card, problem: worst(overlay.problems ?? [], card.pointer), standing: overlay.standings?.get(card.key) ?? null,
      diff: overlay.diffs?.get(card.key), dimmed: dims(card.key), found: overlay.found?.has(card.key) === true, barred: barred?.get(card.key) ?? null,
    },
  }));
  const sources = view.sources.map((source): SourceNodeType => ({
    id: source.id, type: "source", position: centered(at(source.id)), ...SOURCE_BOX, selectable: false, draggable: false, data: { source, dimmed: overlay.found !== undefined || overlay.diffs !== undefined },
  }));
  const related = selected?.kind === "task" && picks.length < 2 ? relatedTo(view, selected.key) : null;
  const nearness = ({ from, to }: PlanEdge): "near" | "way" | undefined => {
    if (selected?.kind !== "task" || related === null) return undefined;
    if (from === selected.key || to === selected.key) return "near";
    return related.before.has(to) || related.after.has(from) ? "way" : undefined;
  };
  const edges = view.edges.filter(({ look }) => !hidden.has(look)).map((edge): EdgeLineType => ({
    id: edge.id, type: "dependency", source: edge.from, target: edge.to, selected: selected?.kind === "edge" && selected.pointer === edge.pointer,
    data: { edge, route: routes.get(edge.id) ?? NO_ROUTE, insert, nearness: nearness(edge), standing: overlay.edgeStandings?.get(edge.pointer), diff: overlay.diffs?.get(edge.pointer), dimmed: overlay.diffs !== undefined && !overlay.diffs.has(edge.pointer) },
  }));
  return { nodes: [...sources, ...tasks], edges };
}

/** Sizes and ends said beforehand: without them the library draws every card once to measure it. */
function boxOf(size: { readonly width: number; readonly height: number }) {
  const handle = { y: size.height / 2, width: 1, height: 1 };
  return { ...size, measured: size, handles: [{ ...handle, type: "target" as const, position: Side.Left, x: 0 }, { ...handle, type: "source" as const, position: Side.Right, x: size.width }] };
}

function centered({ x, y }: Position): Position {
  return { x, y: y + (CARD.height - SOURCE_SIZE.height) / 2 };
}

/** The worst problem of a task or of what stands in it. */
function worst(problems: readonly Diagnostic[], pointer: string): Diagnostic | null {
  const mine = problems.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`));
  return mine.find(({ severity }) => severity === "error") ?? mine[0] ?? null;
}
