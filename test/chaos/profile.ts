import type { Random, Streams } from "./random.ts";

/** Everything that may go wrong on purpose. */
export const FAULTS = {
  network: ["drop", "refuse", "reset-before", "reset-after", "silence-after", "duplicate", "slow", "query-lost"],
  downstream: ["busy", "transient", "semantic", "out-of-stock", "business", "error-before", "error-after", "garbage", "no-evidence", "deferred"],
  workload: ["callback-lost", "callback-late", "callback-twice", "callback-stray", "client-twice", "partner-retry", "event-lost", "event-twice", "early", "wrong-person", "double-click"],
  crash: ["before-commit", "after-commit", "before-send", "before-settle", "out-of-nowhere", "rolling"],
  clock: ["forward", "backward"],
} as const;

export type Fault = (typeof FAULTS)[keyof typeof FAULTS][number];

export type Rates = { readonly [fault in Fault]: number };

/** How a world behaves. */
export interface Profile {
  readonly name: string;
  readonly rates: Rates;
  readonly orders: number;
  /** Places for deliveries per target system. */
  readonly places: number;
  readonly commandsInFlight: number;
  readonly worksPerCommit: number;
  /** Share of orders somebody wants cancelled, and of those that somebody holds. */
  readonly cancel: number;
  readonly hold: number;
  /** Share of orders somebody changes; some of them again, and some back to what they were. */
  readonly amend: number;
  /** Share of orders somebody repairs, once or more. */
  readonly repair: number;
}

const LEVELS = [0, 0, 0, 0.01, 0.05, 0.25] as const;

/** A seed draws first which faults exist in its world and how often, so that no fault hides another. */
export function drawProfile(name: string, streams: Streams, orders: number): Profile {
  const rates: { [fault: string]: number } = {};
  for (const [stream, faults] of Object.entries(FAULTS)) {
    for (const fault of faults) rates[fault] = level(name, streams[stream as keyof Streams]);
  }
  // A commit happens hundreds of times an order: a storm there leaves no time for anything else.
  for (const fault of FAULTS.crash) rates[fault] = (rates[fault] ?? 0) / 25;
  const { workload } = streams;
  return {
    name, rates: rates as Rates, orders, places: workload.pick([1, 2, 4, 64, 256]), commandsInFlight: workload.pick([5, 50, 1_000, 1_000]),
    worksPerCommit: workload.pick([1, 2, 8, 64]), cancel: workload.pick([0, 0.1, 0.3, 0.8]), hold: workload.pick([0, 0, 0.1]), amend: workload.pick([0, 0.1, 0.1, 0.5]),
    repair: workload.pick([0, 0.05, 0.05, 0.5]),
  };
}

function level(name: string, random: Random): number {
  const drawn = random.pick(LEVELS);
  return name === "calm" ? 0 : name === "storm" ? Math.max(drawn, 0.05) : drawn;
}
