import { describe, expect, it } from "vitest";
import { compile } from "../../../engine/language/compile.ts";
import { checkExamples } from "../../../engine/language/examples/all-examples.ts";
import { filesOf, minimalRelease } from "../../../engine/language/examples/minimal-release.ts";
import { runExample } from "../../../engine/language/examples/run-example.ts";

describe("given a valid release", () => {
  it("compiles without errors or warnings", () => {
    expect(compile(filesOf(minimalRelease()), { name: "test" })).toMatchObject({ ok: true, warnings: [] });
  });

  it.each(checkExamples)("when $when, then exactly $code at $at", (example) => {
    const found = runExample(example);
    expect(found.map((each) => `${each.code} ${each.file}#${each.path}`)).toEqual([`${example.code} ${example.at}`]);
    expect(found[0]?.message).toMatch(/^\S.{10,}[.?]\)?(?: \(line \d+, column \d+\))?$/s);
  });
});

describe("the seven mistakes every author makes once", () => {
  const lines: { readonly [when: string]: string } = {
    "two tasks wait for each other":
      "plan-template/demo-add.json#/tasks/2/dependsOn/0 graph-cycle: These wait for each other and never start: reserve -> activate -> reserve. Remove one of the dependencies.",
    "a task has an unknown type":
      'plan-template/demo-add.json#/tasks/0/type unknown-reference: There is no task-type "reserv"; did you mean "reserve"?',
    "a system that does everything twice is asked three times":
      'task-type/ship.json#/retry unsafe-retry: "carrier" would do a repeated command twice, but "standard" sends it up to 3 times; choose a policy with one attempt.',
    "a trigger has no milestone":
      'billing-trigger/demo-start.json# billing-untied: The property "milestone" is missing; add it.',
    "a form repeats a repetition":
      'manual-task/repair.json#/form/properties/reason/pattern regex-not-linear: The pattern "(a+)+$" repeats something that is itself repeated or ambiguous; rewrite it with one repetition, such as a+ instead of (a+)+.',
    "an expression asks the clock":
      "task-type/reserve.json#/request/at expression-forbidden: now() may not be used in an expression.",
    "__proto__ is a property":
      'task-type/reserve.json#/request/__proto__ forbidden-property: A property may not be called "__proto__"; choose another name.',
  };

  it.each(Object.entries(lines))("when %s, one line says what and where", (when, line) => {
    const example = checkExamples.find((each) => each.when === when);
    expect((example ? runExample(example) : []).map(({ file, path, code, message }) => `${file}#${path} ${code}: ${message}`)).toEqual([line]);
  });
});
