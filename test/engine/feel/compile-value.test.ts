import { describe, expect, it } from "vitest";
import { compileValue } from "../../../engine/feel/compile-value.ts";
import type { FactName } from "../../../engine/rules/facts.ts";
import type { Json } from "../../../engine/support/json.ts";

const ALLOWED: ReadonlySet<FactName> = new Set<FactName>(["order", "item"]);

function compile(value: Json): { readonly problems: readonly string[] } & ReturnType<typeof compileValue> {
  const problems: string[] = [];
  return { ...compileValue(value, ALLOWED, (code, path) => problems.push(`${code} ${path}`), "/with"), problems };
}

describe("compileValue", () => {
  it("a value without FEEL is constant, and comes back as it is", () => {
    for (const value of [null, 1, "text", true, [1, "a"], { a: { b: ["c"] } }]) {
      const compiled = compile(value);
      expect(compiled.constant).toBe(true);
      expect(compiled.evaluate({})).toBe(value);
    }
  });

  it("a text that begins with = is FEEL, at any depth", () => {
    const compiled = compile({ id: "=order.id", list: [1, { place: "=item.place.id" }], fixed: { a: "x" } });
    expect(compiled.constant).toBe(false);
    expect(compiled.evaluate({ order: { id: "o" }, item: { place: { id: "p" } } })).toEqual({
      id: "o", list: [1, { place: "p" }], fixed: { a: "x" },
    });
  });

  it("a field whose expression has no value stays, as null", () => {
    expect(compile({ a: "=order.none", b: "=1 + order.none" }).evaluate({})).toEqual({ a: null, b: null });
  });

  it("a text with a leading = is written as FEEL text", () => {
    expect(compile("=\"=1\"").evaluate({})).toBe("=1");
  });

  it("reports with a JSON Pointer to the expression", () => {
    expect(compile({ "a/b": ["=1 +", { c: "=task.id" }] }).problems).toEqual(["expression-syntax /with/a~1b/0", "unknown-fact /with/a~1b/1/c"]);
  });

  it("refuses a field that reaches into the prototype", () => {
    const compiled = compile(JSON.parse("{\"__proto__\":{\"x\":\"=order.id\"},\"a\":\"=order.id\"}") as Json);
    expect(compiled.problems).toEqual(["path-forbidden /with/__proto__"]);
    expect(compiled.evaluate({ order: { id: "o" } })).toEqual({ a: "o" });
  });

  it("refuses nesting deeper than 32", () => {
    const deep = (levels: number): Json => (levels === 0 ? "=order.id" : [deep(levels - 1)]);
    expect(compile(deep(32)).problems).toEqual([]);
    expect(compile(deep(33)).problems).toEqual([`too-deep /with${"/0".repeat(32)}`]);
  });
});
