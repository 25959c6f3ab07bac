import { useMemo, useRef } from "react";
import { plan as words } from "../strings/plan.ts";
import type { PlanLayout } from "./plan-layout.ts";
import type { Stage } from "./stages.ts";
import { useSight, type Sight } from "./use-sight.ts";

/** Between two dots, in units of the plan; doubled while they would be nearer than this many pixels. */
const DOT_GAP = 16;
const DOTS_APART_MIN = 10;
/** A stage begins this far left of its cards. */
const STAGE_MARGIN = 32;

interface BackdropProps {
  readonly stages: readonly Stage[];
  readonly layout: PlanLayout;
}

/** What lies behind the cards: dots, and the stages or lanes with their names, which stay at the edge. */
export function Backdrop({ stages, layout: { lanes, columns } }: BackdropProps) {
  const dots = useRef<HTMLDivElement>(null);
  const bands = useRef<HTMLDivElement>(null);
  const draw = useMemo(() => {
    let drawnZoom = 0;
    return ({ x, y, zoom }: Sight): void => {
      if (dots.current === null || bands.current === null) return;
      let gap = DOT_GAP * zoom;
      while (gap < DOTS_APART_MIN) gap *= 2;
      Object.assign(dots.current.style, { inset: `-${gap}px`, backgroundSize: `${gap}px ${gap}px`, transform: `translate(${x % gap}px, ${y % gap}px)` });
      bands.current.style.transform = lanes.length > 0 ? `translateY(${y}px)` : `translateX(${x}px)`;
      if (drawnZoom === zoom) return;
      drawnZoom = zoom;
      const places = lanes.length > 0 ? lanes.map(({ top, height }) => ({ top: `${top * zoom}px`, height: `${height * zoom}px` })) : stages.map(({ first, count }) => ({ left: `${((columns[first] ?? 0) - STAGE_MARGIN) * zoom}px`, width: `${((columns[first + count] ?? 0) - (columns[first] ?? 0)) * zoom}px` }));
      [...bands.current.children].forEach((band, index) => Object.assign((band as HTMLElement).style, places[index]));
    };
  }, [stages, lanes, columns]);
  useSight(draw);
  return (
    <div className="backdrop" aria-hidden="true">
      <div ref={dots} className="dots" />
      {lanes.length > 0 ? (
        <div key="lanes" ref={bands} className="lanes">
          {lanes.map(({ title }) => <div key={title} className="lane"><span>{title === "" ? words.elsewhere : title}</span></div>)}
        </div>
      ) : (
        <div key="stages" ref={bands} className="stages">
          {stages.map(({ title, first }) => <div key={first} className="stage"><span>{title}</span></div>)}
        </div>
      )}
    </div>
  );
}
