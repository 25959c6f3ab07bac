import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Condition } from "../../../engine/language/kinds.ts";
import { compileCondition } from "../../../engine/rules/compile-condition.ts";
import type { FactName, Facts } from "../../../engine/rules/facts.ts";
import type { Json } from "../../../engine/support/json.ts";

const ALLOWED: ReadonlySet<FactName> = new Set<FactName>(["order", "item", "now"]);

function compile(condition: Json): { readonly problems: readonly string[]; readonly holds: (facts: Facts) => boolean } {
  const problems: string[] = [];
  const { holds } = compileCondition(condition as Condition, ALLOWED, (code, path) => problems.push(`${code} ${path}`), "/when");
  return { problems, holds };
}

const speed = (value: Json, operator = "equal"): Json => ({ fact: "item", path: "characteristics.speed", operator, value });
const facts: Facts = {
  item: { characteristics: { speed: "1G" }, place: "here", tags: ["a"], "odd-key": { "0": 7 } },
  order: { speed: "1G" },
  now: "2026-11-06T08:00:00Z",
};

describe("compileCondition", () => {
  it.each<readonly [string, Json, boolean]>([
    ["a leaf compares the value at its path", speed("1G"), true],
    ["all holds when every part does", { all: [speed("1G"), speed("2G", "notEqual")] }, true],
    ["all of nothing holds", { all: [] }, true],
    ["any holds when one part does", { any: [speed("2G"), speed("1G")] }, true],
    ["not turns an answer round", { not: speed("1G") }, false],
    ["an absent path is false, and its negation true", { not: { fact: "item", path: "no.such", operator: "equal", value: 1 } }, true],
    ["a value may be another fact", speed({ fact: "order", path: "speed" }), true],
    ["a value that is an absent fact is false", speed({ fact: "order", path: "none" }, "notEqual"), false],
    ["a fact without a path is the whole fact", { fact: "now", operator: "before", value: "2026-11-07T00:00:00Z" }, true],
    ["a path into a text is absent", { fact: "item", path: "place.length", operator: "isPresent", value: true }, false],
    ["a path may have hyphens and digits", { fact: "item", path: "odd-key.0", operator: "equal", value: 7 }, true],
    ["a prototype property is absent", { fact: "item", path: "toString", operator: "isPresent", value: true }, false],
  ])("%s", (_, condition, holds) => {
    const compiled = compile(condition);
    expect(compiled.problems).toEqual([]);
    expect(compiled.holds(facts)).toBe(holds);
  });

  const deep = (levels: number): Json => (levels === 0 ? speed("1G") : { not: deep(levels - 1) });
  const leaf = { fact: "item", path: "place", operator: "equal", value: "x" };

  it.each<readonly [string, Json, string]>([
    ["an operator outside the list", { ...leaf, operator: "similar" }, "unknown-operator /when/operator"],
    ["a decorated operator of json-rules-engine", { ...leaf, operator: "not:equal" }, "unknown-operator /when/operator"],
    ["a fact that does not exist here", { all: [{ ...leaf, fact: "failure" }] }, "unknown-fact /when/all/0/fact"],
    ["a fact reference that does not exist here", { ...leaf, value: { fact: "plan" } }, "unknown-fact /when/value/fact"],
    ["JSONPath", { ...leaf, path: "$.place" }, "path-forbidden /when/path"],
    ["an empty path", { ...leaf, path: "" }, "path-forbidden /when/path"],
    ["a path into the prototype", { ...leaf, path: "place.constructor" }, "path-forbidden /when/path"],
    ["a path into the prototype of a value", { ...leaf, value: { fact: "item", path: "__proto__.x" } }, "path-forbidden /when/value/path"],
    ["a path that is no text", { ...leaf, path: 5 }, "path-forbidden /when/path"],
    ["nesting deeper than 32", deep(32), `too-deep /when${"/not".repeat(32)}`],
    ["a number compared with a text", { ...leaf, operator: "lessThan", value: "5" }, "type-mismatch /when/value"],
    ["in without a list", { ...leaf, operator: "in", value: "x" }, "type-mismatch /when/value"],
    ["an instant that names no real day", { ...leaf, operator: "before", value: "2026-02-30T00:00:00Z" }, "type-mismatch /when/value"],
    ["an instant without an offset", { ...leaf, operator: "after", value: "2026-02-03T00:00:00" }, "type-mismatch /when/value"],
    ["isPresent with a fact", { ...leaf, operator: "isPresent", value: { fact: "item" } }, "type-mismatch /when/value"],
    ["an object as a literal", { ...leaf, value: { a: 1 } }, "type-mismatch /when/value"],
    ["a missing value", { fact: "item", operator: "equal" }, "condition-malformed /when"],
    ["a property json-rules-engine would act on", { ...leaf, priority: 5 }, "condition-malformed /when/priority"],
    ["two combinators at once", { all: [], any: [] }, "condition-malformed /when"],
    ["a reference to a named condition", { condition: "other" }, "condition-malformed /when"],
    ["any of nothing, which json-rules-engine takes for true", { any: [] }, "condition-malformed /when/any"],
    ["all without a list", { all: leaf }, "condition-malformed /when/all"],
    ["not with a list", { not: [leaf] }, "condition-malformed /when/not"],
    ["a text", "true", "condition-malformed /when"],
    ["null", null, "condition-malformed /when"],
  ])("refuses %s, and then never holds", (_, condition, problem) => {
    const compiled = compile(condition);
    expect(compiled.problems).toEqual([problem]);
    expect(compiled.holds(facts)).toBe(false);
  });

  it("never holds as a whole when a part under not is wrong", () => {
    expect(compile({ not: { ...leaf, operator: "similar" } }).holds(facts)).toBe(false);
  });

  it("allows nesting of 32", () => {
    expect(compile(deep(31)).problems).toEqual([]);
  });

  it("reports every leaf that is wrong", () => {
    const { problems } = compile({ all: [{ ...leaf, fact: "x" }, { any: [{ ...leaf, path: "a..b" }] }] });
    expect(problems).toEqual(["unknown-fact /when/all/0/fact", "path-forbidden /when/all/1/any/0/path"]);
  });

  it("explains every leaf in the order in which it is written, whether it decided or not", () => {
    const condition = { any: [speed("1G"), { not: speed({ fact: "order", path: "none" }) }] } as unknown as Condition;
    const { explain } = compileCondition(condition, ALLOWED, () => undefined, "");
    const leaf = { fact: "item", path: "characteristics.speed", operator: "equal", found: "1G" };
    expect(explain(facts)).toEqual({
      holds: true, leaves: [{ ...leaf, expected: "1G", holds: true }, { ...leaf, expected: null, holds: false }],
    });
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (condition) => {
        expect(typeof compile(condition as Json).holds(facts)).toBe("boolean");
      }),
    );
  });
});
