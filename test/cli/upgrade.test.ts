import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReleaseBundle } from "../../engine/language/release-bundle.ts";
import { runMain } from "./run-cli.ts";

const SCHEMA = "order-schema/managed-office.json";
const old = JSON.parse(readFileSync("test/fixtures/version-1/release.json", "utf8")) as ReleaseBundle;
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "orderloom-upgrade-"));
  for (const definition of old.definitions) {
    const file = join(dir, definition.kind, `${definition.key}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(definition));
  }
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe("orderloom upgrade", () => {
  it("rewrites what has changed, and says which language the folder is written in", async () => {
    const before = await runMain("check", dir);
    expect(before.stdout).toContain('warning language-version-outdated These definitions are written in version 1');
    expect(before.stdout).toContain(`digest ${old.digest}`);

    const { code, stdout } = await runMain("upgrade", dir);
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(0, 2)).toEqual([join(dir, SCHEMA), join(dir, "release.json")]);
    expect(stdout).toContain("1 definitions were upgraded from version 1 to 2 of the language.");
    expect(readFileSync(join(dir, SCHEMA), "utf8")).toBe(readFileSync(join("definitions", SCHEMA), "utf8"));

    const after = await runMain("check", dir);
    expect(after.stdout).not.toContain("language-version-outdated");
    expect((await runMain("upgrade", dir)).stdout).toContain("which is today's");
  });

  it("writes nothing when a file cannot be read", async () => {
    writeFileSync(join(dir, "broken.json"), "{");
    const { code, stderr } = await runMain("upgrade", dir);
    expect(code).toBe(1);
    expect(stderr).toContain("Nothing was upgraded");
    expect(readFileSync(join(dir, SCHEMA), "utf8")).toContain('"for"');
  });

  it("refuses a folder of a newer program", async () => {
    writeFileSync(join(dir, "release.json"), '{ "languageVersion": 99 }');
    const { code, stderr } = await runMain("upgrade", dir);
    expect(code).toBe(1);
    expect(stderr).toContain("version 99");
  });
});
