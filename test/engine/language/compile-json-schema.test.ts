import { describe, expect, it } from "vitest";
import { compileJsonSchema, type EvidenceCheck } from "../../../engine/language/compile-json-schema.ts";
import type { Json, JsonObject } from "../../../engine/support/json.ts";

function compiled(schema: JsonObject): EvidenceCheck {
  return compileJsonSchema(schema, (code, path, message) => {
    throw new Error(`${code} ${path} ${message}`);
  }, "");
}

function problemsOf(schema: JsonObject): string[] {
  const problems: string[] = [];
  compileJsonSchema(schema, (code, path) => problems.push(`${code} ${path}`), "/form");
  return problems;
}

describe("compileJsonSchema", () => {
  const check = compiled({
    type: "object", additionalProperties: false, required: ["serviceId"],
    properties: { serviceId: { type: "string", minLength: 1 }, at: { type: "string", format: "date-time" }, speed: { enum: ["1G", "500M"] }, years: { type: "integer", minimum: 1 } },
  });

  it("accepts what fits", () => expect(check({ serviceId: "s-1", at: "2026-11-06T08:00:00Z", speed: "1G", years: 7 })).toEqual([]));

  it.each<[string, Json, string, string]>([
    ["what is missing", {}, "", 'The property "serviceId" is missing; add it.'],
    ["what is too much", { serviceId: "s", x: 1 }, "/x", 'The property "x" is not known here; remove it or correct its name.'],
    ["a wrong type", { serviceId: 5 }, "/serviceId", "This must be a text."],
    ["an empty text", { serviceId: "" }, "/serviceId", "This text must not be empty."],
    ["a wrong choice", { serviceId: "s", speed: "2G" }, "/speed", 'This must be one of "1G", "500M".'],
    ["an instant without its offset", { serviceId: "s", at: "2026-11-06T08:00:00" }, "/at", 'The text "2026-11-06T08:00:00" is not a valid date-time.'],
    ["an instant on no real day", { serviceId: "s", at: "2026-02-30T08:00:00Z" }, "/at", 'The text "2026-02-30T08:00:00Z" is not a valid date-time.'],
    ["too little", { serviceId: "s", years: 0 }, "/years", "This must be 1 or more."],
    ["a number as text, which is never converted", { serviceId: "s", years: "7" }, "/years", "This must be a whole number."],
  ])("names %s", (_, value, path, message) => expect(check(value)).toEqual([{ path, message }]));

  it("looks at own properties only", () => {
    const inherited = Object.create({ serviceId: "s" }) as { readonly [key: string]: Json };
    expect(check(inherited)).toHaveLength(1);
  });

  it.each(["date", "duration", "email", "condition"])("knows the format %s", (format) => expect(problemsOf({ type: "string", format })).toEqual([]));

  it.each<[string, JsonObject, string]>([
    ["a reference to the web", { $ref: "https://example.org/a.json" }, "remote-ref /form/$ref"],
    ["a reference to a file", { items: { $ref: "../a.json" } }, "remote-ref /form/items/$ref"],
    ["a reference to itself", { $ref: "#" }, "ref-cycle /form/$ref"],
    ["definitions", { $defs: {} }, "keyword-forbidden /form/$defs"],
    ["$dynamicRef", { $dynamicRef: "#a" }, "keyword-forbidden /form/$dynamicRef"],
    ["$async", { $async: true }, "keyword-forbidden /form/$async"],
    ["$id", { $id: "x" }, "keyword-forbidden /form/$id"],
    ["$data", { properties: { a: { minimum: { $data: "1/b" } } } }, "keyword-forbidden /form/properties/a/minimum"],
    ["an unknown keyword", { instanceof: "Date" }, "keyword-forbidden /form/instanceof"],
    ["an unknown format", { format: "uri" }, "keyword-forbidden /form/format"],
    ["a pattern over properties that looks ahead", { patternProperties: { "(?=a)": {} } }, "regex-not-linear /form/patternProperties/(?=a)"],
    ["a keyword with a wrong value", { type: "object", required: "a" }, "json-schema-invalid /form/required"],
    ["a schema that is no schema", { properties: { a: 5 } }, "json-schema-invalid /form/properties/a"],
  ])("refuses %s", (_, schema, problem) => expect(problemsOf(schema)).toEqual([problem]));

  it("refuses schemas nested too deep", () => {
    let schema: JsonObject = { type: "string" };
    for (let depth = 0; depth < 40; depth += 1) schema = { items: schema };
    expect(problemsOf(schema)).toEqual([`too-deep /form${"/items".repeat(32)}`]);
  });

  it.each(["(a+)+$", "^(a|a)*$", "(a*)*", "([a-z]+)*", "((a+)b?)+", "(.|a)+", "(?:x+){2,}", "(a|ab)*", "(?=a)", "(?<=a)b", "(?<!a)b", "(a)\\1", "(", "a".repeat(1_001)])("refuses the pattern %s", (pattern) => {
    expect(problemsOf({ type: "string", pattern })).toEqual(["regex-not-linear /form/pattern"]);
  });

  it.each(["^[A-Z]{3}$", "^\\+[0-9]{6,15}$", "^[a-z]+-[0-9]+$", "^(ADD|MODIFY)$", "(ab|cd)+", "^(?:a|b)?$", "[(+)]+x", "\\(a+\\)+"])("accepts the pattern %s", (pattern) => {
    expect(problemsOf({ type: "string", pattern })).toEqual([]);
  });

  it("tells patterns apart, within one schema and between schemas", () => {
    const check = compiled({ type: "object", properties: { a: { type: "string", pattern: "^[A-Z]{3}$" }, b: { type: "string", pattern: "^[0-9]+$" } } });
    expect(check({ a: "EUR", b: "12" })).toEqual([]);
    expect(check({ a: "12", b: "EUR" }).map(({ path }) => path)).toEqual(["/a", "/b"]);
    expect(compiled({ type: "string", pattern: "^x$" })("EUR")).toHaveLength(1);
    expect(compiled({ type: "object", patternProperties: { "^x": { type: "number" } }, additionalProperties: false })({ x1: 1, y: 2 })).toMatchObject([{ path: "/y" }]);
  });

  it("runs patterns in linear time", () => {
    const longest = compiled({ type: "string", pattern: "^[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*$" });
    const started = performance.now();
    expect(longest(`${"a".repeat(5_000)}!`)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
