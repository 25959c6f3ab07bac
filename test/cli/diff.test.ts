import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runCliIn, runMain } from "./run-cli.ts";

const SHIPPED = fileURLToPath(new URL("../../definitions", import.meta.url));
const TABLE = "decision-table/home-fiber-decomposition.json";
const CHANGE = "*Home Fiber, decomposition*: row *add*, technology: FTTH → FTTH, CABLE";

/** A repository with the shipped definitions on main, one row changed on the branch `cable`, and a broken file on `broken`. */
const dir = mkdtempSync(join(tmpdir(), "orderloom-diff-"));
const git = (...args: readonly string[]): string => execFileSync("git", ["-c", "user.name=Ana", "-c", "user.email=ana@example.com", ...args], { cwd: dir, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const edit = (file: string, from: string, to: string): void => {
  const text = readFileSync(join(dir, "definitions", file), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(dir, "definitions", file), text.replace(from, to));
};
const branch = (name: string, work: () => void): void => {
  git("checkout", "-q", "-b", name, "main");
  work();
  git("add", ".");
  git("commit", "-q", "-m", name);
};
git("init", "-q", "-b", "main");
cpSync(SHIPPED, join(dir, "definitions"), { recursive: true });
git("add", ".");
git("commit", "-q", "-m", "shipped");
branch("cable", () => edit(TABLE, '"technology": ["FTTH"]', '"technology": ["FTTH", "CABLE"]'));
branch("unsound", () => edit(TABLE, '"hitPolicy": "UNIQUE"', '"hitPolicy": "SOMETIMES"'));
branch("broken", () => edit(TABLE, '"key": "home-fiber-decomposition"', '"key": 5'));
branch("linked", () => symlinkSync("/etc/hosts", join(dir, "definitions", "hosts.json")));
git("checkout", "-q", "cable");

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("orderloom diff", () => {
  it.each([["two revisions", "main", "cable"], ["a folder of a revision and a folder", "main:definitions", "definitions"], ["a tree by its root", "HEAD~1", "HEAD"]])("compares %s", async (_what, before, after) => {
    const { code, stdout, stderr } = await runCliIn(dir, "diff", before, after);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `  ${CHANGE}\n`, stderr: "" });
  });

  it("is a page for the reviewer, or data for a program", async () => {
    const changed = join(dir, "definitions");
    expect((await runMain("diff", SHIPPED, changed, "--format", "markdown")).stdout).toContain(`- ${CHANGE}\n\n## Decision table *Home Fiber, decomposition*`);
    const { words, diff } = JSON.parse((await runMain("diff", SHIPPED, changed, "--format", "json")).stdout) as { words: readonly unknown[]; diff: { definitions: readonly unknown[] } };
    expect(words).toMatchObject([{ kind: "decision-table", summary: [CHANGE] }]);
    expect(diff.definitions).toMatchObject([{ status: "changed", changes: [{ code: "row-changed", path: ["rows", "add"] }] }]);
  });

  it("says when nothing changes", async () => {
    expect(await runMain("diff", SHIPPED, SHIPPED)).toMatchObject({ code: 0, stdout: "Nothing changes.\n" });
  });

  it("compares what would not compile: drafts, and releases in an older version of the language", async () => {
    expect(await runCliIn(dir, "diff", "main", "unsound")).toMatchObject({ code: 0, stdout: '  *Home Fiber, decomposition*: hit policy: unique → sometimes\n' });
  });

  it("refuses to compare what does not say what it is, and names the file", async () => {
    const { code, stderr } = await runCliIn(dir, "diff", "main", "broken");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^broken cannot be compared:\n {2}decision-table\/home-fiber-decomposition\.json malformed /);
  });

  it("follows no link out of a repository", async () => {
    expect(await runCliIn(dir, "diff", "main", "linked")).toMatchObject({ code: 1, stderr: "linked: hosts.json is a symbolic link; store the file itself.\n" });
  });

  it.each([["nowhere"], ["main:nowhere"], ["main:definitions/README.md"], ["@{-1} --output=x"], ["main\n"], [":/"]])("knows no revision %j", async (name) => {
    expect(await runMain("diff", SHIPPED, name)).toMatchObject({ code: 2, stderr: expect.stringContaining("is neither a folder nor a revision of this repository") as string });
  });

  it.each([[["main"], "Name what to compare"], [["a", "b", "--format", "xml"], 'The format "xml" is not known'], [["--upload-pack=x", "main"], "Unknown option"]])("ends with 2 on %j", async (args, message) => {
    expect(await runMain("diff", ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) as string });
  });
});
