import { plan as words } from "../strings/plan.ts";
import type { EdgeLook } from "./plan-view.ts";

const LOOKS: readonly EdgeLook[] = ["finish", "data", "conditional", "milestone", "undo"];

interface LegendProps {
  /** Types that are not shown now, and how to change that; without it the legend only explains. */
  readonly filter?: { readonly hidden: ReadonlySet<EdgeLook>; readonly toggle: (look: EdgeLook) => void };
}

/** What the lines mean; always in view. Pressing one hides the lines of its type. */
export function Legend({ filter }: LegendProps) {
  return (
    <ul className="legend" aria-label={words.legend}>
      {LOOKS.map((look) => (
        <li key={look}>
          {filter === undefined ? (
            <>
              <EdgeSample look={look} />
              {words.looks[look]}
            </>
          ) : (
            <button type="button" aria-pressed={!filter.hidden.has(look)} title={words.showLook} onClick={() => filter.toggle(look)}>
              <EdgeSample look={look} />
              {words.looks[look]}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** One line as an edge of its type is drawn. */
export function EdgeSample({ look }: { readonly look: EdgeLook }) {
  return (
    <svg viewBox="0 0 34 12" className="edge-sample" aria-hidden="true">
      <g className={`edge edge-${look}`}>
        <path className="react-flow__edge-path" d={look === "conditional" ? "M8 6h18" : "M1 6h25"} />
        {look === "conditional" ? <path className="cap-hollow cap-line" d="M0 6 4 3 8 6 4 9z" /> : null}
        {look === "milestone" ? <path className="edge-flag" d="M16 5V0l6 2-6 2" /> : null}
        {look === "data" ? <path className="cap-hollow cap-line" d="M26 2.5 33 6 26 9.5z" /> : look === "undo" ? <path className="cap-solid" d="M25 6 29 3 33 6 29 9z" /> : <path className="cap-solid" d="M26 2.5 33 6 26 9.5z" />}
      </g>
    </svg>
  );
}
