import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { placeOf } from "../../engine/language/locate-pointer.ts";
import { runCli, runMain } from "./run-cli.ts";

const SHIPPED = fileURLToPath(new URL("../../definitions", import.meta.url));
const TEMPLATE = "plan-template/home-fiber-add.json";
const made: string[] = [];

/** A copy of the shipped definitions in which one text of one file is replaced. */
function broken(file: string, from: string, to: string): { readonly dir: string; readonly text: string } {
  const dir = mkdtempSync(join(tmpdir(), "orderloom-check-"));
  made.push(dir);
  cpSync(SHIPPED, dir, { recursive: true });
  const before = readFileSync(join(dir, file), "utf8");
  const text = before.replace(from, to);
  expect(text, `${from} must stand in ${file}`).not.toBe(before);
  writeFileSync(join(dir, file), text);
  return { dir, text };
}

afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

describe("orderloom check", () => {
  it("compiles the shipped definitions and prints their digest", async () => {
    const { code, stdout, stderr } = await runCli("check");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Release \S+ compiles.*: \d+ definitions, digest [0-9a-f]{64}$/m);
  });

  it("prints the same as JSON on request", async () => {
    const { code, stdout } = await runMain("check", "definitions", "--format", "json");
    const report = JSON.parse(stdout) as { ok: boolean; digest: string; problems: unknown[] };
    expect(code).toBe(0);
    expect(report).toMatchObject({ ok: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  });

  it.each([
    ["a reference to nothing", '"type": "verify-service"', '"type": "verify-everything"', "unknown-reference"],
    ["a property that stands twice", '"kind": "plan-template",', '"kind": "plan-template", "kind": "plan-template",', "duplicate-key"],
    ["a name that reaches into the prototype", '"kind": "plan-template",', '"kind": "plan-template", "__proto__": {},', "forbidden-property"],
    ["a text that is no JSON", '"kind": "plan-template",', '"kind": "plan-template"', "malformed"],
  ])("names file, line, column and code of %s", async (_name, from, to, expected) => {
    const { dir, text } = broken(TEMPLATE, from, to);
    const { code, stdout } = await runMain("check", dir);
    expect(code).toBe(1);
    const [first = ""] = stdout.split("\n");
    const match = /^(.+):(\d+):(\d+) (\S+) .+/.exec(first);
    expect(match, first).not.toBeNull();
    expect(match?.[1]).toBe(join(dir, TEMPLATE));
    expect(match?.[4]).toBe(expected);
    const changed = text.indexOf(to);
    // Where the change stands: its start, or a place inside what was put in; a missing comma is noticed behind it.
    const place = { line: Number(match?.[2]), column: Number(match?.[3]) };
    const start = placeOf(text, changed);
    expect(place.line - start.line).toBeLessThanOrEqual(1);
    expect(place.line).toBeGreaterThanOrEqual(start.line);
    if (expected === "unknown-reference") expect(place).toEqual(start);
    if (expected === "duplicate-key" || expected === "forbidden-property") expect(place).toEqual(placeOf(text, changed + from.length + 1));
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^\d+ errors?.* in \d+ files; the definitions do not compile\.$/);
  });

  it.each([
    ["a folder that does not exist", ["check", join(tmpdir(), "orderloom-nowhere")], "cannot be read"],
    ["an option it does not know", ["check", "--fast"], "Unknown option '--fast'"],
    ["a format it does not know", ["check", "--format", "xml"], 'The format "xml" is not known; use text, json, github, markdown.'],
    ["one folder too many", ["check", "definitions", "more"], 'The argument "more" is one too many.'],
    ["a command it does not know", ["weave"], 'There is no command "weave".'],
    ["no command at all", [], "Name a command."],
  ])("ends with 2 on %s", async (_name, args, message) => {
    const { code, stderr } = await runMain(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("ends with 2 on a folder without definitions", async () => {
    const dir = mkdtempSync(join(tmpdir(), "orderloom-empty-"));
    made.push(dir);
    mkdirSync(join(dir, "task-type"));
    const { code, stderr } = await runMain("check", dir);
    expect(code).toBe(2);
    expect(stderr).toContain("There is no definition in");
  });

  it("ends its process with the exit code of the command", async () => {
    const { code, stderr } = await runCli("weave");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^There is no command "weave"\.\n\nUsage: orderloom/);
  });

  it("prints its usage", async () => {
    const { code, stdout } = await runMain("help");
    expect(code).toBe(0);
    for (const command of ["check", "simulate", "submit"]) expect(stdout).toContain(`  ${command} `);
  });
});
