import { ReactFlow, ReactFlowProvider, useReactFlow, useStore, type Connection, type IsValidConnection, type OnConnectEnd, type ReactFlowInstance } from "@xyflow/react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { plan as words } from "../strings/plan.ts";
import { Backdrop } from "./backdrop.tsx";
import { EdgeCaps, EdgeLine, type EdgeLineType } from "./edge-line.tsx";
import { flowGraph, type FlowGraph, type PlanOverlay } from "./flow-graph.ts";
import { Minimap } from "./minimap.tsx";
import { Overview } from "./overview.tsx";
import { layOut, type Arrangement, type Position } from "./plan-layout.ts";
import type { EdgeLook, PlanEdge, PlanView } from "./plan-view.ts";
import { routeEdges } from "./route-edges.ts";
import { selectedIn } from "./selection.ts";
import { stagesOf } from "./stages.ts";
import { SourceNode, TaskNode, type SourceNodeType, type TaskNodeType } from "./task-node.tsx";
import { nextTask } from "./walk.ts";
import { ZoomControls } from "./zoom-controls.tsx";
import "@xyflow/react/dist/base.css";
import "./plan.css";

const NODE_TYPES = { task: TaskNode, source: SourceNode };
const EDGE_TYPES = { dependency: EdgeLine };
/** Below the first the plan is painted whole, above the second it is cards again; between them it stays what it is. */
const OVERVIEW_BELOW = 0.42;
const CARDS_ABOVE = 0.48;
const FIT = { padding: { x: "32px", top: "40px", bottom: "24px" }, maxZoom: 1, minZoom: 0.05 } as const;
/** A plan opens readable, even when it does not fit then. */
const FIRST_SIGHT = { ...FIT, minZoom: 0.8 } as const;

/** Room at the left of the first stage, in pixels. */
const LEFT_MARGIN = 32;

/** What an author does to a plan; without it the picture is only looked at. */
export interface PlanActions {
  readonly connect: (from: string, to: string) => void;
  readonly cannotConnect: (from: string, to: string) => string | null;
  readonly addAfter: (from: string) => void;
  readonly insert: (edge: PlanEdge) => void;
  readonly move: (positions: ReadonlyMap<string, Position>) => void;
  readonly remove: () => void;
}

interface PlanCanvasProps {
  readonly title: string;
  readonly view: PlanView;
  readonly moved: ReadonlyMap<string, Position>;
  readonly arrangement: Arrangement;
  readonly at: string;
  readonly select: (pointer: string) => void;
  readonly overlay: PlanOverlay;
  /** Types of dependencies that are not shown now. */
  readonly hidden?: ReadonlySet<EdgeLook>;
  readonly actions: PlanActions | null;
  /** Enter on a task: go on to its form. */
  readonly open?: () => void;
}

/** The picture of a plan. One stop for the keyboard: arrows follow the dependencies. */
export function PlanCanvas(props: PlanCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ title, view, moved, arrangement, at, select, overlay, hidden = NOTHING, actions, open }: PlanCanvasProps) {
  const selected = selectedIn(view, at);
  const layout = useMemo(() => layOut(view, arrangement), [view, arrangement]);
  const [dragged, setDragged] = useState<ReadonlyMap<string, Position>>(NONE);
  const placed = useMemo(() => (arrangement === "lanes" ? NONE : new Map([...moved, ...dragged])), [arrangement, moved, dragged]);
  const stages = useMemo(() => stagesOf(view, layout), [view, layout]);
  const routes = useMemo(() => routeEdges(view, layout, placed), [view, layout, placed]);
  const graph = useMemo(() => flowGraph({ view, layout, moved: placed, routes, selected: selectedIn(view, at), overlay, hidden, insert: actions?.insert ?? null }), [view, layout, placed, routes, at, overlay, hidden, actions]);
  const overview = useOverview();
  const flow = useReactFlow<TaskNodeType | SourceNodeType, EdgeLineType>();
  const shown = useRef<string | null>(selected?.kind === "task" ? selected.key : null);

  useEffect(() => setDragged(NONE), [moved, view]);
  useEffect(() => {
    const key = selected?.kind === "task" ? selected.key : null;
    if (key !== null && key !== shown.current && !isInView(flow, key)) void flow.fitView({ nodes: [{ id: key }], maxZoom: Math.max(flow.getZoom(), 0.8), duration: 160 });
    shown.current = key;
  });

  const pointerOf = (key: string): string => view.tasks.find((task) => task.key === key)?.pointer ?? "";
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const next = nextTask(view, layout, selected?.kind === "task" ? selected.key : null, event.key);
    if (next !== null) select(pointerOf(next));
    else if (event.key === "Enter" && selected !== null) open?.();
    else if ((event.key === "Delete" || event.key === "Backspace") && actions !== null) actions.remove();
    else if (event.key === "Escape") select("");
    else if (event.key === "0") void flow.zoomTo(1);
    else if (event.key === "1" && !(selected?.kind === "task")) void flow.fitView(FIT);
    else return;
    event.preventDefault();
  };
  const isValid: IsValidConnection = ({ source, target }) => actions?.cannotConnect(source, target) === null;
  const onConnectEnd: OnConnectEnd = (_, state) => {
    if (state.toNode === null && state.fromNode !== null && state.fromHandle?.type === "source") actions?.addAfter(state.fromNode.id);
  };
  const current = selected?.kind === "task" ? view.tasks.find(({ key }) => key === selected.key) : undefined;
  return (
    <div className="plan-canvas" role="application" aria-label={words.canvas(title)} aria-activedescendant={current === undefined ? undefined : `task-${current.key}`} tabIndex={0} onKeyDown={onKeyDown}>
      <ReactFlow
        nodes={overview ? [] : (graph.nodes as (TaskNodeType | SourceNodeType)[])}
        edges={overview ? [] : (graph.edges as EdgeLineType[])}
        nodeTypes={NODE_TYPES} edgeTypes={EDGE_TYPES}
        onlyRenderVisibleElements onInit={(made) => void firstSight(made, graph, selected?.kind === "task" ? selected.key : null)} minZoom={0.05} maxZoom={2}
        nodesFocusable={false} edgesFocusable={false} disableKeyboardA11y deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null}
        nodesDraggable={actions !== null && arrangement === "stages"} nodesConnectable={actions !== null} connectOnClick={actions !== null} connectionRadius={28}
        panOnScroll zoomOnDoubleClick={false} proOptions={{ hideAttribution: true }}
        isValidConnection={isValid}
        onConnect={({ source, target }: Connection) => actions?.connect(source, target)}
        onConnectEnd={onConnectEnd}
        onNodeClick={(_, node) => select(pointerOf(node.id))}
        onNodeDoubleClick={() => open?.()}
        onEdgeClick={(_, edge) => select(edge.data?.edge.pointer ?? "")}
        onPaneClick={() => select("")}
        onNodeDrag={(_, __, all) => setDragged(new Map(all.map(({ id, position }) => [id, position])))}
        onNodeDragStop={(_, __, all) => actions?.move(new Map([...moved, ...all.map(({ id, position }) => [id, position] as const)]))}
      >
        <EdgeCaps />
        <Backdrop stages={stages} layout={layout} />
        {overview ? <Overview graph={graph} /> : null}
        <Minimap graph={graph} />
        <ZoomControls fit={() => void flow.fitView(FIT)} />
      </ReactFlow>
      <p className="hidden" aria-live="polite">
        {current === undefined ? "" : words.announce(current.title, current.performer, view.edges.filter(({ to }) => to === current.key).length)}
      </p>
    </div>
  );
}

const NONE: ReadonlyMap<string, Position> = new Map();
const NOTHING: ReadonlySet<EdgeLook> = new Set();

/** Whether the plan is far away; with some play, so that it does not flicker at the border. */
function useOverview(): boolean {
  const far = useRef(false);
  return useStore(({ transform: [, , zoom] }) => (far.current = zoom < (far.current ? CARDS_ABOVE : OVERVIEW_BELOW)));
}

/** A plan opens at what is selected, else whole; one that is wider than the pane at its first stage, where reading begins. */
async function firstSight(flow: Pick<ReactFlowInstance<TaskNodeType | SourceNodeType, EdgeLineType>, "fitView" | "getViewport" | "setViewport">, { nodes }: FlowGraph, key: string | null): Promise<void> {
  await flow.fitView(FIRST_SIGHT);
  const { x, y, zoom } = flow.getViewport();
  const left = Math.min(...nodes.map(({ position }) => position.x * zoom));
  if (!Number.isFinite(left) || left + x >= 0) return;
  if (key !== null) await flow.fitView({ nodes: [{ id: key }], minZoom: zoom, maxZoom: zoom });
  else await flow.setViewport({ x: LEFT_MARGIN - left, y, zoom });
}

function isInView(flow: ReturnType<typeof useReactFlow<TaskNodeType | SourceNodeType, EdgeLineType>>, id: string): boolean {
  const node = flow.getNode(id);
  const pane = document.querySelector(".plan-canvas")?.getBoundingClientRect();
  if (node === undefined || pane === undefined) return false;
  const { x, y } = flow.flowToScreenPosition(node.position);
  return x > pane.left && y > pane.top && x + 120 < pane.right && y + 60 < pane.bottom;
}
