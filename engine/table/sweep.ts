import type { Json } from "../support/json.ts";
import type { Axis, CellSet } from "./axis.ts";
import type { Stretch } from "./scale.ts";

/** The rows of a table on its axes, in the order in which they win. */
export interface PlacedRows {
  readonly axes: readonly Axis[];
  /** `[row][axis]`. */
  readonly cells: readonly (readonly CellSet[])[];
}

/** What a sweep looks for. */
export interface SweepTask {
  /** Gaps to find before it stops looking for them. */
  readonly gapsMax: number;
  /** Whether an absent value, or one of another type, counts as a gap even where no cell speaks of it. */
  readonly everyGap: boolean;
  /** Pairs of overlapping rows to find before it stops looking for them. */
  readonly overlapsMax: number;
  /** Pairs that are no overlap, such as rows that answer the same. */
  readonly mayOverlap: (left: number, right: number) => boolean;
  /** Whether it is to be found out which rows ever come first. */
  readonly winners: boolean;
  readonly stepsMax: number;
}

/** One input that shows something: a value for each axis. */
export type SampleInput = readonly Json[];

export interface SweepResult {
  readonly gaps: readonly SampleInput[];
  readonly overlaps: readonly { readonly left: number; readonly right: number; readonly input: SampleInput }[];
  /** Whether a row is the first of those that match somewhere; it may be when a cell of it is not known. */
  readonly wins: readonly boolean[];
  /** False when `stepsMax` was reached: then something may have been missed, and `wins` says nothing. */
  readonly complete: boolean;
}

/** Rows up to this many are remembered by their numbers, so that the same rows are not looked at twice. */
const REMEMBERED_ROWS = 48;
const REMEMBERED_MAX = 200_000;

/**
 * Cuts the space of inputs, axis by axis, into regions in which the same rows match, and looks at each once. Every region
 * it looks at has an input, so that what it finds is certain. Work is bounded by `stepsMax`, a step being a row looked at
 * in a region.
 */
export function sweep({ axes, cells }: PlacedRows, task: SweepTask): SweepResult {
  const gaps: SampleInput[] = [];
  const overlaps: { left: number; right: number; input: SampleInput }[] = [];
  const pairs = new Set<string>();
  const wins: boolean[] = cells.map(() => false);
  const certain = cells.map((row) => !row.includes("unknown"));
  const seen = new Set<string>();
  const trail: (Stretch | null)[] = axes.map(() => null);
  let steps = 0;
  let missing = task.winners ? cells.length : 0;

  const isOpen = (row: number, axis: number): boolean => typeof cells[row]?.[axis] === "string";
  const win = (row: number): void => {
    if (wins[row] === true) return;
    wins[row] = true;
    missing -= 1;
  };
  const sampleInput = (): SampleInput => axes.map((axis, index) => {
    const [from, to] = trail[index] ?? [0, axis.size - 1];
    return axis.sample(from, to, axis.asked) ?? axis.sample(from, to, axis.valid) ?? null;
  });
  const isAsked = (): boolean => axes.every((axis, index) => {
    const [from, to] = trail[index] ?? [0, axis.size - 1];
    return axis.sample(from, to, axis.asked) !== undefined;
  });
  const overlap = (left: number, right: number): void => {
    const pair = `${left} ${right}`;
    steps += 1;
    if (overlaps.length >= task.overlapsMax || pairs.has(pair) || !task.mayOverlap(left, right)) return;
    pairs.add(pair);
    overlaps.push({ left, right, input: sampleInput() });
  };
  /** All rows of a region match all of it. */
  const settle = (rows: readonly number[]): void => {
    for (const row of rows) {
      win(row);
      if (certain[row] === true) break;
    }
    if (overlaps.length >= task.overlapsMax) return;
    const sure = rows.filter((row) => certain[row] === true);
    for (const [place, left] of sure.entries()) {
      for (let other = place + 1; other < sure.length; other += 1) overlap(left, sure[other] as number);
      if (overlaps.length >= task.overlapsMax || steps > task.stepsMax) return;
    }
  };
  const isDone = (): boolean => missing === 0 && gaps.length >= task.gapsMax && overlaps.length >= task.overlapsMax;

  const visit = (given: readonly number[], open: readonly number[]): void => {
    if (steps > task.stepsMax || isDone()) return;
    if (given.length === 0) {
      if (gaps.length < task.gapsMax && (task.everyGap || isAsked())) gaps.push(sampleInput());
      return;
    }
    steps += given.length;
    const wantsOverlaps = overlaps.length < task.overlapsMax;
    const covering = given.findIndex((row) => certain[row] === true && open.every((axis) => isOpen(row, axis)));
    // Behind a row that takes the whole region no row comes first, and in front of it there is no gap.
    const rows = covering >= 0 && !wantsOverlaps ? given.slice(0, covering + 1) : given;
    const gapPossible = covering < 0 && gaps.length < task.gapsMax;
    const overlapPossible = wantsOverlaps && rows.length > 1;
    const winnerPossible = task.winners && rows.some((row) => wins[row] !== true);
    if (!gapPossible && !overlapPossible && !winnerPossible) return;
    if (rows.length <= REMEMBERED_ROWS) {
      const key = `${open.join()}|${rows.join()}|${String(gapPossible && (task.everyGap || isAsked()))}`;
      if (seen.has(key)) return;
      if (seen.size < REMEMBERED_MAX) seen.add(key);
    }
    const useful = open.filter((axis) => rows.some((row) => !isOpen(row, axis)));
    if (useful.length === 0) return settle(rows);
    const axis = useful.reduce((best, each) => (countOpen(rows, each) < countOpen(rows, best) ? each : best));
    const rest = useful.filter((each) => each !== axis);
    const before = trail[axis] ?? null;
    // Nothing is to be found behind a row that takes all that is left.
    const last = new Set(wantsOverlaps ? [] : rows.filter((row) => certain[row] === true && rest.every((each) => isOpen(row, each))));
    for (const { stretch, members } of split(rows, axis, last)) {
      trail[axis] = stretch;
      visit(members, rest);
      if (steps > task.stepsMax) break;
    }
    trail[axis] = before;
  };

  const countOpen = (rows: readonly number[], axis: number): number => rows.reduce((count, row) => count + (isOpen(row, axis) ? 1 : 0), 0);

  /**
   * The stretches of an axis in which the same of these rows match, those without a value left out. One at a time: what is
   * looked for may be found before the final one. Of the rows that match none is named behind one of `last`.
   */
  function* split(rows: readonly number[], axis: number, last: ReadonlySet<number>): Generator<{ readonly stretch: Stretch; readonly members: readonly number[] }> {
    const own = axes[axis] as Axis;
    const everywhere = rows.filter((row) => isOpen(row, axis));
    const begins = new Map<number, number[]>([[0, []]]);
    const ends = new Map<number, number[]>();
    for (const row of rows) {
      const cell = cells[row]?.[axis];
      for (const [from, to] of typeof cell === "string" ? [] : cell ?? []) {
        put(begins, from, row);
        put(ends, to + 1, row);
      }
    }
    const cuts = [...new Set([...begins.keys(), ...ends.keys()])].filter((cut) => cut < own.size).sort((left, right) => left - right);
    const here: number[] = [];
    for (const [place, from] of cuts.entries()) {
      for (const row of ends.get(from) ?? []) here.splice(placeOf(here, row), 1);
      for (const row of begins.get(from) ?? []) here.splice(placeOf(here, row), 0, row);
      const to = (cuts[place + 1] ?? own.size) - 1;
      if (!own.hasValid(from, to)) continue;
      const members = merge(here, everywhere, last);
      steps += members.length + 1;
      yield { stretch: [from, to], members };
    }
  }

  visit(cells.map((_, row) => row), axes.map((_, axis) => axis));
  return { gaps, overlaps, wins, complete: steps <= task.stepsMax };
}

function put(map: Map<number, number[]>, at: number, row: number): void {
  const rows = map.get(at);
  if (rows) rows.push(row);
  else map.set(at, [row]);
}

/** Where a value stands in an ascending list, or belongs. */
function placeOf(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two ascending lists without common members as one, which ends with the first member of `last`. */
function merge(left: readonly number[], right: readonly number[], last: ReadonlySet<number>): readonly number[] {
  const result: number[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i] ?? Infinity, right[j] ?? Infinity];
    if (a < b) i += 1;
    else j += 1;
    result.push(Math.min(a, b));
    if (last.has(Math.min(a, b))) break;
  }
  return result;
}
