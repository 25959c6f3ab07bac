import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from "@xyflow/react";
import { Plus } from "lucide-react";
import { memo } from "react";
import { plan as words } from "../strings/plan.ts";
import type { PlanEdge } from "./plan-view.ts";
import type { Route } from "./route-edges.ts";

export type EdgeLineType = Edge<{ readonly edge: PlanEdge; readonly route: Route; readonly insert: ((edge: PlanEdge) => void) | null; readonly nearness?: "near" | "way" | undefined; readonly standing?: "met" | "blocking" | undefined; readonly diff?: "added" | "removed" | "changed" | undefined; readonly dimmed?: boolean }, "dependency">;

/** A dependency: pattern, cap and label say the type; the hue says only whether it is met, in a run. */
export const EdgeLine = memo(function EdgeLine({ data, selected }: EdgeProps<EdgeLineType>) {
  if (data === undefined) return null;
  const { edge, route, insert, nearness, standing, diff, dimmed } = data;
  const look = `edge edge-${edge.look}${selected === true ? " selected" : ""}${nearness === undefined ? "" : ` ${nearness}`}${standing === undefined ? "" : ` ${standing}`}${diff === undefined ? "" : ` diff-${diff}`}${dimmed === true ? " dimmed" : ""}`;
  return (
    <g className={look}>
      <BaseEdge path={route.path} markerEnd={`url(#cap-${CAPS[edge.look]})`} {...(edge.look === "conditional" ? { markerStart: "url(#cap-diamond)" } : {})} interactionWidth={16} />
      {edge.look === "milestone" ? <path className="edge-flag" d={`M${route.end.x - 18} ${route.end.y - 1}v-9l7 3-7 3`} /> : null}
      {edge.label === null && (insert === null || selected !== true) ? null : (
        <EdgeLabelRenderer>
          <span className={`edge-label nopan${selected === true ? " selected" : ""}${nearness === "near" ? " near" : ""}${dimmed === true ? " dimmed" : ""}`} ref={(element) => { if (element !== null) element.style.transform = `translate(-50%, calc(-50% - 8px)) translate(${route.label.x}px, ${route.label.y}px)`; }}>
            {edge.label}
            {insert !== null && selected === true ? (
              <button type="button" className="edge-insert" aria-label={words.addBetween} title={words.addBetween} onClick={() => insert(edge)}>
                <Plus aria-hidden="true" />
              </button>
            ) : null}
          </span>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

const CAPS = { finish: "arrow", data: "open", conditional: "arrow", milestone: "arrow", human: "arrow", time: "arrow", undo: "filled-diamond" } as const;

/** The caps of edges, drawn once for each picture. They take the color of their line. */
export function EdgeCaps() {
  return (
    <svg className="edge-caps" aria-hidden="true">
      <defs>
        <marker id="cap-arrow" viewBox="0 0 10 10" refX="8.5" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
          <path d="M1 1.2 9 5 1 8.8z" fill="context-stroke" />
        </marker>
        <marker id="cap-open" viewBox="0 0 10 10" refX="8.5" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
          <path d="M1.5 1.5 8.5 5 1.5 8.5z" className="cap-hollow" stroke="context-stroke" strokeWidth="1.2" />
        </marker>
        <marker id="cap-diamond" viewBox="0 0 10 10" refX="1" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto">
          <path d="M1 5 5 1.5 9 5 5 8.5z" className="cap-hollow" stroke="context-stroke" strokeWidth="1.2" />
        </marker>
        <marker id="cap-filled-diamond" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
          <path d="M1 5 5 1.5 9 5 5 8.5z" fill="context-stroke" />
        </marker>
      </defs>
    </svg>
  );
}
