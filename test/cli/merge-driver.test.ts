import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import type { Json } from "../../engine/support/json.ts";
import { reviseOne } from "../engine/diff/revise.ts";
import type { Edit } from "../../engine/language/examples/edit-release.ts";
import { runMain } from "./run-cli.ts";

const BIN = fileURLToPath(new URL("../../server/cli/orderloom.mjs", import.meta.url));
const TABLE = "decision-table/home-fiber-decomposition";
const TEMPLATE = "plan-template/home-fiber-add";
const LAYOUT = `${TEMPLATE}.layout`;
const made: string[] = [];

type Files = { readonly [file: string]: string };
const textOf = (file: string, ...edits: readonly (readonly [pointer: string, value: Edit[2]])[]): string => formatDefinition(reviseOne(file, ...edits) as unknown as Json);
const positions = (places: { readonly [task: string]: number }): string => formatDefinition({ positions: Object.fromEntries(Object.entries(places).map(([task, x]) => [task, { x, y: 0 }])) });

/** A repository in which definitions merge with the driver: main, and the branch `theirs` made from the same origin. */
function repository(base: Files, ours: Files, theirs: Files) {
  const dir = mkdtempSync(join(tmpdir(), "orderloom-merge-"));
  made.push(dir);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", NO_COLOR: "1" };
  const git = (...args: readonly string[]): string => execFileSync("git", ["-c", "user.name=Ana", "-c", "user.email=ana@example.com", ...args], { cwd: dir, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const commit = (files: Files, message: string): void => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(dir, "definitions", file, ".."), { recursive: true });
      writeFileSync(join(dir, "definitions", `${file}.json`), text);
    }
    git("add", ".");
    git("commit", "-q", "-m", message);
  };
  git("init", "-q", "-b", "main");
  git("config", "merge.orderloom.driver", `"${process.execPath}" "${BIN}" merge-driver %O %A %B %P`);
  writeFileSync(join(dir, ".gitattributes"), "definitions/**/*.json text eol=lf merge=orderloom\n");
  commit(base, "base");
  git("checkout", "-q", "-b", "theirs");
  commit(theirs, "theirs");
  git("checkout", "-q", "main");
  commit(ours, "ours");
  return { git, read: (file: string): string => readFileSync(join(dir, "definitions", `${file}.json`), "utf8") };
}

afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

describe("orderloom merge-driver, called by git", () => {
  it("merges what git's own merge cannot: neighboring rows, tasks at one place, positions, with layout and release", () => {
    const base = { [TABLE]: textOf(TABLE), [TEMPLATE]: textOf(TEMPLATE), [LAYOUT]: positions({ a: 1, b: 1 }), release: '{ "name": "2026.11.0" }\n' };
    const { git, read } = repository(
      base,
      { [TABLE]: textOf(TABLE, ["/rows/0/technology", ["CABLE"]]), [TEMPLATE]: textOf(TEMPLATE, ["/tasks/-", { key: "x", type: "ship-device" }]), [LAYOUT]: positions({ a: 5, b: 1 }) },
      { [TABLE]: textOf(TABLE, ["/rows/1/technology", ["FTTH"]]), [TEMPLATE]: textOf(TEMPLATE, ["/tasks/-", { key: "y", type: "ship-device" }]), [LAYOUT]: positions({ a: 1, b: 7 }), release: '{ "name": "2026.12.0" }\n' },
    );
    git("merge", "-q", "--no-edit", "theirs");
    expect(read(TABLE)).toBe(textOf(TABLE, ["/rows/0/technology", ["CABLE"]], ["/rows/1/technology", ["FTTH"]]));
    expect(read(TEMPLATE)).toBe(textOf(TEMPLATE, ["/tasks/-", { key: "x", type: "ship-device" }], ["/tasks/-", { key: "y", type: "ship-device" }]));
    expect(read(LAYOUT)).toBe(positions({ a: 5, b: 7 }));
    expect(read("release")).toBe('{ "name": "2026.12.0" }\n');
  });

  it("leaves a conflict of one row to the author: one sentence, one pair of markers, and the file unmerged", () => {
    const { git, read } = repository(
      { [TABLE]: textOf(TABLE) },
      { [TABLE]: textOf(TABLE, ["/rows/0/technology", ["CABLE"]], ["/rows/2/action", ["DISCONNECT", "NO_CHANGE"]]) },
      { [TABLE]: textOf(TABLE, ["/rows/0/technology", ["FWA"]]) },
    );
    let stderr = "";
    try {
      git("merge", "--no-edit", "theirs");
    } catch (error) {
      ({ stderr } = error as { readonly stderr: string });
    }
    expect(stderr.trim().split("\n").filter((line) => line.startsWith("definitions/"))).toEqual([
      `definitions/${TABLE}.json: Both sides changed row *add*. Ours: technology: FTTH → CABLE. Theirs: technology: FTTH → FWA. (Home Fiber, decomposition)`,
    ]);
    const text = read(TABLE);
    expect(text.match(/^(<{7}|={7}|>{7})/gm)).toHaveLength(3);
    expect(text.split("=======")[0]).toContain('"technology": ["CABLE"]');
    expect(text).toContain('"action": ["DISCONNECT", "NO_CHANGE"]');
    expect(git("status", "--porcelain")).toContain(`UU definitions/${TABLE}.json`);
  });

  it("merges a file that both sides made", () => {
    const calendar = (...days: readonly string[]): string =>
      formatDefinition({ kind: "calendar", key: "nights", version: 1, title: "Nights", description: "D", timeZone: "UTC", week: Object.fromEntries(days.map((day) => [day, ["20:00-24:00"]])), holidays: [] });
    const { git, read } = repository({ release: "{}\n" }, { "calendar/nights": calendar("monday") }, { "calendar/nights": calendar("friday") });
    git("merge", "-q", "--no-edit", "theirs");
    expect(read("calendar/nights")).toBe(calendar("monday", "friday"));
  });
});

describe("orderloom merge-driver", () => {
  it("touches nothing when a version is no JSON, and says which", async () => {
    const dir = mkdtempSync(join(tmpdir(), "orderloom-merge-"));
    made.push(dir);
    const file = (name: string, text: string): string => {
      writeFileSync(join(dir, name), text);
      return join(dir, name);
    };
    const ours = file("ours", "{}");
    const { code, stderr } = await runMain("merge-driver", file("base", "{}"), ours, file("theirs", "<<<<<<< x"), "release.json");
    expect({ code, ours: readFileSync(ours, "utf8") }).toEqual({ code: 1, ours: "{}" });
    expect(stderr).toContain("release.json: theirs cannot be read:");
  });

  it("ends with 2 when a file is missing", async () => {
    expect((await runMain("merge-driver", "/nowhere/a", "/nowhere/b", "/nowhere/c")).code).toBe(2);
    expect((await runMain("merge-driver", "a")).stderr).toContain("Name three files");
  });
});
