import * as fc from "fast-check";
import { unaryTest } from "feelin";
import { describe, expect, it } from "vitest";
import { compileCell, compileUnaryTest } from "../../../engine/feel/unary-test.ts";
import type { ColumnType } from "../../../engine/language/table-kinds.ts";
import type { Json } from "../../../engine/support/json.ts";

function test(cell: Json | undefined, type: ColumnType): { readonly problems: readonly string[]; readonly matches: (value: Json | undefined) => boolean } {
  const problems: string[] = [];
  return { matches: compileUnaryTest(cell, type, (code, path) => problems.push(`${code} ${path}`), "/cell"), problems };
}

type Case = readonly [cell: Json | undefined, type: ColumnType, matching: readonly Json[], others: readonly Json[]];

const CASES: readonly Case[] = [
  ["-", "number", [1, "a", null, []], []],
  [undefined, "number", [1, "a", null, []], []],
  [["ADD", "MODIFY"], "string", ["ADD", "MODIFY", ["X", "ADD"]], ["X", null, [], 1]],
  ["\"ADD\", \"MODIFY\"", "string", ["ADD", "MODIFY"], ["X", null]],
  ["[\"ADD\", \"MODIFY\"]", "string", ["ADD", "MODIFY"], ["X", null]],
  [["> 5"], "string", ["> 5"], ["6"]],
  [true, "boolean", [true], [false, "true", 1, null]],
  ["false", "boolean", [false], [true, 0, null]],
  [5, "number", [5, 5.0, [1, 5]], [4, "5", null]],
  [[null], "string", [null, [null]], ["a", []]],
  ["null", "string", [null], ["a", ""]],
  [[null, "A"], "string", [null, "A"], ["B"]],
  ["null, > 5", "number", [null, 6], [5]],
  ["not(\"BILLING\")", "string", ["X", ["BILLING", "X"]], ["BILLING", null, 5, [], ["BILLING"]]],
  ["not(null)", "string", ["a"], [null]],
  ["not(\"A\", \"B\")", "string", ["C"], ["A", "B", null]],
  ["not(> 5)", "number", [5, 4], [6, null, "4"]],
  ["> 10", "number", [11, 10.5, [5, 20]], [10, "20", null, true]],
  [">= 10", "number", [10], [9]],
  ["< -5", "number", [-6], [-5, -4]],
  ["<= -5", "number", [-5], [-4]],
  ["= 5", "number", [5], [4, "5", null]],
  ["!= 5", "number", [4], [5, "4", null]],
  ["-5, -6", "number", [-5, -6], [5]],
  ["> 5 + 5", "number", [11], [10]],
  ["> \"m\"", "string", ["n"], ["a", "m", 5]],
  ["[1..10]", "number", [1, 5, 10], [0, 11, "5", null]],
  ["(1..10)", "number", [2], [1, 10]],
  ["]1..10[", "number", [2], [1, 10]],
  ["[1..10)", "number", [1], [10]],
  ["(1..10]", "number", [10], [1]],
  ["[-2.5..-1]", "number", [-2.5, -1], [0]],
  ["< 3, > 7, 5", "number", [2, 8, 5], [3, 7]],
  ["date(\"2026-01-01\")", "date", ["2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01T02:00:00+02:00"], ["2026-01-02", null, "x"]],
  ["> date(\"2026-01-01\")", "date", ["2026-01-02", "2026-01-01T00:00:00.001Z", "2026-01-02T00:00:00"], ["2026-01-01", "2026-02-30"]],
  ["[date(\"2026-01-01\")..date(\"2026-02-01\")]", "date", ["2026-01-15"], ["2026-02-02"]],
  [">= date and time(\"2026-01-01T08:00:00Z\")", "date", ["2026-01-01T10:00:00+02:00"], ["2026-01-01T07:59:59Z"]],
  ["@\"2026-01-01\"", "date", ["2026-01-01"], ["2026-01-02"]],
  ["\"2026-01-01\"", "date", ["2026-01-01"], ["2026-01-02"]],
  [["2026-01-01"], "date", ["2026-01-01T00:00:00Z"], ["2026-01-02"]],
  ["date(\"2026-01-01\") + duration(\"P1D\")", "date", ["2026-01-02"], ["2026-01-01"]],
  ["? > date(\"2026-01-01\")", "date", ["2026-01-02"], ["2025-12-31", null]],
  ["> duration(\"PT1H\")", "duration", ["PT2H", "P1D"], ["PT60M", "P1M", "x", null]],
  [[ "PT60M" ], "duration", ["PT1H", "PT60M"], ["PT2H"]],
  [">= \"P12M\"", "duration", ["P1Y", "P13M"], ["P11M", "P400D"]],
  ["? > duration(\"PT1H\")", "duration", ["PT2H"], ["PT1H"]],
  ["time(\"10:00:00\")", "string", ["10:00:00", "10:00"], ["10:01:00", "x"]],
  ["< time(\"10:00:00\")", "string", ["09:59:59"], ["10:00:00", "09"]],
  ["? > 5 and ? < 8", "number", [6, 7], [5, 8, null]],
  ["? in [1..3]", "number", [1, 3], [4]],
  ["list contains(?, \"a\")", "list", [["a", "b"]], [["b"], null]],
  ["count(?) > 1", "list", [["a", "b"]], [["b"], null]],
  ["not(list contains(?, \"a\"))", "list", [["b"], []], [["a", "b"], null]],
  ["contains(?, \"x\")", "string", ["axb"], ["ab", null]],
  ["not(contains(?, \"x\"))", "string", ["ab"], ["axb", null]],
  ["starts with(?, \"a\"), \"b\"", "string", ["ax", "b"], ["c"]],
  ["matches(?, \"^a+$\")", "string", ["aa"], ["ab"]],
  ["abs(?)", "number", [], [1, -1]],
];

describe("compileUnaryTest", () => {
  it.each(CASES)("%j in a column of type %s", (cell, type, matching, others) => {
    const { matches, problems } = test(cell, type);
    expect(problems).toEqual([]);
    for (const value of matching) expect(matches(value), JSON.stringify(value)).toBe(true);
    for (const value of others) expect(matches(value), JSON.stringify(value)).toBe(false);
    expect(matches(undefined)).toBe(matches(null));
  });

  it.each<readonly [Json, ColumnType, string]>([
    ["ADD", "string", "cell-syntax"], ["", "string", "cell-syntax"], ["1..5", "number", "cell-syntax"], ["\"a\" \"b\"", "string", "cell-syntax"],
    ["> 1 and < 3", "number", "cell-syntax"], ["\"a\" or \"b\"", "string", "cell-syntax"], ["> ?", "number", "cell-syntax"],
    ["item.action", "string", "cell-syntax"], [[], "string", "cell-syntax"], [[{ a: 1 }], "string", "cell-syntax"], [{ a: 1 }, "string", "cell-syntax"],
    ["date(\"2026-02-30\")", "date", "cell-syntax"], ["> 1 / 0", "number", "cell-syntax"], ["[1..", "number", "cell-syntax"], ["not(", "number", "cell-syntax"],
    ["5", "string", "type-mismatch"], [[5], "string", "type-mismatch"], [["5"], "number", "type-mismatch"], ["> \"5\"", "number", "type-mismatch"],
    ["[1..\"5\"]", "number", "type-mismatch"], ["> null", "number", "type-mismatch"], ["> true", "boolean", "type-mismatch"], [["yesterday"], "date", "type-mismatch"],
    [["2026-01-01 08:00"], "date", "type-mismatch"], ["> duration(\"P1D\")", "date", "type-mismatch"], [["1 day"], "duration", "type-mismatch"],
    ["[duration(\"P1D\")..duration(\"P1M\")]", "duration", "type-mismatch"],
    ["> now()", "date", "expression-forbidden"], ["?.constructor = 1", "list", "expression-forbidden"],
  ])("refuses %j in a column of type %s as %s, and then never matches", (cell, type, code) => {
    const { matches, problems } = test(cell, type);
    expect(problems).toEqual([`${code} /cell`]);
    for (const value of [null, 1, "a", true, ["a"]]) expect(matches(value)).toBe(false);
  });

  it("lists the values of a cell that an index can hold, and of no other", () => {
    const keys = (cell: Json, type: ColumnType): unknown => compileCell(cell, type, () => undefined, "").keys;
    expect(keys(["A", null], "string")).toEqual(["A", null]);
    expect(keys("\"A\", = \"B\"", "string")).toEqual(["A", "B"]);
    expect(keys([true], "boolean")).toEqual([true]);
    for (const cell of ["not(\"A\")", "\"A\", > \"B\"", "-", "contains(?, \"A\")", "!= \"A\""]) expect(keys(cell, "string")).toBeNull();
    expect(keys(["2026-01-01"], "date")).toBeNull();
  });

  it("agrees with feelin on every number and every form of number test", () => {
    const number = fc.integer({ min: -4, max: 4 });
    const simple = fc.oneof(
      number.map(String),
      fc.tuple(fc.constantFrom("<", "<=", ">", ">="), number).map(([operator, bound]) => `${operator} ${bound}`),
      fc.tuple(fc.constantFrom("[", "(", "]"), number, number, fc.constantFrom("]", ")", "["))
        .filter(([, low, high]) => low <= high)
        .map(([open, low, high, close]) => `${open}${low}..${high}${close}`),
    );
    const cell = fc.oneof(
      fc.array(simple, { minLength: 1, maxLength: 3 }).map((tests) => tests.join(", ")),
      fc.array(simple, { minLength: 1, maxLength: 3 }).map((tests) => `not(${tests.join(", ")})`),
    );
    fc.assert(
      fc.property(cell, number, (source, value) => {
        expect(test(source, "number").matches(value), source).toBe(unaryTest(source, { "?": value }).value === true);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, whatever the cell", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<ColumnType>("string", "number", "boolean", "date", "duration", "list"), fc.jsonValue({ maxDepth: 2 }), (cell, type, value) => {
        expect(typeof test(cell as Json, type).matches(value as Json)).toBe("boolean");
      }),
    );
  });
});
