import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Condition } from "../../../engine/language/kinds.ts";
import { compileCondition } from "../../../engine/rules/compile-condition.ts";
import type { FactName, Facts } from "../../../engine/rules/facts.ts";
import { OPERATOR_NAMES, OPERATORS } from "../../../engine/rules/operators.ts";
import { createRule, evaluateWithRulesEngine } from "../../../engine/rules/rules-engine.ts";
import type { Json } from "../../../engine/support/json.ts";

const NAMES: readonly FactName[] = ["order", "item", "now"];

const scalar = fc.constantFrom<Json>(
  null, true, false, 0, 1, 2.5, -1, "", "a", "b", "1", "2026-11-06T08:00:00Z", "2026-11-06T10:00:00+02:00", "2026-02-30T08:00:00Z",
);
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
const path = fc.constantFrom("a", "b", "a.b", "a.b.c", "0", "toString", "length");
const data: fc.Arbitrary<Json> = fc.oneof(
  value,
  fc.dictionary(fc.constantFrom("a", "b"), fc.oneof(value, fc.dictionary(fc.constantFrom("b", "c", "0"), value)), { noNullPrototype: true }),
);
const facts: fc.Arbitrary<Facts> = fc.record({ order: data, item: data, now: value }, { requiredKeys: [], noNullPrototype: true });

const reference = fc.record({ fact: fc.constantFrom(...NAMES), path }, { requiredKeys: ["fact"], noNullPrototype: true });
const leaf: fc.Arbitrary<Condition> = fc
  .record(
    { fact: fc.constantFrom(...NAMES), path, operator: fc.constantFrom(...OPERATOR_NAMES), value: fc.oneof(value, reference) },
    { requiredKeys: ["fact", "operator", "value"], noNullPrototype: true },
  )
  .filter(({ operator, value: given }) => {
    const isReference = typeof given === "object" && given !== null && "fact" in given;
    return isReference ? OPERATORS[operator].takesFact : OPERATORS[operator].takes(given);
  });
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie("condition"), { maxLength: 4 }) }, { noNullPrototype: true }),
    fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 4 }) }, { noNullPrototype: true }),
    fc.record({ not: tie("condition") }, { noNullPrototype: true }),
  ),
}));

describe("json-rules-engine made strict", () => {
  it("gives the same answer and the same trace as the closures, for any condition and any facts", async () => {
    await fc.assert(
      fc.asyncProperty(condition, facts, async (source, given) => {
        const problems: string[] = [];
        const compiled = compileCondition(source, new Set(NAMES), (code, at) => problems.push(`${code} ${at}`), "");
        expect(problems).toEqual([]);
        const trace = await evaluateWithRulesEngine(source, given);
        expect(trace).toEqual(compiled.explain(given));
        expect(trace.holds).toBe(compiled.holds(given));
      }),
      { numRuns: 1_000 },
    );
  });

  it("does not coerce: 1 is not greater than the text 0", async () => {
    const rule: Condition = { fact: "item", path: "a", operator: "greaterThan", value: 0 };
    expect((await evaluateWithRulesEngine(rule, { item: { a: "1" } })).holds).toBe(false);
  });

  it("takes a path into a fact that is no object for absent, where json-rules-engine returns the fact itself", async () => {
    const rule: Condition = { fact: "now", path: "year", operator: "isPresent", value: true };
    expect((await evaluateWithRulesEngine(rule, { now: "2026-11-06T08:00:00Z" })).holds).toBe(false);
  });

  it("evaluates all runs of one rule, also when they overlap", async () => {
    const rule = createRule({ fact: "item", path: "n", operator: "greaterThanInclusive", value: 25 });
    const pending: Promise<boolean>[] = [];
    for (let n = 0; n < 50; n += 1) {
      pending.push(rule.evaluate({ item: { n } }).then((trace) => trace.holds));
      for (let tick = 0; tick < n % 7; tick += 1) await Promise.resolve();
    }
    expect(await Promise.all(pending)).toEqual(Array.from({ length: 50 }, (_, n) => n >= 25));
  });

  it("leaves the condition as it was, and works on a frozen one", async () => {
    const rule: Condition = Object.freeze({ all: Object.freeze([Object.freeze({ fact: "item", operator: "equal", value: 1 })]) });
    const before = JSON.stringify(rule);
    expect((await evaluateWithRulesEngine(rule, { item: 1 })).holds).toBe(true);
    expect(JSON.stringify(rule)).toBe(before);
  });

  it("rejects a condition the compiler refused, and goes on after it", async () => {
    const rule = createRule({ fact: "item", operator: "not:equal", value: 1 });
    await expect(rule.evaluate({ item: 2 })).rejects.toThrow("unknown-operator");
    await expect(rule.evaluate({ item: 2 })).rejects.toThrow("unknown-operator");
  });
});
