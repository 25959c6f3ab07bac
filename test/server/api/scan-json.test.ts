import fc from "fast-check";
import { expect, it } from "vitest";
import { scanJson } from "../../../server/api/scan-json.ts";

it("reads what JSON.parse reads, or refuses it with a reason", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      const scanned = scanJson(text);
      if (scanned.ok) expect(scanned.value).toEqual(JSON.parse(text));
      else expect(["forbidden-property", "number-out-of-range", "malformed-json", "duplicate-key"]).toContain(scanned.problem.code);
    }),
    { numRuns: 2_000 },
  );
});

it("never accepts what JSON.parse refuses, and never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[[\]{}",:0-9eE.+\-truefalsn \\u]{0,40}$/)), (text) => {
      const scanned = scanJson(text);
      if (!scanned.ok) return;
      expect(scanned.value).toEqual(JSON.parse(text));
    }),
    { numRuns: 5_000 },
  );
});

it.each([
  ["39.9", 39.9], ["0.1", 0.1], ["1e3", 1000], ["9007199254740991", 9_007_199_254_740_991], ["-12.50", -12.5], ["0", 0], ["0.0", 0], ["1.0", 1], ["123456789012.345", 123_456_789_012.345],
])("keeps the number %s", (text, value) => {
  expect(scanJson(text)).toEqual({ ok: true, value });
});

it("takes 32 levels", () => {
  expect(scanJson(`${"[".repeat(32)}${"]".repeat(32)}`).ok).toBe(true);
});
