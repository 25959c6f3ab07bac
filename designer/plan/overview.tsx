import { useCallback, useRef } from "react";
import { useTheme } from "../app/theme.ts";
import type { FlowGraph } from "./flow-graph.ts";
import { paintPlan } from "./paint-plan.ts";
import { useSight, type Sight } from "./use-sight.ts";

/** The plan from afar: painted, because a thousand cards would not move. */
export function Overview({ graph }: { readonly graph: FlowGraph }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useTheme(({ scheme }) => scheme);
  // The scheme is what the colors are read from: another one is another painting.
  const paint = useCallback((sight: Sight) => canvas.current !== null && paintPlan(canvas.current, graph, sight, true), [graph, scheme]);
  useSight(paint);
  return <canvas ref={canvas} className="overview" aria-hidden="true" />;
}
