import { describe, expect, it } from "vitest";
import { examine, type Verdict } from "./examine.ts";
import { regressionSeeds } from "./regression-seeds.ts";
import { complaints } from "./report.ts";

/** Orders of one world in here; the long runs are `npm run simulate:chaos`. */
const ORDERS = 25;

describe("chaos", () => {
  it.each([
    ["memory", 7, 4],
    ["sql", 7, 1],
  ] as const)("given random worlds in the %s store from seed %i on, when everything has gone wrong and healed, then no invariant is violated", async (store, seed, worlds) => {
    const verdicts: Verdict[] = [];
    for (let n = 0; n < worlds; n += 1) verdicts.push(await examine({ seed: seed + n, store, profile: "swarm", orders: ORDERS }));
    expect(complaints(verdicts)).toEqual([]);
    expect(verdicts.every(({ orders }) => orders > 0)).toBe(true);
  }, 120_000);

  it("given one seed, when it is run twice in each store, then the history is the same", async () => {
    for (const store of ["memory", "sql"] as const) {
      const verdict = await examine({ seed: 11, store, profile: "storm", orders: 8 }, true);
      expect(verdict.violations.filter(({ invariant }) => invariant === "same seed, same history")).toEqual([]);
    }
  }, 120_000);

  it("given the seeds that failed before, when the smallest are replayed, then none fails again", async () => {
    const verdicts: Verdict[] = [];
    for (const { seed, store, profile, orders } of regressionSeeds().slice(0, 5)) verdicts.push(await examine({ seed, store, profile, orders }));
    expect(complaints(verdicts)).toEqual([]);
  }, 120_000);
});
