import { CARD, FLAG_WIDTH, GAP_MIN, type PlanLayout, type Position } from "./plan-layout.ts";
import type { PlanEdge, PlanView } from "./plan-view.ts";

/** The way of one edge: an SVG path, and where its label stands. */
export interface Route {
  readonly path: string;
  readonly label: Position;
  readonly end: Position;
}

const RADIUS = 6;
/** Between two edges that meet the same side of a card. */
const PORT_GAP = 18;
/** Vertical parts keep this far from the cards at both sides of a gap. */
const CHANNEL_MARGIN = 20;
const SNAP = 9;
const SOURCE_WIDTH = 152;
/** A label stands this high over its line, and a card nearer than that would hide it. */
const LABEL_HEIGHT = 16;

/**
 * Leads every edge from the right side of one card to the left side of another in straight lines: across the gap, up or
 * down in a channel of its source's own, and through the passages the layout kept free where it skips ranks. Edges that
 * meet one side of a card are spread in the order of where they come from, so that they do not cross there.
 */
export function routeEdges(view: PlanView, layout: PlanLayout, moved: ReadonlyMap<string, Position>): ReadonlyMap<string, Route> {
  const at = (id: string): Position => moved.get(id) ?? layout.positions.get(id) ?? { x: 0, y: 0 };
  const middle = (id: string): number => at(id).y + CARD.height / 2;
  const starts = ports(view.edges, ({ from }) => from, ({ id, to }) => layout.passages.get(id)?.[0]?.y ?? middle(to));
  const ends = ports(view.edges, ({ to }) => to, ({ id, from }) => layout.passages.get(id)?.at(-1)?.y ?? middle(from));
  // Where nothing kept the way free, a line goes on behind cards; its label must not.
  const cards = layout.lanes.length > 0 || moved.size > 0 ? view.tasks.map(({ key }) => at(key)) : [];
  const channel = channels(view, layout, at);
  return new Map(
    view.edges.map((edge) => {
      const from: Position = { x: at(edge.from).x + SOURCE_WIDTH, y: middle(edge.from) + (starts.get(edge.id) ?? 0) };
      const to: Position = { x: at(edge.to).x - 1, y: middle(edge.to) + (ends.get(edge.id) ?? 0) };
      const stops = moved.has(edge.from) || moved.has(edge.to) ? [] : (layout.passages.get(edge.id) ?? []);
      const points = waypoints(from, to, stops, channel.get(edge.from) ?? 0.5);
      const label = labelPlace(points, edge.label === null ? [] : cards);
      return [edge.id, { path: rounded(points), label: edge.look === "milestone" ? { ...label, x: label.x - FLAG_WIDTH / 2 } : label, end: to }] as const;
    }),
  );
}

/** How far from the middle of the card each edge meets it. */
function ports(edges: readonly PlanEdge[], nodeOf: (edge: PlanEdge) => string, heightOf: (edge: PlanEdge) => number): ReadonlyMap<string, number> {
  const byNode = new Map<string, PlanEdge[]>();
  for (const edge of edges) byNode.set(nodeOf(edge), [...(byNode.get(nodeOf(edge)) ?? []), edge]);
  const offsets = new Map<string, number>();
  for (const mine of byNode.values()) {
    const gap = Math.min(PORT_GAP, (CARD.height - 24) / Math.max(1, mine.length - 1));
    mine.toSorted((a, b) => heightOf(a) - heightOf(b)).forEach((edge, index) => offsets.set(edge.id, (index - (mine.length - 1) / 2) * gap));
  }
  return offsets;
}

/** Which part of the gap each source's vertical lines take, from 0 at its own side to 1 at the other. */
function channels(view: PlanView, layout: PlanLayout, at: (id: string) => Position): ReadonlyMap<string, number> {
  const byRank = new Map<number, string[]>();
  for (const id of new Set(view.edges.map(({ from }) => from))) byRank.set(layout.ranks.get(id) ?? 0, [...(byRank.get(layout.ranks.get(id) ?? 0) ?? []), id]);
  const parts = new Map<string, number>();
  for (const ids of byRank.values()) ids.toSorted((a, b) => at(a).y - at(b).y).forEach((id, index) => parts.set(id, (index + 1) / (ids.length + 1)));
  return parts;
}

/** The corners of an edge. Backward or steep edges of moved cards simply turn in the middle. */
function waypoints(from: Position, to: Position, stops: readonly Position[], part: number): Position[] {
  const points: Position[] = [from];
  let here = from;
  for (const next of [...stops.map(({ x, y }) => ({ x, y, through: true })), { ...to, through: false }]) {
    // A passage almost at this height is taken at this height: a small step would look like a mistake.
    const stop = next.through && Math.abs(next.y - here.y) < SNAP ? { ...next, y: here.y } : next;
    const gap = stop.x - here.x;
    const turn = gap > 2 * CHANNEL_MARGIN ? here.x + CHANNEL_MARGIN + part * Math.min(gap - 2 * CHANNEL_MARGIN, GAP_MIN - 2 * CHANNEL_MARGIN) : here.x + gap / 2;
    if (Math.abs(stop.y - here.y) > 0.5) points.push({ x: turn, y: here.y }, { x: turn, y: stop.y });
    here = stop.through ? { x: stop.x + CARD.width, y: stop.y } : stop;
  }
  points.push(to);
  return points;
}

function rounded(points: readonly Position[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (before === undefined) return `M${point.x} ${point.y}`;
      if (after === undefined) return `L${point.x} ${point.y}`;
      const radius = Math.min(RADIUS, distance(before, point) / 2, distance(point, after) / 2);
      const start = toward(point, before, radius);
      const end = toward(point, after, radius);
      return `L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`;
    })
    .join("");
}

/** The label stands over the longest level part of the edge that no card hides. */
function labelPlace(points: readonly Position[], cards: readonly Position[]): Position {
  let best = { length: -1, place: points[0] ?? { x: 0, y: 0 } };
  points.slice(1).forEach((point, index) => {
    const before = points[index] ?? point;
    const parts = before.y === point.y ? freeParts(Math.min(before.x, point.x), Math.max(before.x, point.x), point.y, cards) : [[point.x, point.x] as const];
    for (const [left, right] of parts) if (right - left > best.length) best = { length: right - left, place: { x: (left + right) / 2, y: point.y } };
  });
  return best.place;
}

/** The parts of a level line from left to right between the cards it passes behind. */
function freeParts(left: number, right: number, y: number, cards: readonly Position[]): readonly (readonly [left: number, right: number])[] {
  const hidden = cards.filter((card) => card.y - LABEL_HEIGHT < y && y < card.y + CARD.height + LABEL_HEIGHT && card.x < right && card.x + CARD.width > left).toSorted((a, b) => a.x - b.x);
  const parts: (readonly [number, number])[] = [];
  let from = left;
  for (const { x } of hidden) {
    if (x > from) parts.push([from, x]);
    from = Math.max(from, x + CARD.width);
  }
  return from < right ? [...parts, [from, right]] : parts;
}

function distance(a: Position, b: Position): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function toward(from: Position, to: Position, by: number): Position {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}
