import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROWS } from "./rows.ts";

const folder = new URL("./", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), "utf8");

/** Titles of the tests that run: a test that is skipped or still to do does not count. */
const TITLES = readdirSync(folder)
  .filter((file) => file.endsWith(".test.ts") && file !== "coverage.test.ts")
  .flatMap((file) => [...read(file).matchAll(/^\s*it\("([^"]+)"/gm)].map(([, title = ""]) => title));

const belongsTo = (title: string, id: string) => title.startsWith(`${id}:`) || title.startsWith(`${id} `);

describe("the fixed scenarios of the seeds", () => {
  it("each row has one test whose title begins with its id, or names the requirement it waits for", () => {
    const wrong = ROWS.map(({ id, needs }) => ({ id, tests: TITLES.filter((title) => belongsTo(title, id)).length, wanted: needs === undefined ? 1 : 0 })).filter(({ tests, wanted }) => tests !== wanted);
    expect(wrong).toEqual([]);
  });

  it("each test belongs to a row", () => {
    expect(TITLES.filter((title) => !ROWS.some(({ id }) => belongsTo(title, id)))).toEqual([]);
  });

  it("no row of the seeds is left out of the table, and none stands in it twice", () => {
    const counts = Object.fromEntries(["22b 30.", "22a 32.1", "22a 32.2", "22a 32.3", "22a 32.4", "22a 32.5", "22a 32.6", "28 25.1", "28 25.2", "28 25.3", "28 25.4", "28 25.5", "31 21.1"].map((source) => [source, ROWS.filter(({ id }) => id.startsWith(source)).length]));
    expect(counts).toEqual({ "22b 30.": 16, "22a 32.1": 4, "22a 32.2": 7, "22a 32.3": 2, "22a 32.4": 1, "22a 32.5": 5, "22a 32.6": 8, "28 25.1": 5, "28 25.2": 5, "28 25.3": 8, "28 25.4": 6, "28 25.5": 7, "31 21.1": 10 });
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length);
  });

  it("the README lists exactly the rows that are not built yet, with their requirement", () => {
    const listed = [...read("README.md").matchAll(/^\| (2\d.? .+?) \| (.+?) \|/gm)].map(([, id, needs]) => `${id} ${needs}`);
    expect(listed).toEqual(ROWS.flatMap(({ id, needs }) => (needs === undefined ? [] : [`${id} ${needs}`])));
  });
});
