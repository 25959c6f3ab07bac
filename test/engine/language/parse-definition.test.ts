import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDefinition } from "../../../engine/language/parse-definition.ts";

const problemOf = (text: string): { code: string; path: string; message: string } | null => {
  const parsed = parseDefinition(text, "task-type/x.json");
  const [first] = parsed.ok ? [] : parsed.diagnostics;
  return first ? { code: first.code, path: first.path, message: first.message } : null;
};

describe("parseDefinition", () => {
  it.each([
    '{"a":[1,-2.5e3,true,false,null,"x\\n\\u00e9"],"b":{}}', " [ ] ", '"text"', "0", "-0", "1E5", '{"a":{"b":[[]]}}', '"\\\\"', '"\\""',
  ])("reads %s as JSON.parse does", (text) => {
    expect(parseDefinition(text, "x.json")).toEqual({ ok: true, content: JSON.parse(text) as unknown });
  });

  it("reads a shipped definition as JSON.parse does", () => {
    const text = readFileSync(new URL("../../../definitions/plan-template/home-fiber-add.json", import.meta.url), "utf8");
    expect(parseDefinition(text, "x.json")).toEqual({ ok: true, content: JSON.parse(text) as unknown });
  });

  it.each([
    ["a decomposed letter becomes one character", '"caf\u0065\u0301"', "caf\u00e9"], ["so does one written as escapes", String.raw`"caf\u0065\u0301"`, "caf\u00e9"],
    ["a carriage return before a line feed goes", String.raw`"a\r\nb"`, "a\nb"], ["names are texts too", '{"e\u0301":1}', { "\u00e9": 1 }],
    ["a combining mark after an escape leaves the escape whole", '"\\u000a\u0300"', "\n\u0300"], ["and so after a short one", '"\\n\u0303"', "\n\u0303"],
  ])("normalizes what the text says, not how it is written: %s", (_, text, content) => {
    expect(parseDefinition(text, "x.json")).toEqual({ ok: true, content });
  });

  it.each([
    ["malformed", "", ""], ["malformed", "{", ""], ["malformed", '{"a":1,}', ""], ["malformed", "[1,]", "/1"], ["malformed", '{"a":1}x', ""],
    ["malformed", "// comment\n{}", ""], ["malformed", "{a:1}", ""], ["malformed", "{'a':1}", ""], ["malformed", '{"a" 1}', "/a"], ["malformed", '{"a":01}', ""],
    ["malformed", '{"a":+1}', "/a"], ["malformed", '{"a":.5}', "/a"], ["malformed", '{"a":NaN}', "/a"], ["malformed", '{"a":1e999}', "/a"], ["malformed", '{"a":"\t"}', "/a"],
    ["malformed", '{"a":"\\x"}', "/a"], ["malformed", '{"a":"open}', "/a"], ["malformed", '{"a":"\\', "/a"], ["malformed", "\uFEFF{}", ""], ["malformed", "nul", ""],
    ["duplicate-key", '{"a":1,"a":2}', "/a"], ["duplicate-key", '{"x":[{"a":1,"\\u0061":2}]}', "/x/0/a"],
    ["duplicate-key", '{"\u00e9":1,"e\u0301":2}', "/\u00e9"], ["duplicate-key", String.raw`{"\u00e9":1,"e\u0301":2}`, "/\u00e9"],
    ["forbidden-property", '{"__proto__":{"admin":true}}', "/__proto__"], ["forbidden-property", '{"a":[{"constructor":1}]}', "/a/0/constructor"],
    ["forbidden-property", '{"\\u005f_proto__":1}', "/__proto__"], ["forbidden-property", '{"prototype":1}', "/prototype"],
    ["bidi-control", '{"title":"a\u202Eb"}', "/title"], ["bidi-control", '{"title":"a\\u2066b"}', "/title"], ["bidi-control", '{"a\u200Bb":1}', ""],
    ["too-deep", "[".repeat(33) + "]".repeat(33), "/0".repeat(32)], ["too-deep", "[".repeat(100_000), "/0".repeat(32)],
  ])("refuses as %s: %j", (code, text, path) => {
    expect(problemOf(text)).toMatchObject({ code, path });
  });

  it("accepts 32 levels", () => expect(parseDefinition("[".repeat(32) + "]".repeat(32), "x.json").ok).toBe(true));
  it("names line and column", () => expect(problemOf('{\n  "a": 1,\n  "a": 2\n}')?.message).toBe('This property stands twice; keep one of the two. (line 3, column 3)'));
  it("refuses more than 8 MB", () => expect(problemOf(`"${"x".repeat(8 * 1024 * 1024)}"`)?.code).toBe("too-large"));
  it("counts bytes, not characters", () => expect(problemOf(`"${"€".repeat(3 * 1024 * 1024)}"`)?.code).toBe("too-large"));
  it("reads a text of 8 MB", () => expect(parseDefinition(`"${"x".repeat(8 * 1024 * 1024 - 2)}"`, "x.json").ok).toBe(true));
});
