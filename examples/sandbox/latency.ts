import { draw } from "./draw.ts";

/** From and to, in milliseconds. */
export type Span = readonly [fromMs: number, toMs: number];

/** How long the simulated world takes. Real field work takes days; here it takes long enough to be watched. */
export interface Latency {
  /** Until a request is answered. */
  readonly answer: Span;
  /** Until the result of an accepted command is known and called back. */
  readonly completion: Span;
  /** The same for work on site. */
  readonly fieldWork: Span;
  /** From dispatched goods to their delivery. */
  readonly delivery: Span;
}

export const DEFAULT_LATENCY: Latency = { answer: [0, 5], completion: [50, 300], fieldWork: [1_000, 2_000], delivery: [1_000, 2_000] };

/** No waiting at all, for tests that count effects. */
export const NO_LATENCY: Latency = { answer: [0, 0], completion: [0, 0], fieldWork: [0, 0], delivery: [0, 0] };

/** A point of the span that depends on the parts alone. */
export function drawMs(span: Span, ...parts: readonly (string | number)[]): number {
  return Math.round(span[0] + (span[1] - span[0]) * draw(...parts));
}
