import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecentlyUsed } from "../../../server/store/recently-used.ts";

describe("what was used most recently", () => {
  it("stays, and what was used longest ago makes room for a newcomer", () => {
    const kept = createRecentlyUsed<number>(3);
    kept.put("a", 1);
    kept.put("b", 2);
    kept.put("c", 3);
    expect(kept.get("a")).toBe(1);
    kept.put("d", 4);
    expect(["a", "b", "c", "d"].map(kept.get)).toEqual([1, undefined, 3, 4]);
  });

  it("is never forgotten as long as no more are in use than there is room for, in whatever order", () => {
    const use = fc.record({ key: fc.constantFrom("a", "b", "c", "d"), anew: fc.boolean() });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 60 }), fc.array(fc.string({ minLength: 2 }), { maxLength: 20 }), (uses, strangers) => {
        const kept = createRecentlyUsed<string>(5);
        for (const stranger of strangers) kept.put(stranger, stranger);
        const known = new Map<string, string>();
        for (const [turn, { key, anew }] of uses.entries()) {
          if (anew || !known.has(key)) known.set(key, `${key}${turn}`);
          if (kept.get(key) !== known.get(key)) kept.put(key, known.get(key) ?? "");
          for (const [other, value] of known) expect(kept.get(other)).toBe(value);
        }
      }),
      { seed: 26, numRuns: 200 },
    );
  });
});
