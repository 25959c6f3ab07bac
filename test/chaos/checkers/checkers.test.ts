import { describe, expect, it } from "vitest";
import { CHECKERS } from "./all.ts";
import { SAMPLES } from "./samples.ts";

describe("checkers", () => {
  it.each(SAMPLES)("$invariant $clause: given the smallest bad history, when checked, then it is flagged; given the good one, then it is not", ({ invariant, bad, good }) => {
    const checker = CHECKERS.find(({ id }) => id === invariant);
    expect(checker?.check(bad).map((violation) => violation.invariant), "the bad history must be flagged").toContain(invariant);
    expect(checker?.check(good), "the good history must not be flagged").toEqual([]);
  });

  it("given the list of checkers, when looked at, then each has a number of its own, a sentence and a bad history", () => {
    expect(new Set(CHECKERS.map(({ id }) => id)).size).toBe(CHECKERS.length);
    expect(CHECKERS.map(({ id }) => id).filter((id) => !SAMPLES.some(({ invariant }) => invariant === id))).toEqual([]);
    expect(CHECKERS.length).toBeGreaterThanOrEqual(25);
  });
});
