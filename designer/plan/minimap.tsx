import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, type MouseEvent } from "react";
import { useTheme } from "../app/theme.ts";
import type { FlowGraph } from "./flow-graph.ts";
import { motionMs } from "./motion.ts";
import { paintPlan } from "./paint-plan.ts";
import { useSight, type Sight } from "./use-sight.ts";

const SIZE = { width: 132, height: 76 } as const;
const MARGIN = 60;

/** The whole plan in a corner, with the part in view; a click goes there. Painted, because the library's own halves the frame rate. */
export function Minimap({ graph }: { readonly graph: FlowGraph }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  const { setCenter } = useReactFlow();
  const scheme = useTheme(({ scheme }) => scheme);
  const whole = useMemo(() => sightOf(graph), [graph]);
  useEffect(() => {
    if (canvas.current !== null) paintPlan(canvas.current, graph, whole, false);
  }, [graph, whole, scheme]);
  const drawFrame = useCallback(
    ({ x, y, zoom, width, height }: Sight): void => {
      const scale = whole.zoom / zoom;
      if (frame.current !== null) Object.assign(frame.current.style, { transform: `translate(${whole.x - x * scale}px, ${whole.y - y * scale}px)`, width: `${width * scale}px`, height: `${height * scale}px` });
    },
    [whole],
  );
  useSight(drawFrame);
  if (graph.nodes.length === 0) return null;
  const go = (event: MouseEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    void setCenter((event.clientX - box.left - whole.x) / whole.zoom, (event.clientY - box.top - whole.y) / whole.zoom, { zoom: store.getState().transform[2], duration: motionMs() });
  };
  return (
    <div className="minimap" aria-hidden="true" onClick={go}>
      <canvas ref={canvas} />
      <div ref={frame} className="minimap-frame" />
    </div>
  );
}

function sightOf({ nodes }: FlowGraph): Sight {
  const left = Math.min(...nodes.map(({ position }) => position.x), Infinity) - MARGIN;
  const top = Math.min(...nodes.map(({ position }) => position.y), Infinity) - MARGIN;
  const right = Math.max(...nodes.map(({ position, width = 0 }) => position.x + width), -Infinity) + MARGIN;
  const bottom = Math.max(...nodes.map(({ position, height = 0 }) => position.y + height), -Infinity) + MARGIN;
  const zoom = nodes.length === 0 ? 1 : Math.min(SIZE.width / (right - left), SIZE.height / (bottom - top));
  return { ...SIZE, zoom, x: (SIZE.width - (right + left) * zoom) / 2, y: (SIZE.height - (bottom + top) * zoom) / 2 };
}
