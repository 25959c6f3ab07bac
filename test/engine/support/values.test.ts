import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../engine/support/canonical-json.ts";
import { formatDuration, parseDurationMs } from "../../../engine/support/duration.ts";
import { hashFraction, sha256Hex } from "../../../engine/support/hash.ts";
import { addMs, formatInstant, msBetween, parseInstant } from "../../../engine/support/instant.ts";
import type { Json } from "../../../engine/support/json.ts";

describe("canonical JSON (RFC 8785)", () => {
  it("sorts members by UTF-16 code units, keeps lists, writes numbers as ECMAScript does, drops what is undefined", () => {
    expect(canonicalJson({ b: 1, a: [3, 1], "\u20ac": 1, "\ud83d\ude00": 2, "\ufb33": 3, A: undefined })).toBe('{"a":[3,1],"b":1,"\u20ac":1,"\ud83d\ude00":2,"\ufb33":3}');
    expect(canonicalJson([1e21, 1e-7, 0.1, -0, 100])).toBe("[1e+21,1e-7,0.1,0,100]");
    expect(canonicalJson({ text: 'a"\n\u0001' })).toBe('{"text":"a\\"\\n\\u0001"}');
  });

  it("gives equal bytes to equal values whatever order they were built in, and can be read back", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        const reversed = (each: Json): Json => (Array.isArray(each) ? (each as Json[]).map(reversed) : typeof each === "object" && each !== null ? Object.fromEntries(Object.entries(each).toReversed().map(([key, member]) => [key, reversed(member as Json)])) : each);
        expect(canonicalJson(reversed(json))).toBe(canonicalJson(json));
        expect(JSON.parse(canonicalJson(json))).toEqual(json);
      }),
      { seed: 8785, numRuns: 300 },
    );
  });
});

describe("durations", () => {
  it.each([["PT0S", 0], ["PT1.5S", 1_500], ["PT90M", 5_400_000], ["P1DT2H", 93_600_000], ["P1W", 604_800_000], ["P2DT3H4M5S", 183_845_000]])("%s is %i ms", (text, ms) => expect(parseDurationMs(text)).toBe(ms));
  it.each(["", "P", "PT", "P1DT", "1H", "PT1H ", "P1M", "P1Y", "-PT1H", "PT-1H", "PT1.2345S", "pt1h", "P1H"])("%j is none: a month has no length of its own", (text) => expect(parseDurationMs(text)).toBeNull());

  it("are written so that they are read as the same length", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 40 * 86_400_000 }), (ms) => { expect(parseDurationMs(formatDuration(ms))).toBe(ms); }), { seed: 5, numRuns: 500 });
    expect(formatDuration(5_400_000)).toBe("PT1H30M");
  });
});

describe("instants", () => {
  it.each([["2026-11-02T10:00:00Z", "2026-11-02T10:00:00.000Z"], ["2026-11-02T10:00+02:00", "2026-11-02T08:00:00.000Z"], ["2024-02-29T00:00:00.5Z", "2024-02-29T00:00:00.500Z"]])("%s is %s", (text, utc) => expect(formatInstant(parseInstant(text) ?? NaN)).toBe(utc));
  it.each(["2026-11-02", "2026-11-02T10:00:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-02T24:00:00Z", "2026-11-02T10:60:00Z", "tomorrow", "2026-11-02T10:00:00+99:00"])("%s is none", (text) => expect(parseInstant(text)).toBeNull());

  it("sort as texts like time", () => {
    const ms = fc.integer({ min: 0, max: 4_102_444_800_000 });
    fc.assert(fc.property(ms, ms, (a, b) => { expect(formatInstant(a) < formatInstant(b)).toBe(a < b); }), { seed: 6, numRuns: 300 });
    expect(msBetween("2026-11-02T10:00:00.000Z", addMs("2026-11-02T10:00:00.000Z", -5))).toBe(-5);
  });
});

describe("hashes", () => {
  it("are SHA-256 of the UTF-8 bytes", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => { expect(sha256Hex(text)).toBe(createHash("sha256").update(text, "utf8").digest("hex")); }), { seed: 7, numRuns: 200 });
  });

  it("stand for random numbers: even over [0, 1), the same for the same text", () => {
    const drawn = Array.from({ length: 4_000 }, (_, n) => hashFraction(`x/${n}`));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const share = drawn.filter((value) => Math.floor(value * 10) === tenth).length / drawn.length;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.02);
    }
    expect(hashFraction("x/1")).toBe(drawn[1]);
  });
});
