import { describe, expect, it } from "vitest";
import { quickFixes } from "../../designer/fixes/quick-fixes.ts";
import { withoutAt } from "../../designer/fixes/fix.ts";
import { compile } from "../../engine/language/compile.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { checkExamples } from "../../engine/language/examples/all-examples.ts";
import { changedRelease } from "../../engine/language/examples/check-example.ts";
import { filesOf } from "../../engine/language/examples/minimal-release.ts";
import { required } from "../../engine/support/defect.ts";
import type { Json } from "../../engine/support/json.ts";

type Files = ReadonlyMap<string, Json>;

const check = (files: Files, roles: readonly string[] | undefined): readonly Diagnostic[] => {
  const compiled = compile([...files].map(([path, content]) => ({ path, content })), { name: "test", ...(roles && { roles }) });
  return compiled.ok ? compiled.warnings : compiled.diagnostics;
};

const cases = checkExamples.filter(({ text, base, languageVersion }) => !text && !base && languageVersion === undefined).flatMap((example) => {
  const files: Files = new Map(filesOf(changedRelease(example.edits)).map(({ path, content }) => [path, content as Json]));
  const [file = "", path = ""] = example.at.split("#");
  const message = check(files, example.roles).find((found) => found.code === example.code && found.file === file && found.path === path);
  if (message === undefined) return [];
  return quickFixes(message, files).map((fix) => ({ code: example.code, when: example.when, title: fix.title, fix, files, problem: message, roles: example.roles }));
});

describe("a quick fix", () => {
  it.each(cases)("$code, when $when: $title", ({ fix, files, problem, roles }) => {
    const before = JSON.stringify([...files]);
    const fixed = new Map(files);
    for (const { path, content } of fix.changes) if (content === null) fixed.delete(path);
      else fixed.set(path, content);
    const left = check(fixed, roles).filter(({ code, file, message }) => code === problem.code && file === problem.file && message === problem.message);
    expect(left).toEqual([]);
    expect(JSON.stringify([...files])).toBe(before);
  });

  it("there is one for many kinds of problems", () => {
    expect(new Set(cases.map(({ code }) => code)).size).toBeGreaterThanOrEqual(15);
  });

  it("offers the nearest name first, then what else can be done", () => {
    const titles = cases.filter(({ code, when }) => code === "unknown-task" && when.includes("dependency")).map(({ title }) => title);
    expect(titles).toEqual(["Replace by approve", "Remove the dependency"]);
  });

  it("there is none where a person has to think", () => {
    const files: Files = new Map([["plan-template/a.json", { kind: "plan-template" }]]);
    expect(quickFixes({ code: "cycle", severity: "error", file: "plan-template/a.json", path: "", message: "" }, files)).toEqual([]);
    expect(quickFixes({ code: "unknown-task", severity: "error", file: "nowhere.json", path: "", message: "" }, files)).toEqual([]);
  });

  it("takes away a property or an element and leaves everything beside it as it was", () => {
    const content = { list: [{ a: 1 }, { b: 2 }], "a/b": { c: 3 } };
    expect(withoutAt(content, "/list/0")).toEqual({ list: [{ b: 2 }], "a/b": { c: 3 } });
    expect(withoutAt(content, "/a~1b/c")).toEqual({ list: [{ a: 1 }, { b: 2 }], "a/b": {} });
    expect(required((withoutAt(content, "/list/0") as unknown as typeof content)["a/b"], "kept")).toBe(content["a/b"]);
  });
});
