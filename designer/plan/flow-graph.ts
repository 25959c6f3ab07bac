import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import type { EdgeLineType } from "./edge-line.tsx";
import { CARD, type PlanLayout, type Position } from "./plan-layout.ts";
import type { PlanEdge, PlanView } from "./plan-view.ts";
import { routeEdges } from "./route-edges.ts";
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

/** The picture of a plan for the canvas library. */
export function flowGraph(view: PlanView, layout: PlanLayout, moved: ReadonlyMap<string, Position>, selected: Selected, overlay: PlanOverlay, insert: ((edge: PlanEdge) => void) | null): FlowGraph {
  const at = (id: string): Position => moved.get(id) ?? layout.positions.get(id) ?? { x: 0, y: 0 };
  const dims = (id: string): boolean => (overlay.found !== undefined && !overlay.found.has(id)) || (overlay.diffs !== undefined && !overlay.diffs.has(id));
  const tasks = view.tasks.map((card): TaskNodeType => ({
    id: card.key, type: "task", position: at(card.key), ...CARD, selected: selected?.kind === "task" && selected.key === card.key,
    data: {
      card, problem: worst(overlay.problems ?? [], card.pointer), standing: overlay.standings?.get(card.key) ?? null,
      diff: overlay.diffs?.get(card.key), dimmed: dims(card.key), found: overlay.found?.has(card.key) === true,
    },
  }));
  const sources = view.sources.map((source): SourceNodeType => ({
    id: source.id, type: "source", position: centered(at(source.id)), ...SOURCE_SIZE, selectable: false, draggable: false, data: { source, dimmed: overlay.found !== undefined || overlay.diffs !== undefined },
  }));
  const routes = routeEdges(view, layout, at, (id) => moved.has(id));
  const edges = view.edges.map((edge): EdgeLineType => ({
    id: edge.id, type: "dependency", source: edge.from, target: edge.to, selected: selected?.kind === "edge" && selected.pointer === edge.pointer,
    data: { edge, route: routes.get(edge.id) ?? NO_ROUTE, insert, standing: overlay.edgeStandings?.get(edge.pointer), diff: overlay.diffs?.get(edge.pointer), dimmed: overlay.diffs !== undefined && !overlay.diffs.has(edge.pointer) },
  }));
  return { nodes: [...sources, ...tasks], edges };
}

function centered({ x, y }: Position): Position {
  return { x, y: y + (CARD.height - SOURCE_SIZE.height) / 2 };
}

/** The worst problem of a task or of what stands in it. */
function worst(problems: readonly Diagnostic[], pointer: string): Diagnostic | null {
  const mine = problems.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`));
  return mine.find(({ severity }) => severity === "error") ?? mine[0] ?? null;
}
