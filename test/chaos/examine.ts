import { CHECKERS } from "./checkers/all.ts";
import type { Checker } from "./checkers/checker.ts";
import type { Violation } from "./history.ts";
import { runWorld, type RunOptions } from "./world-run.ts";

/** Names one world: the same name gives the same history. */
export type WorldName = Pick<RunOptions, "seed" | "store" | "profile" | "orders">;

/** What became of one world, small enough to be sent between processes. */
export interface Verdict {
  readonly world: WorldName;
  readonly hash: string;
  readonly orders: number;
  readonly steps: number;
  readonly commits: number;
  readonly crashes: number;
  readonly faults: number;
  /** Fault or crash point -> how often it struck. */
  readonly counts: { readonly [what: string]: number };
  /** Final state of orders -> how many. */
  readonly states: { readonly [state: string]: number };
  readonly violations: readonly Violation[];
}

/** What is counted, but is no fault. */
const NO_FAULTS: ReadonlySet<string> = new Set(["promotion", "cancel-request", "amend-request", "broken-release"]);

/** Runs a world and asks every checker. `twice`: runs it a second time; another history is a violation too. */
export async function examine(world: WorldName, twice = false, more: Pick<RunOptions, "parts"> = {}, checkers: readonly Checker[] = CHECKERS): Promise<Verdict> {
  const { history, hash, steps, counts } = await runWorld({ ...world, ...more });
  const violations = checkers.flatMap(({ check }) => check(history));
  if (twice) {
    const again = await runWorld({ ...world, ...more });
    if (again.hash !== hash) violations.push({ invariant: "same seed, same history", subject: `seed ${world.seed}`, message: `gave ${hash.slice(0, 12)} and then ${again.hash.slice(0, 12)}` });
  }
  const states: { [state: string]: number } = {};
  for (const { state } of history.dump.orders) states[state] = (states[state] ?? 0) + 1;
  const struck = [...counts].filter(([what]) => !NO_FAULTS.has(what));
  const sum = (list: readonly (readonly [string, number])[]) => list.reduce((total, [, times]) => total + times, 0);
  return {
    world: { seed: world.seed, store: world.store, profile: world.profile, orders: world.orders }, hash, steps, orders: history.dump.orders.length, commits: history.dump.journal.length, states, violations,
    crashes: sum(struck.filter(([what]) => what.startsWith("crash:"))), faults: sum(struck.filter(([what]) => !what.startsWith("crash:"))), counts: Object.fromEntries(counts),
  };
}
