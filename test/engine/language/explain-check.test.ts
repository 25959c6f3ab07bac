import { describe, expect, it } from "vitest";
import { checksPage } from "../../../engine/language/examples/checks-page.ts";
import { explainCheck, explainedCodes } from "../../../engine/language/examples/explain-check.ts";
import { formatProblems } from "../../../engine/language/format-problems.ts";

describe("the help of a code", () => {
  it.each(explainedCodes().filter((code) => code !== "too-many-problems"))("%s: a mistake, and what the check prints about it", (code) => {
    const help = explainCheck(code);
    expect(help?.example?.changes.length).toBeGreaterThan(0);
    expect(help?.example?.answer.join("\n")).toMatch(new RegExp(`^\\S+\\.json:\\d+:\\d+ (?:warning )?${code} `));
  });

  it("A20: the page of all codes is current (vitest -u writes it)", async () => {
    await expect(checksPage()).toMatchFileSnapshot("../../../definitions/CHECKS.md");
  });

  it("does not exist for a code that does not", () => {
    expect(explainCheck("no-such-code")).toBeNull();
    expect(explainCheck("constructor")).toBeNull();
  });
});

describe("problems in the formats of their readers", () => {
  const problem = { code: "schema-violation", severity: "error", file: "a,b/task-type/x.json", path: "/title", line: 3, column: 5, message: "100% wrong | <b>\nsecond line" } as const;

  it("as text", () => {
    expect(formatProblems([{ ...problem, severity: "warning" }], "text")).toEqual(["a,b/task-type/x.json:3:5 warning schema-violation 100% wrong | <b>\nsecond line"]);
  });

  it("as commands of a GitHub workflow, with nothing in them that could end the command", () => {
    expect(formatProblems([problem], "github")).toEqual(["::error file=a%2Cb/task-type/x.json,line=3,col=5,title=schema-violation::100%25 wrong | <b>%0Asecond line"]);
  });

  it("as a table for a review, with nothing in it that could end a cell", () => {
    expect(formatProblems([problem], "markdown").at(-1)).toBe("| error | `a,b/task-type/x.json:3:5` | `schema-violation` | 100% wrong \\| \\<b\\> second line |");
  });

  it("as nothing when there is none", () => expect(formatProblems([], "markdown")).toEqual([]));
});
