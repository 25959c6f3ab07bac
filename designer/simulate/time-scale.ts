import { msBetween } from "../../engine/support/instant.ts";

/** Maps what happens in a run to places from 0 to 100. */
export interface TimeScale {
  /** Where an instant lies, or with `step` the entry it belongs to. */
  readonly place: (at: string, step: number) => number;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly at: string;
  readonly place: number;
  /** Time that was left out before it, in milliseconds; null when nothing was. */
  readonly gapMs: number | null;
}

/** A gap longer than this is drawn shorter than it is, and said so. */
const GAP_MS = 600_000;
const TICK_DISTANCE = 10;

/** Idle time is compressed: a gap counts by the logarithm of its length, so what took days stands beside what took seconds. */
export function timeScale(instants: readonly string[]): TimeScale {
  const stops = [...new Set(instants)].toSorted();
  const weights = [0];
  for (let index = 1; index < stops.length; index += 1) {
    const seconds = msBetween(stops[index - 1] ?? "", stops[index] ?? "") / 1_000;
    weights.push((weights[index - 1] ?? 0) + 1 + Math.log2(1 + seconds));
  }
  const total = weights.at(-1) ?? 0;
  const placeOf = (index: number): number => (total === 0 ? 0 : ((weights[index] ?? 0) / total) * 100);
  return { place: (at) => placeOf(Math.max(0, stops.findLastIndex((stop) => stop <= at))), ticks: ticksOf(stops, placeOf) };
}

/** Every entry of the log is as wide as every other: shows what came before what where nothing takes time. */
export function stepScale(instants: readonly string[]): TimeScale {
  const width = 100 / Math.max(1, instants.length - 1);
  const starts = instants.flatMap((at, index) => (index === 0 || at !== instants[index - 1] ? [{ at, index }] : []));
  return { place: (_, step) => (step - 1) * width, ticks: ticksOf(starts.map(({ at }) => at), (position) => (starts[position]?.index ?? 0) * width) };
}

/** Ticks far enough from each other; a long gap is told at its end. */
function ticksOf(stops: readonly string[], placeOf: (index: number) => number): readonly Tick[] {
  const ticks: Tick[] = [];
  stops.forEach((at, index) => {
    const place = placeOf(index);
    const passed = index === 0 ? 0 : msBetween(stops[index - 1] ?? at, at);
    if (place - (ticks.at(-1)?.place ?? -TICK_DISTANCE) < TICK_DISTANCE) return;
    ticks.push({ at, place, gapMs: passed >= GAP_MS ? passed : null });
  });
  return ticks;
}
