import { plan as words } from "../strings/plan.ts";

/** What stands at the left of the canvas. */
export type Side = "outline" | "shelf";

interface SideTabsProps {
  readonly side: Side;
  readonly change: (side: Side) => void;
  readonly count: number;
}

/** The head of the pane at the left: the outline of the plan, or what it can be made of. */
export function SideTabs({ side, change, count }: SideTabsProps) {
  return (
    <div className="pane-head">
      <div className="segmented small" role="group" aria-label={words.sides}>
        {(["outline", "shelf"] as const).map((name) => (
          <button key={name} type="button" aria-pressed={side === name} onClick={() => change(name)}>
            {words[name]}
          </button>
        ))}
      </div>
      {side === "outline" ? <span className="push count" title={words.tasks(count)}>{count}</span> : null}
    </div>
  );
}
