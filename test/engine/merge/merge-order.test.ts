import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeOrder } from "../../../engine/merge/merge-order.ts";

const names = (text: string): readonly string[] => text.split("");
const merged = (base: string, ours: string, theirs: string): string => mergeOrder(names(base), names(ours), names(theirs), "ours").names.join("");

/** A base of letters and two sides that moved, dropped and added some. */
const sideOf = (own: string) => fc.shuffledSubarray(`abcdef${own}`.split(""));
const sides = fc.tuple(sideOf("XY"), sideOf("xy"));

describe("the order of a merged list", () => {
  it.each([
    ["what both added behind the same element: ours, then theirs", "abc", "aXbc", "axbc", "aXxbc"],
    ["what both added at the top", "ab", "Xab", "xab", "Xxab"],
    ["what both added at the end", "ab", "abX", "abx", "abXx"],
    ["a move by ours, an addition by theirs behind what it knew", "abc", "cab", "abcx", "cxab"],
    ["a move by theirs", "abc", "abc", "bca", "bca"],
    ["the same move by both", "abc", "cab", "cab", "cab"],
    ["something ours added behind what theirs removed", "abc", "abXc", "ac", "abXc"],
  ])("%s", (_rule, base, ours, theirs, expected) => {
    expect(merged(base, ours, theirs)).toBe(expected);
  });

  it("is contested when both moved what they share, each in another way", () => {
    expect(mergeOrder(names("abc"), names("bac"), names("acb"), "theirs")).toEqual({ names: names("acb"), contested: true });
    expect(mergeOrder(names("abc"), names("bac"), names("abc"), "theirs").contested).toBe(false);
  });

  it("names everything of both sides once", () => {
    fc.assert(fc.property(sides, ([ours, theirs]) => {
      const all = mergeOrder(names("abcdef"), ours, theirs, "ours").names;
      expect(all.toSorted()).toEqual([...new Set([...ours, ...theirs])].sort());
    }));
  });

  it("keeps the order of the side that moved something, as far as both have it", () => {
    fc.assert(fc.property(sideOf("XY"), fc.subarray("abcdef".split("")), (ours, theirs) => {
      const shared = ours.filter((name) => theirs.includes(name));
      expect(mergeOrder(names("abcdef"), ours, theirs, "base").names.filter((name) => shared.includes(name))).toEqual(shared);
    }));
  });
});
