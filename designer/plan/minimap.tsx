import { useReactFlow, useStore, useViewport } from "@xyflow/react";
import { useEffect, useMemo, useRef, type MouseEvent } from "react";
import { useTheme } from "../app/theme.ts";
import type { FlowGraph } from "./flow-graph.ts";
import { paintPlan } from "./paint-plan.ts";

const SIZE = { width: 132, height: 76 } as const;
const MARGIN = 60;

/** The whole plan in a corner, with the part in view; a click goes there. Painted, because the library's own halves the frame rate. */
export function Minimap({ graph }: { readonly graph: FlowGraph }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { x, y, zoom } = useViewport();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const { setCenter } = useReactFlow();
  const scheme = useTheme(({ scheme }) => scheme);
  const sight = useMemo(() => sightOf(graph), [graph]);
  useEffect(() => {
    if (canvas.current !== null) paintPlan(canvas.current, graph, sight, false);
  }, [graph, sight, scheme]);
  useEffect(() => {
    if (frame.current === null) return;
    const scale = sight.zoom / zoom;
    Object.assign(frame.current.style, { left: `${sight.x - x * scale}px`, top: `${sight.y - y * scale}px`, width: `${width * scale}px`, height: `${height * scale}px` });
  }, [sight, x, y, zoom, width, height]);
  if (graph.nodes.length === 0) return null;
  const go = (event: MouseEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    void setCenter((event.clientX - box.left - sight.x) / sight.zoom, (event.clientY - box.top - sight.y) / sight.zoom, { zoom, duration: 160 });
  };
  return (
    <div className="minimap" aria-hidden="true" onClick={go}>
      <canvas ref={canvas} />
      <div ref={frame} className="minimap-frame" />
    </div>
  );
}

function sightOf({ nodes }: FlowGraph) {
  const left = Math.min(...nodes.map(({ position }) => position.x), Infinity) - MARGIN;
  const top = Math.min(...nodes.map(({ position }) => position.y), Infinity) - MARGIN;
  const right = Math.max(...nodes.map(({ position, width = 0 }) => position.x + width), -Infinity) + MARGIN;
  const bottom = Math.max(...nodes.map(({ position, height = 0 }) => position.y + height), -Infinity) + MARGIN;
  const zoom = nodes.length === 0 ? 1 : Math.min(SIZE.width / (right - left), SIZE.height / (bottom - top));
  return { zoom, x: (SIZE.width - (right + left) * zoom) / 2, y: (SIZE.height - (bottom + top) * zoom) / 2 };
}
