import { useViewport } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useTheme } from "../app/theme.ts";
import type { FlowGraph } from "./flow-graph.ts";
import { paintPlan } from "./paint-plan.ts";

/** The plan from afar: painted, because a thousand cards would not move. */
export function Overview({ graph }: { readonly graph: FlowGraph }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { x, y, zoom } = useViewport();
  const scheme = useTheme(({ scheme }) => scheme);
  useEffect(() => {
    if (canvas.current !== null) paintPlan(canvas.current, graph, { x, y, zoom }, true);
  }, [graph, x, y, zoom, scheme]);
  return <canvas ref={canvas} className="overview" aria-hidden="true" />;
}
