import { date, dateAndTime, evaluate as feelin } from "feelin";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileExpression } from "../../../engine/feel/compile-expression.ts";
import { feelToJson } from "../../../engine/feel/feel-to-json.ts";
import type { FactName, Facts } from "../../../engine/rules/facts.ts";
import { FACT_NAMES } from "../../../engine/rules/facts.ts";
import type { Json } from "../../../engine/support/json.ts";

const ALLOWED: ReadonlySet<FactName> = new Set<FactName>(["order", "item", "now"]);

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

const facts: Facts = deepFreeze({
  order: { id: "o-1", region: "north", lines: [{ n: 2 }, { n: 1 }, {}] },
  item: {
    requestedDate: "2026-11-06T08:00:00Z", day: "2026-11-06", place: { id: "p-1", "odd-key": 1 },
    charges: [{ amount: 10, type: "once" }, { amount: 20, type: "monthly" }], "goods-dispatched": 1,
  },
});

function evaluate(source: string, allowed = ALLOWED): { readonly problems: readonly string[]; readonly value: Json } {
  const problems: string[] = [];
  const expression = compileExpression(source, allowed, (code, path) => problems.push(`${code} ${path}`), "/x");
  return { problems, value: expression.evaluate(facts) };
}

describe("compileExpression", () => {
  it.each<readonly [string, Json]>([
    ["order.id", "o-1"],
    [" item.place.id ", "p-1"],
    ["item.place", { id: "p-1", "odd-key": 1 }],
    ["order.lines.n", [2, 1, null]],
    ["order.nothing.at.all", null],
    ["order.id.length", null],
    ["order.toString", null],
    ["now", null],
    ["\"a\\\"b\"", "a\"b"],
    ["-1.5", -1.5],
    ["true", true],
    ["null", null],
    ["\"fitters-\" + order.region", "fitters-north"],
    ["\"planned for \" + order.missing", null],
    ["if order.missing != null then order.missing else item.place.id", "p-1"],
    ["sum(item.charges.amount)", 30],
    ["round half up(0.1 * sum(item.charges.amount), 2)", 3],
    ["item.charges[type = \"once\"].amount", [10]],
    ["for c in item.charges return c.amount * 2", [20, 40]],
    ["some c in item.charges satisfies c.amount > 15", true],
    ["{ a: 1, b: a + 1, c: order.id }", { a: 1, b: 2, c: "o-1" }],
    ["sort(order.lines.n, function(a, b) a < b)[1]", 1],
    ["order.id instance of string", true],
    ["1 / 0", null],
    ["number(\"x\")", null],
    ["[1..3]", null],
    ["count", null],
    ["function(x) x", null],
    ["matches(order.id, \"^O-\\\\d$\", \"i\")", true],
    ["replace(order.region, \"(n)(o)\", \"$2$1-$0\")", "on-north"],
    ["split(\"a, b\", \",\\\\s*\")", ["a", "b"]],
  ])("%s", (source, value) => {
    expect(evaluate(source)).toEqual({ problems: [], value });
  });

  it.each<readonly [string, Json]>([
    ["date and time(item.requestedDate)", "2026-11-06T08:00:00.000Z"],
    ["date and time(item.requestedDate) + duration(\"P2D\")", "2026-11-08T08:00:00.000Z"],
    ["date and time(item.requestedDate) - duration(\"PT90M\")", "2026-11-06T06:30:00.000Z"],
    ["date and time(item.requestedDate) + duration(\"P1M\")", "2026-12-06T08:00:00.000Z"],
    ["date and time(item.day)", "2026-11-06T00:00:00.000Z"],
    ["date and time(order.missing) + duration(\"P2D\")", null],
    ["date and time(\"2026-11-06T08:00:00+02:00\")", "2026-11-06T06:00:00.000Z"],
    ["date and time(\"2026-11-06T08:00:00@Europe/Berlin\")", "2026-11-06T07:00:00.000Z"],
    ["date(item.day) + duration(\"P1D\")", "2026-11-07"],
    ["date(\"2026-02-30\")", null],
    ["date and time(item.requestedDate) - date and time(\"2026-11-05T07:00:00Z\")", "P1DT1H"],
    ["years and months duration(date(\"2020-01-01\"), date(\"2021-03-01\"))", "P1Y2M"],
    ["time(\"10:00:00\")", "10:00:00"],
    ["[date(item.day), { at: date and time(item.requestedDate) }]", ["2026-11-06", { at: "2026-11-06T08:00:00.000Z" }]],
  ])("temporal results are ISO text: %s", (source, value) => {
    expect(evaluate(source)).toEqual({ problems: [], value });
  });

  it.each([
    ["1 +", "expression-syntax"],
    ["", "expression-syntax"],
    ["order.id) + (order.id", "expression-syntax"],
    ["external { a: 1 }", "expression-syntax"],
    ["1 /* open", "expression-syntax"],
    ["?", "expression-syntax"],
    ["now()", "expression-forbidden"],
    ["today()", "expression-forbidden"],
    ["today", "expression-forbidden"],
    ["random number()", "expression-forbidden"],
    ["order.constructor", "expression-forbidden"],
    ["order.__proto__.x", "expression-forbidden"],
    ["get value(order, \"prototype\")", "expression-forbidden"],
    ["{ __proto__: 1 }", "expression-forbidden"],
    ["{ \"__proto__\": 1 }", "expression-forbidden"],
    ["for constructor in [1] return 1", "expression-forbidden"],
    ["orders.id", "unknown-fact"],
    ["task.id", "unknown-fact"],
    ["order.id + region", "unknown-fact"],
    ["unknown thing(1)", "expression-forbidden"],
    ["boundedIteration([1])", "expression-forbidden"],
    ["(for c in item.charges return c) + c", "unknown-fact"],
    ["item.odd-key", "unknown-fact"],
  ])("refuses %s as %s, and is then null", (source, code) => {
    expect(evaluate(source)).toEqual({ problems: [`${code} /x`], value: null });
  });

  it("refuses a text that is too long or nested too deeply", () => {
    for (const source of [`${"(".repeat(300)}1${")".repeat(300)}`, `"${"x".repeat(10_000)}"`, "-".repeat(9_000)]) {
      expect(evaluate(source)).toEqual({ problems: ["expression-syntax /x"], value: null });
    }
  });

  it("knows the variables of for, some, every, function, context and filter", () => {
    for (const source of [
      "for a in [1], b in [a] return a + b + count(partial)", "some a in [1] satisfies a = 1", "every a in [1] satisfies a = 1",
      "(function(a, b) a + b)(1, 2)", "{ a: 1, \"b c\": a, d: a }", "item.charges[item.amount > 1]", "item.charges[amount > 1]",
    ]) {
      expect(evaluate(source).problems, source).toEqual([]);
    }
  });

  it("knows every fact of the vocabulary by its name, and absent ones are null", () => {
    for (const name of FACT_NAMES) {
      expect(evaluate(`${name}.a = null`, new Set(FACT_NAMES)), name).toMatchObject({ problems: [], value: true });
      expect(compileExpression(`[${name}.a]`, new Set(FACT_NAMES), () => undefined, "").evaluate({ [name]: { a: 1 } })).toEqual([1]);
    }
  });

  it("never reads a clock, even where the fact now is allowed but absent", () => {
    expect(evaluate("string(now)").value).toBeNull();
    expect(evaluate("[now][1]").value).toBeNull();
  });

  it("gives the same answer at every call", () => {
    const { evaluate: run } = compileExpression("order.missing + 1 + sum(item.charges.amount)", ALLOWED, () => undefined, "");
    for (let call = 0; call < 5; call += 1) expect(run(facts)).toBeNull();
  });

  it("matches a pattern in linear time, and look-around is null", () => {
    expect(evaluate(`matches("${"a".repeat(5_000)}", "(a+)+b")`).value).toBe(false);
    expect(evaluate("matches(order.id, \"(?=o)\")").value).toBeNull();
  });

  it("counts to 10,000 and no further", () => {
    expect(evaluate("count(for i in 1..10000 return i)").value).toBe(10_000);
    expect(evaluate("for i in 3..1 // down\n return i").value).toEqual([3, 2, 1]);
    for (const source of [
      "for i in 1..1000000000 return i", "some i in [1..1000000000] satisfies i > 5", "for i in 1..item.charges[1].amount * 1000000 return i",
    ]) expect(evaluate(source).value, source).toBeNull();
    expect(evaluate("for x in for y in 1..2 return y * 2, z in [1..2] return x + z").value).toEqual([3, 4, 5, 6]);
  });

  it("moves an instant by itself exactly as FEEL does", () => {
    const instant = fc.date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2200-01-01T00:00:00Z"), noInvalidDate: true });
    const length = fc.constantFrom("P2D", "PT36H", "PT90M", "P1DT2H3M4S", "PT0S", "PT0.5S", "P40D", "P0D");
    fc.assert(
      fc.property(instant, length, fc.constantFrom("+", "-"), fc.constantFrom("Z", "+02:00", "-11:30"), (at, duration, sign, offset) => {
        const order = { at: at.toISOString().replace("Z", offset) };
        const closure = compileExpression(`date and time(order.at) ${sign} duration("${duration}")`, ALLOWED, () => undefined, "");
        const feel = compileExpression(`[date and time(order.at) ${sign} duration("${duration}")][1]`, ALLOWED, () => undefined, "");
        expect(closure.evaluate({ order })).toBe(feel.evaluate({ order }));
        expect(closure.evaluate({ order })).not.toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it("reads a path by itself exactly as FEEL does", () => {
    const name = fc.constantFrom("a", "b");
    const data = fc.letrec<{ node: Json }>((tie) => ({
      node: fc.oneof(
        { depthSize: "small" }, fc.constantFrom<Json>(null, 1, "a", true), fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(name, tie("node"), { noNullPrototype: true }) as fc.Arbitrary<Json>,
      ),
    })).node;
    fc.assert(
      fc.property(data, fc.array(name, { maxLength: 4 }), (order, segments) => {
        const path = ["order", ...segments].join(".");
        const closure = compileExpression(path, ALLOWED, () => undefined, "");
        const feel = compileExpression(`{ r: ${path} }.r`, ALLOWED, () => undefined, "");
        expect(closure.evaluate({ order })).toEqual(feel.evaluate({ order }));
      }),
    );
  });

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(fc.constantFrom("order", ".", "id", "(", ")", "[", "]", "1", "+", "for", "in", "return", "\"", ",", " ", "?", "{", ":", "}")).map((words) => words.join(" "))), (source) => {
        expect(evaluate(source).value).toBeDefined();
      }),
    );
  });
});

describe("feelToJson", () => {
  it("turns what JSON does not know into null", () => {
    for (const odd of [undefined, NaN, Infinity, () => 1, Symbol.iterator, 1n, feelin("[1..2]").value, new Map()]) {
      expect(feelToJson(odd)).toBeNull();
    }
  });

  it("takes a date and time without a zone as UTC, and cuts to milliseconds", () => {
    expect(feelToJson(dateAndTime("2026-11-06T08:00:00"))).toBe("2026-11-06T08:00:00.000Z");
    expect(feelToJson(dateAndTime("2026-11-06T08:00:00.1239Z"))).toBe("2026-11-06T08:00:00.123Z");
    expect(feelToJson(date("2026-11-06"))).toBe("2026-11-06");
  });

  it("drops prototype names and gives up on a list that contains itself", () => {
    expect(feelToJson(JSON.parse("{\"__proto__\":{\"x\":1},\"a\":1}"))).toEqual({ a: 1 });
    const list: unknown[] = [1];
    list.push(list, list);
    expect(feelToJson(list)).toBeNull();
  });
});
