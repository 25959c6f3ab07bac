import { ReactFlow, ReactFlowProvider, useReactFlow, useStore, type Connection, type ReactFlowInstance } from "@xyflow/react";
import { useEffect, useMemo, useRef, useState, type DragEvent, type KeyboardEvent, type MouseEvent } from "react";
import { plan as words } from "../strings/plan.ts";
import type { NewTaskPlace } from "./add-task.ts";
import { Backdrop } from "./backdrop.tsx";
import { EdgeCaps, EdgeLine, type EdgeLineType } from "./edge-line.tsx";
import { flowGraph, type FlowGraph, type PlanOverlay } from "./flow-graph.ts";
import { Minimap } from "./minimap.tsx";
import { motionMs } from "./motion.ts";
import { Overview } from "./overview.tsx";
import { extended, joined, toggled, touchedBy, type Box, type Picks } from "./pick-tasks.ts";
import { placeUnder, type Flow } from "./place-under.ts";
import { layOut, type Arrangement, type Position } from "./plan-layout.ts";
import type { EdgeLook, PlanEdge, PlanView } from "./plan-view.ts";
import { routeEdges } from "./route-edges.ts";
import { selectedIn } from "./selection.ts";
import { stagesOf } from "./stages.ts";
import { SourceNode, TaskNode, type SourceNodeType, type TaskNodeType } from "./task-node.tsx";
import { carriesTaskType, droppedTaskType } from "./task-type-drag.ts";
import { useMarquee } from "./use-marquee.ts";
import type { PickTasks } from "./use-picks.ts";
import { useWire } from "./use-wire.ts";
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
  /** Which tasks cannot wait for this one, each with why. */
  readonly barred: (from: string) => ReadonlyMap<string, string>;
  readonly pick: PickTasks;
  readonly addAfter: (from: string) => void;
  readonly insert: (edge: PlanEdge) => void;
  readonly place: (type: string, place: NewTaskPlace) => void;
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
  /** The selected tasks; left out where only one can be. */
  readonly picks?: Picks;
  readonly overlay: PlanOverlay;
  /** Types of dependencies that are not shown now. */
  readonly hidden?: ReadonlySet<EdgeLook>;
  readonly actions: PlanActions | null;
  /** The task type that the next click places, and how to stop that. */
  readonly placing?: { readonly type: string; readonly stop: () => void } | null;
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

function Canvas({ title, view, moved, arrangement, at, select, picks: several, overlay, hidden = NOTHING, actions, placing = null, open }: PlanCanvasProps) {
  const selected = useMemo(() => selectedIn(view, at), [view, at]);
  const picks = useMemo(() => several ?? (selected?.kind === "task" ? [selected.key] : []), [several, selected]);
  const { wire, ...wiring } = useWire(actions);
  const layout = useMemo(() => layOut(view, arrangement), [view, arrangement]);
  const [dragged, setDragged] = useState<ReadonlyMap<string, Position>>(NONE);
  const placed = useMemo(() => (arrangement === "lanes" ? NONE : new Map([...moved, ...dragged])), [arrangement, moved, dragged]);
  const stages = useMemo(() => stagesOf(view, layout), [view, layout]);
  const routes = useMemo(() => routeEdges(view, layout, placed), [view, layout, placed]);
  const graph = useMemo(() => flowGraph({ view, layout, moved: placed, routes, selected, picks, barred: wire?.barred ?? null, overlay, hidden, insert: actions?.insert ?? null }), [view, layout, placed, routes, selected, picks, wire?.barred, overlay, hidden, actions]);
  const overview = useOverview();
  const flow: Flow = useReactFlow<TaskNodeType | SourceNodeType, EdgeLineType>();
  const shown = useRef<string | null>(selected?.kind === "task" ? selected.key : null);

  useEffect(() => setDragged(NONE), [moved, view]);
  useEffect(() => {
    const key = picks.at(-1) ?? null;
    const sought = picks.length > 1 ? picks : [key ?? ""];
    if (key !== null && key !== shown.current && !sought.some((id) => isInView(flow, id))) void flow.fitView({ nodes: sought.map((id) => ({ id })), maxZoom: Math.max(flow.getZoom(), 0.8), duration: motionMs() });
    shown.current = key;
  });
  const arranged = useRef(arrangement);
  useEffect(() => {
    if (arranged.current !== arrangement) void flow.fitView({ ...FIT, duration: motionMs() });
    arranged.current = arrangement;
  }, [arrangement, flow]);

  const pointerOf = (key: string): string => view.tasks.find((task) => task.key === key)?.pointer ?? "";
  const choose = (key: string, besides: boolean): void => (actions === null ? select(pointerOf(key)) : actions.pick(besides ? toggled(picks, key) : [key]));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const more = event.shiftKey && actions !== null ? extended(view, layout, picks, event.key) : null;
    const next = nextTask(view, layout, selected?.kind === "task" ? selected.key : null, event.key);
    if (more !== null) actions?.pick(more);
    else if (next !== null) choose(next, false);
    else if (event.key === "Enter" && selected !== null) open?.();
    else if ((event.key === "Delete" || event.key === "Backspace") && actions !== null) actions.remove();
    else if (event.key === "Escape" && placing !== null) placing.stop();
    else if (event.key === "Escape") select("");
    else if (event.key === "0") void flow.zoomTo(1);
    else if (event.key === "1" && !(selected?.kind === "task")) void flow.fitView(FIT);
    else return;
    event.preventDefault();
  };
  const marquee = useMarquee(({ from, to }: Box) => {
    const box = { from: flow.screenToFlowPosition(from), to: flow.screenToFlowPosition(to) };
    const touched = touchedBy(box, view, (key) => placed.get(key) ?? layout.positions.get(key) ?? box.from);
    if (touched.length > 0) actions?.pick(joined(picks, touched, touched.at(-1)));
  });
  const place = (type: string, event: MouseEvent | DragEvent): void => {
    const where = placeUnder(event, flow);
    actions?.place(type, where.kind === "alone" && arrangement === "lanes" ? { ...where, position: null } : where);
    placing?.stop();
    document.querySelector<HTMLElement>(".plan-canvas")?.focus();
  };
  const onClickCapture = (event: MouseEvent): void => {
    if (placing === null || !(event.target instanceof Element) || event.target.closest(".react-flow__renderer") === null) return;
    event.stopPropagation();
    place(placing.type, event);
  };
  const onDragOver = (event: DragEvent): void => {
    if (actions !== null && carriesTaskType(event.dataTransfer)) event.preventDefault();
  };
  const onDrop = (event: DragEvent): void => {
    const type = droppedTaskType(event.dataTransfer);
    if (type === null || actions === null) return;
    event.preventDefault();
    place(type, event);
  };
  const current = selected?.kind === "task" ? view.tasks.find(({ key }) => key === selected.key) : undefined;
  return (
    <div className={`plan-canvas${placing === null ? "" : " placing"}`} role="application" aria-label={words.canvas(title)} aria-activedescendant={current === undefined ? undefined : `task-${current.key}`} tabIndex={0} onKeyDown={onKeyDown} onClickCapture={onClickCapture} onDragOver={onDragOver} onDrop={onDrop} {...(actions === null ? {} : { onMouseDownCapture: marquee.onMouseDownCapture })}>
      <ReactFlow
        nodes={overview ? [] : (graph.nodes as (TaskNodeType | SourceNodeType)[])}
        edges={overview ? [] : (graph.edges as EdgeLineType[])}
        nodeTypes={NODE_TYPES} edgeTypes={EDGE_TYPES}
        onlyRenderVisibleElements onInit={(made) => void firstSight(made, graph, selected?.kind === "task" ? selected.key : null)} minZoom={0.05} maxZoom={2}
        nodesFocusable={false} edgesFocusable={false} disableKeyboardA11y deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null}
        nodesDraggable={actions !== null && arrangement === "stages"} nodesConnectable={actions !== null} connectOnClick={actions !== null} connectionRadius={28}
        panOnScroll zoomOnDoubleClick={false} proOptions={{ hideAttribution: true }}
        isValidConnection={({ source, target }) => !wiring.isBarred(source, target)}
        onConnect={({ source, target }: Connection) => actions?.connect(source, target)}
        onConnectStart={wiring.start} onConnectEnd={wiring.end} onClickConnectStart={wiring.start} onClickConnectEnd={wiring.stop}
        {...(wire === null ? {} : { onNodeMouseEnter: (_: unknown, { id }: { readonly id: string }) => wiring.over(id) })}
        onNodeClick={({ shiftKey, ctrlKey, metaKey }, node) => choose(node.id, shiftKey || ctrlKey || metaKey)}
        onNodeDoubleClick={() => open?.()}
        onEdgeClick={(_, edge) => select(edge.data?.edge.pointer ?? "")}
        onPaneClick={({ shiftKey }) => shiftKey || select("")}
        onNodeDrag={(_, __, all) => setDragged(new Map(all.map(({ id, position }) => [id, position])))}
        onNodeDragStop={(_, __, all) => actions?.move(new Map(all.map(({ id, position }) => [id, position])))}
      >
        <EdgeCaps />
        <Backdrop stages={stages} layout={layout} />
        {overview ? <Overview graph={graph} /> : null}
        <Minimap graph={graph} />
        <ZoomControls fit={() => void flow.fitView(FIT)} />
      </ReactFlow>
      {marquee.box === null ? null : <Marquee box={marquee.box} />}
      <p className="hidden" aria-live="polite">
        {wiring.reason !== null ? wiring.reason : picks.length > 1 ? words.selected(picks.length) : current === undefined ? "" : words.announce(current.title, current.performer, view.edges.filter(({ to }) => to === current.key).length)}
      </p>
    </div>
  );
}

/** The rectangle that is being drawn, at its place in the window. */
function Marquee({ box: { from, to } }: { readonly box: Box }) {
  return <div className="marquee" style={{ left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) }} />;
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

function isInView(flow: Flow, id: string): boolean {
  const node = flow.getNode(id);
  const pane = document.querySelector(".plan-canvas")?.getBoundingClientRect();
  if (node === undefined || pane === undefined) return false;
  const { x, y } = flow.flowToScreenPosition(node.position);
  return x > pane.left && y > pane.top && x + 120 < pane.right && y + 60 < pane.bottom;
}
