/**
 * Two counters over a sliding span of time, kept as a few slices so that they stay small however many calls there are:
 * `total` and, among or beside them, `marked`. What the two mean is said by who keeps them.
 */
export type CallWindow = readonly CallSlice[];

export interface CallSlice {
  /** Start of the slice, milliseconds since the epoch. */
  readonly from: number;
  readonly total: number;
  readonly marked: number;
}

export interface CallCount {
  readonly total: number;
  readonly marked: number;
}

/** Slices a window is cut into: what is forgotten is forgotten a tenth at a time. */
export const SLICES_PER_WINDOW = 10;

/** The window after something more was counted at `atMs`; what has left the span is dropped. */
export function countCalls(window: CallWindow, windowMs: number, atMs: number, more: CallCount): CallWindow {
  const sliceMs = Math.max(1, Math.ceil(windowMs / SLICES_PER_WINDOW));
  const from = Math.floor(atMs / sliceMs) * sliceMs;
  const kept = window.filter((slice) => slice.from > atMs - windowMs);
  const last = kept.at(-1);
  // A clock that goes back counts into the newest slice: slices stay in order.
  if (last && last.from >= from) return [...kept.slice(0, -1), { from: last.from, total: last.total + more.total, marked: last.marked + more.marked }];
  return [...kept, { from, ...more }];
}

/** What happened within the span that ends at `atMs`. */
export function callsWithin(window: CallWindow, windowMs: number, atMs: number): CallCount {
  let total = 0;
  let marked = 0;
  for (const slice of window) {
    if (slice.from <= atMs - windowMs) continue;
    total += slice.total;
    marked += slice.marked;
  }
  return { total, marked };
}
