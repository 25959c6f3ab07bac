import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { runMain } from "./run-cli.ts";

const SHIPPED = fileURLToPath(new URL("../../definitions", import.meta.url));
const CALENDAR = "calendar/business-hours.json";
const made: string[] = [];

/** A copy of the shipped definitions; some files hold another text. */
function copyWith(texts: { readonly [path: string]: (before: string) => string }): string {
  const dir = mkdtempSync(join(tmpdir(), "orderloom-format-"));
  made.push(dir);
  cpSync(SHIPPED, dir, { recursive: true });
  for (const [path, change] of Object.entries(texts)) writeFileSync(join(dir, path), change(readFileSync(join(dir, path), "utf8")));
  return dir;
}

const crushed = (text: string): string => JSON.stringify(JSON.parse(text), null, 4).replaceAll("\n", "\r\n");

afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

describe("orderloom format", () => {
  it("finds nothing to do in the shipped definitions", async () => {
    const { code, stdout } = await runMain("format", "--check");
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+ files are canonical\.\n$/) as string });
  });

  it("gives a file its canonical text back, and names it", async () => {
    const dir = copyWith({ [CALENDAR]: crushed, "release.json": crushed });
    const { code, stdout } = await runMain("format", dir);
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(0, 2)).toEqual([join(dir, CALENDAR), join(dir, "release.json")]);
    for (const path of [CALENDAR, "release.json"]) expect(readFileSync(join(dir, path), "utf8")).toBe(readFileSync(join(SHIPPED, path), "utf8"));
  });

  it("only says so with --check, and ends with 1", async () => {
    const dir = copyWith({ [CALENDAR]: crushed });
    const before = readFileSync(join(dir, CALENDAR), "utf8");
    const { code, stdout } = await runMain("format", dir, "--check");
    expect(code).toBe(1);
    expect(stdout).toMatch(/1 of \d+ files are not canonical; run "orderloom format"\./);
    expect(readFileSync(join(dir, CALENDAR), "utf8")).toBe(before);
  });

  it("writes nothing at all when one file cannot be read", async () => {
    const dir = copyWith({ [CALENDAR]: crushed, "retry-policy/never.json": () => '{ "kind": "retry-policy", "kind": "retry-policy" }' });
    const before = readFileSync(join(dir, CALENDAR), "utf8");
    const { code, stderr } = await runMain("format", dir);
    expect(code).toBe(1);
    expect(stderr).toContain("retry-policy/never.json duplicate-key");
    expect(readFileSync(join(dir, CALENDAR), "utf8")).toBe(before);
  });
});
