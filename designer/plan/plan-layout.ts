import type { PlanEdge, PlanView } from "./plan-view.ts";

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** How the canvas is arranged: in ranks left to right, or the same ranks with one lane for each performer. */
export type Arrangement = "stages" | "lanes";

export interface PlanLayout {
  /** Upper left corner of every task and source. */
  readonly positions: ReadonlyMap<string, Position>;
  /** Rank of every node: the longest way to it. */
  readonly ranks: ReadonlyMap<string, number>;
  readonly rankCount: number;
  /** Left side of every rank, and of the one that would follow. */
  readonly columns: readonly number[];
  /** Lanes from top to bottom; empty when arranged in stages. */
  readonly lanes: readonly { readonly title: string; readonly top: number; readonly height: number }[];
  /** Where an edge that skips ranks passes each of them, by the id of the edge: one height for each rank between. */
  readonly passages: ReadonlyMap<string, readonly Position[]>;
}

export const CARD = { width: 152, height: 84 } as const;
/** Between two ranks at least: room for the vertical parts of edges. */
export const GAP_MIN = 64;
/** What an edge needs beside its label, and about how wide a letter of it is. */
const LABEL_MARGIN = 46;
const LETTER_WIDTH = 5.6;
/** What the flag of a milestone takes of the line, at its end. */
export const FLAG_WIDTH = 20;
const CARD_GAP = 32;
const PASSAGE_GAP = 22;
/** Room for the name of a lane above its cards, from afar too, where the name does not become smaller. */
const LANE_HEAD = 44;
const SWEEPS = 8;

/**
 * Places every task and source: rank by the longest way to it, order within a rank by where its neighbors stand. An edge
 * over several ranks takes a place of its own in each, so that it runs between cards. The same plan always gives the same
 * picture, and each node depends on its neighbors alone, so one more task moves few others.
 */
export function layOut(view: PlanView, arrangement: Arrangement): PlanLayout {
  const ids = [...view.sources.map(({ id }) => id), ...view.tasks.map(({ key }) => key)];
  const links = view.edges.map(({ from, to }) => ({ from, to }));
  const ranks = rank(ids, neighbors(ids, links, "to", "from"), neighbors(ids, links, "from", "to"), new Set(view.sources.map(({ id }) => id)));
  const long = arrangement === "stages" ? passagesOf(view.edges, ranks) : [];
  const every = [...ids, ...long.flatMap(({ stops }) => stops.map(({ id }) => id))];
  for (const { stops } of long) for (const stop of stops) ranks.set(stop.id, stop.rank);
  const whole = [...links.filter(({ from, to }) => Math.abs((ranks.get(to) ?? 0) - (ranks.get(from) ?? 0)) <= 1 || arrangement === "lanes"), ...long.flatMap(chain)];
  const before = neighbors(every, whole, "to", "from");
  const columns = order(every, ranks, before, neighbors(every, whole, "from", "to"));
  const stops = new Set(long.flatMap((edge) => edge.stops.map(({ id }) => id)));
  const lanes = arrangement === "lanes" ? lanesOf(view, columns) : [];
  const laneOf = new Map(view.tasks.map(({ key, performer }) => [key, performer ?? ""]));
  const lefts = columnLefts(view.edges, ranks, columns.length);
  const positions = new Map<string, Position>();
  columns.forEach((column, index) => {
    const x = lefts[index] ?? 0;
    if (arrangement === "stages") place(column, x, positions, before, stops);
    else for (const { title, top } of lanes) column.filter((id) => (laneOf.get(id) ?? "") === title).forEach((id, row) => positions.set(id, { x, y: top + LANE_HEAD + row * (CARD.height + CARD_GAP) }));
  });
  const passages = new Map(long.map(({ edge, stops: own }) => [edge.id, own.flatMap(({ id }) => positions.get(id) ?? [])]));
  for (const id of stops) positions.delete(id);
  return { positions, ranks, rankCount: columns.length, columns: lefts, lanes, passages };
}

/** Ranks stand as far apart as the labels between them are long. */
function columnLefts(edges: readonly PlanEdge[], ranks: ReadonlyMap<string, number>, count: number): readonly number[] {
  const gaps = Array.from({ length: count }, () => GAP_MIN);
  for (const { from, to, look, label } of edges) {
    const rank = ranks.get(from) ?? 0;
    if (label !== null && ranks.get(to) === rank + 1) gaps[rank] = Math.max(gaps[rank] ?? 0, Math.round(LABEL_MARGIN + label.length * LETTER_WIDTH + (look === "milestone" ? FLAG_WIDTH : 0)));
  }
  return gaps.reduce<readonly number[]>((lefts, gap) => [...lefts, (lefts.at(-1) ?? 0) + CARD.width + gap], [0]);
}

type Neighbors = ReadonlyMap<string, readonly string[]>;
interface Link {
  readonly from: string;
  readonly to: string;
}
interface LongEdge {
  readonly edge: PlanEdge;
  readonly stops: readonly { readonly id: string; readonly rank: number }[];
}

function neighbors(ids: readonly string[], links: readonly Link[], of: "from" | "to", other: "from" | "to"): Neighbors {
  const found = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  for (const link of links) if (found.has(link[other])) found.get(link[of])?.add(link[other]);
  return new Map([...found].map(([id, others]) => [id, [...others]]));
}

/** Longest way from a start; tasks of a circle, which is a problem elsewhere, stand where they are first met. */
function rank(ids: readonly string[], before: Neighbors, after: Neighbors, sources: ReadonlySet<string>): Map<string, number> {
  const ranks = new Map<string, number>();
  const open = new Set<string>();
  const visit = (id: string): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) return 0;
    open.add(id);
    const value = Math.max(-1, ...(before.get(id) ?? []).map(visit)) + 1;
    open.delete(id);
    ranks.set(id, value);
    return value;
  };
  ids.forEach(visit);
  // What comes from outside stands right before what it is for, not far left of it.
  for (const id of sources) {
    const next = (after.get(id) ?? []).map((other) => ranks.get(other) ?? 0);
    if (next.length > 0) ranks.set(id, Math.max(0, Math.min(...next) - 1));
  }
  return ranks;
}

/** Edges over more than one rank, with a stop in each rank between. */
function passagesOf(edges: readonly PlanEdge[], ranks: ReadonlyMap<string, number>): LongEdge[] {
  return edges.flatMap((edge) => {
    const first = (ranks.get(edge.from) ?? 0) + 1;
    const last = (ranks.get(edge.to) ?? 0) - 1;
    if (last < first) return [];
    return [{ edge, stops: Array.from({ length: last - first + 1 }, (_, step) => ({ id: `${edge.id}#${first + step}`, rank: first + step })) }];
  });
}

function chain({ edge, stops }: LongEdge): Link[] {
  const ids = [edge.from, ...stops.map(({ id }) => id), edge.to];
  return ids.slice(1).map((to, index) => ({ from: ids[index] ?? "", to }));
}

/** Orders every rank by the middle of its neighbors, alternating direction; equal ones keep the order of the file. */
function order(ids: readonly string[], ranks: ReadonlyMap<string, number>, before: Neighbors, after: Neighbors): string[][] {
  const columns: string[][] = Array.from({ length: ids.length === 0 ? 0 : Math.max(0, ...ranks.values()) + 1 }, () => []);
  for (const id of ids) columns[ranks.get(id) ?? 0]?.push(id);
  const rows = new Map<string, number>();
  const number = (column: readonly string[]): void => column.forEach((id, row) => rows.set(id, row - column.length / 2));
  columns.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : columns.toReversed()) {
      const middle = new Map(column.map((id) => [id, mean(((forward ? before : after).get(id) ?? []).map((other) => rows.get(other) ?? 0)) ?? rows.get(id) ?? 0]));
      column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      number(column);
    }
  }
  return columns;
}

/** Puts a column's nodes near the middle of what they wait for, without overlap, around the common axis. */
function place(column: readonly string[], x: number, positions: Map<string, Position>, before: Neighbors, stops: ReadonlySet<string>): void {
  const size = (id: string): number => (stops.has(id) ? 0 : CARD.height);
  const gap = (a: string, b: string): number => (stops.has(a) || stops.has(b) ? PASSAGE_GAP : CARD_GAP);
  const middleOf = (id: string): number[] => {
    const position = positions.get(id);
    return position === undefined ? [] : [position.y + size(id) / 2];
  };
  const total = column.reduce((sum, id, row) => sum + size(id) + (row === 0 ? 0 : gap(column[row - 1] ?? "", id)), 0);
  let next = -total / 2;
  const wanted = column.map((id, row) => {
    const top = next;
    next += size(id) + gap(id, column[row + 1] ?? "");
    return (mean((before.get(id) ?? []).flatMap(middleOf)) ?? top + size(id) / 2) - size(id) / 2;
  });
  const tops = apart(wanted, column.map((id, row) => size(id) + gap(id, column[row + 1] ?? "")));
  column.forEach((id, row) => positions.set(id, { x, y: tops[row] ?? 0 }));
}

/**
 * Tops as near to the wanted ones as can be without overlap, in order. Neighbors that want the same room share it as one
 * block around the middle of their wishes (pool adjacent violators), so only those in the way of each other move.
 */
function apart(wanted: readonly number[], pitches: readonly number[]): number[] {
  interface Block { readonly first: number; readonly count: number; readonly wish: number; readonly height: number }
  const blocks: Block[] = [];
  wanted.forEach((wish, row) => {
    let block: Block = { first: row, count: 1, wish, height: pitches[row] ?? 0 };
    for (let last = blocks.at(-1); last !== undefined && last.wish + last.height > block.wish; last = blocks.at(-1)) {
      blocks.pop();
      const count = last.count + block.count;
      block = { first: last.first, count, wish: (last.wish * last.count + (block.wish - last.height) * block.count) / count, height: last.height + block.height };
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ first, count, wish }) => {
    let top = Math.round(wish);
    return Array.from({ length: count }, (_, index) => {
      const here = top;
      top += pitches[first + index] ?? 0;
      return here;
    });
  });
}

function lanesOf(view: PlanView, columns: readonly (readonly string[])[]): PlanLayout["lanes"] {
  const laneOf = new Map(view.tasks.map(({ key, performer }) => [key, performer ?? ""]));
  const titles = [...new Set([...(view.sources.length > 0 ? [""] : []), ...view.tasks.map(({ performer }) => performer ?? "")])];
  let top = 0;
  return titles.map((title) => {
    const rows = Math.max(1, ...columns.map((column) => column.filter((id) => (laneOf.get(id) ?? "") === title).length));
    const lane = { title, top, height: rows * (CARD.height + CARD_GAP) + LANE_HEAD - CARD_GAP / 2 };
    top += lane.height;
    return lane;
  });
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
