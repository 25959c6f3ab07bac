import { CARD, type PlanLayout, type Position } from "./plan-layout.ts";
import type { PlanView } from "./plan-view.ts";
import { relatedTo } from "./related.ts";
import { nextTask } from "./walk.ts";

/** A rectangle in units of the plan, from any corner to the opposite one. */
export interface Box {
  readonly from: Position;
  readonly to: Position;
}

/** Several tasks as they are selected; the last one is where keys go on from. */
export type Picks = readonly string[];

/** Puts a task into the selection, or takes it out again. */
export function toggled(picks: Picks, key: string): Picks {
  return picks.includes(key) ? picks.filter((other) => other !== key) : [...picks, key];
}

/** The tasks whose cards a rectangle touches. */
export function touchedBy({ from, to }: Box, view: PlanView, at: (key: string) => Position): Picks {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  return view.tasks.map(({ key }) => key).filter((key) => {
    const { x, y } = at(key);
    return x <= right && x + CARD.width >= left && y <= bottom && y + CARD.height >= top;
  });
}

/**
 * What Shift and an arrow select besides: right all that follow the last task, left all it waits for, up and down the next
 * one in its stage. Null when the key adds nothing.
 */
export function extended(view: PlanView, layout: PlanLayout, picks: Picks, key: string): Picks | null {
  const last = picks.at(-1);
  if (last === undefined) return null;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const next = nextTask(view, layout, last, key);
    return next === null ? null : joined(picks, [next], next);
  }
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const { before, after } = relatedTo(view, last);
  const ids = key === "ArrowRight" ? after : before;
  return joined(picks, view.tasks.map((task) => task.key).filter((id) => ids.has(id)), last);
}

/** Both selections, with this task as the last. */
export function joined(picks: Picks, more: Picks, last: string | undefined): Picks {
  const all = [...new Set([...picks, ...more])];
  return last === undefined ? all : [...all.filter((key) => key !== last), last];
}
