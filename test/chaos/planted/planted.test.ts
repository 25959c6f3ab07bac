import { describe, expect, it } from "vitest";
import { CHECKERS } from "../checkers/all.ts";
import { FIRST_FIFTEEN } from "./first-fifteen.ts";
import { hunt, PLANTED } from "./hunt.ts";

/** Orders within which a listed bug must be found in here; the list itself allows ten thousand. */
const DEADLINE = 1_000;

describe("planted bugs", () => {
  it("given the list, when it is looked at, then it has fifteen bugs, and more of our own than checkers are left", () => {
    expect(FIRST_FIFTEEN).toHaveLength(15);
    expect(PLANTED.length).toBeGreaterThanOrEqual(CHECKERS.length);
  });

  it.each(FIRST_FIFTEEN)("given $name, when worlds are run, then a checker finds it", async (bug) => {
    const { seed, checkers } = await hunt(bug, 1, DEADLINE);
    expect({ bug: bug.name, caught: seed !== null, by: checkers.length > 0 }).toEqual({ bug: bug.name, caught: true, by: true });
  }, 300_000);
});
