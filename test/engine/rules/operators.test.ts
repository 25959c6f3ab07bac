import { describe, expect, it } from "vitest";
import { findOperator, OPERATOR_NAMES, OPERATORS } from "../../../engine/rules/operators.ts";
import type { OperatorName } from "../../../engine/rules/operators.ts";
import type { Json } from "../../../engine/support/json.ts";

type Case = readonly [found: Json | undefined, expected: Json, holds: boolean];

const CASES: { readonly [name in OperatorName]: readonly Case[] } = {
  equal: [["1G", "1G", true], ["1", 1, false], [0, false, false], [null, null, true], [["a"], ["a"], true], [["a"], "a", false], [-0, 0, true]],
  notEqual: [["1G", "2G", true], ["1G", "1G", false], ["1", 1, true], [null, "a", true], [undefined, "a", false]],
  in: [["ADD", ["ADD", "MODIFY"], true], ["NO_CHANGE", ["ADD"], false], [1, ["1"], false], ["ADD", "ADD", false], [null, [null], true]],
  notIn: [["NO_CHANGE", ["ADD"], true], ["ADD", ["ADD"], false], [1, ["1"], true], ["ADD", "x", false], [undefined, ["ADD"], false]],
  contains: [[["a", "b"], "a", true], [["a"], "b", false], ["abc", "a", false], [[1], "1", false], [[null], null, true]],
  doesNotContain: [[["a"], "b", true], [["a"], "a", false], ["abc", "x", false], [undefined, "a", false]],
  lessThan: [[1, 2, true], [2, 2, false], ["1", 2, false], [null, 2, false], [false, 1, false]],
  lessThanInclusive: [[2, 2, true], [3, 2, false], ["2", 2, false]],
  greaterThan: [[3, 2, true], [2, 2, false], ["3", 2, false], [true, 0, false]],
  greaterThanInclusive: [[2, 2, true], [1, 2, false], [null, 0, false]],
  isPresent: [["a", true, true], [undefined, true, false], [undefined, false, true], [0, true, true], ["", true, true], [null, true, false], [null, false, true]],
  before: [
    ["2026-11-06T08:00:00Z", "2026-11-06T08:00:00.001Z", true],
    ["2026-11-06T10:00:00+02:00", "2026-11-06T08:00:00Z", false],
    ["2026-11-06T09:59:59+02:00", "2026-11-06T08:00:00Z", true],
    ["2026-02-30T08:00:00Z", "2026-11-06T08:00:00Z", false],
    ["2026-11-06T08:00:00", "2026-11-07T08:00:00Z", false],
    ["2026-11-05", "2026-11-06T08:00:00Z", false],
    [0, "2026-11-06T08:00:00Z", false],
  ],
  after: [["2026-11-06T08:00:01Z", "2026-11-06T08:00:00Z", true], ["2026-11-06T08:00:00Z", "2026-11-06T08:00:00Z", false]],
  atOrBefore: [["2026-11-06T10:00:00+02:00", "2026-11-06T08:00:00Z", true], ["2026-11-06T08:00:01Z", "2026-11-06T08:00:00Z", false]],
  atOrAfter: [["2026-11-06T08:00:00Z", "2026-11-06T10:00:00+02:00", true], ["2026-11-06T07:00:00Z", "2026-11-06T08:00:00Z", false]],
};

describe("operators", () => {
  for (const name of OPERATOR_NAMES) {
    it.each(CASES[name])(`${name}: %j against %j is %s`, (found, expected, holds) => {
      expect(OPERATORS[name].test(found, expected)).toBe(holds);
      expect(OPERATORS[name].bind(expected)(found)).toBe(holds);
    });

    it(`${name}: an absent path is false, except for isPresent: false`, () => {
      for (const expected of [null, "a", 1, true, ["a"], "2026-11-06T08:00:00Z"]) {
        expect(OPERATORS[name].test(undefined, expected)).toBe(false);
      }
    });

    it(`${name}: a value that is an absent fact is false`, () => {
      for (const found of [null, "a", 1, true, ["a"], "2026-11-06T08:00:00Z"]) {
        expect(OPERATORS[name].test(found, undefined)).toBe(false);
      }
    });
  }

  it("an inherited name is no operator", () => {
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty", "swap:equal", "", 1]) {
      expect(findOperator(name)).toBeUndefined();
    }
  });
});
