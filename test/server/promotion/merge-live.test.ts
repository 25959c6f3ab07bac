import { describe, expect, it } from "vitest";
import { mergeLive, type ConflictSide, type MergeSides } from "../../../server/promotion/merge-live.ts";

const file = (path: string, text: string) => ({ path, text });
const A = "retry-policy/a.json";
const NONE = { base: [], draft: [], live: [] };

const merge = (sides: Partial<MergeSides>, side: ConflictSide | null = null) => {
  const { changes, conflicts } = mergeLive({ ...NONE, ...sides }, () => side);
  return { changes: [...changes], conflicts: conflicts.map(({ id, code }) => `${code} ${id}`) };
};

describe("what a draft takes over from what is live", () => {
  it.each<readonly [title: string, sides: Partial<MergeSides>, changes: readonly unknown[]]>([
    ["a file that is new", { live: [file(A, "1")] }, [[A, "1"]]],
    ["a file that was changed there alone", { base: [file(A, "1")], draft: [file(A, "1")], live: [file(A, "2")] }, [[A, "2"]]],
    ["a file that is gone there", { base: [file(A, "1")], draft: [file(A, "1")] }, [[A, null]]],
    ["nothing where the draft alone did something", { base: [file(A, "1")], draft: [file(A, "2")], live: [file(A, "1")] }, []],
    ["nothing where both did the same", { base: [file(A, "1")], draft: [file(A, "2")], live: [file(A, "2")] }, []],
    ["nothing where both removed it", { base: [file(A, "1")] }, []],
    ["the name of the release, always", { base: [file("release.json", "1")], draft: [file("release.json", "2")], live: [file("release.json", "3")] }, [["release.json", "3"]]],
  ])("%s", (_title, sides, changes) => {
    expect(merge(sides)).toEqual({ changes, conflicts: [] });
  });

  it("a file that one side changed and the other removed is a conflict, decided either way", () => {
    const removedHere = { base: [file(A, "1")], live: [file(A, "2")] };
    expect(merge(removedHere).conflicts).toEqual([`removed-and-changed ${A}`]);
    expect(merge(removedHere, "live")).toEqual({ changes: [[A, "2"]], conflicts: [] });
    expect(merge(removedHere, "draft")).toEqual({ changes: [], conflicts: [] });
    const removedThere = { base: [file(A, "1")], draft: [file(A, "2")] };
    expect(merge(removedThere, "live")).toEqual({ changes: [[A, null]], conflicts: [] });
  });

  it("two edits of one property are a conflict, decided either way", () => {
    const text = (title: string) => `{ "title": "${title}" }\n`;
    const sides = { base: [file(A, text("x"))], draft: [file(A, text("y"))], live: [file(A, text("z"))] };
    expect(merge(sides).conflicts).toEqual([`both-changed ${A}#title`]);
    expect(merge(sides, "draft").changes).toEqual([[A, text("y")]]);
    expect(merge(sides, "live").changes).toEqual([[A, text("z")]]);
  });
});
