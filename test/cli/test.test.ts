import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMain } from "./run-cli.ts";

/** What the shipped scenarios reach at least; it only ever rises. */
const SHIPPED_COVERAGE = "97";

let dir: string;
const edit = (file: string, from: string, to: string): void => {
  const text = readFileSync(join(dir, file), "utf8");
  expect(text, `${from} must stand in ${file}`).toContain(from);
  writeFileSync(join(dir, file), text.replace(from, to));
};

describe("A22 the shipped definitions", () => {
  it("pass their scenarios, which reach them", async () => {
    const { code, stdout, stderr } = await runMain("test", "definitions", "--min-coverage", SHIPPED_COVERAGE);
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^(\d+) of \1 scenarios passed\.$/m);
  }, 60_000);
});

describe("orderloom test", () => {
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "orderloom-test-"));
    cpSync("definitions", dir, { recursive: true });
    edit("scenario/mobile-sim-add.json", '"order": "COMPLETED"', '"order": "CANCELLED"');
    edit("scenario/mobile-sim-add.json", '"title": "', '"title": "<Mobile> & ');
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it("names file, line and column of what is not as expected, and ends with 1", async () => {
    const { code, stdout } = await runMain("test", dir, "--only", "mobile-sim-add");
    const file = join(dir, "scenario/mobile-sim-add.json");
    const line = readFileSync(file, "utf8").split("\n").findIndex((text) => text.includes('"CANCELLED"')) + 1;
    expect(code).toBe(1);
    expect(stdout).toContain(`${file}:${line}:5 expected the order CANCELLED, got COMPLETED`);
    expect(stdout).toContain("0 of 1 scenarios passed.");
  });

  it("prints data", async () => {
    const { code, stdout } = await runMain("test", dir, "--only", "mobile-sim-add", "--format", "json", "--coverage");
    const report = JSON.parse(stdout) as { passed: boolean; scenarios: { failures: { pointer: string }[] }[]; coverage: { total: number } };
    expect(code).toBe(1);
    expect(report.passed).toBe(false);
    expect(report.scenarios[0]?.failures).toMatchObject([{ pointer: "/expect/order" }]);
    expect(report.coverage.total).toBeGreaterThan(300);
  });

  it("prints what pipelines and reviews read, with nothing unescaped", async () => {
    const junit = await runMain("test", dir, "--only", "mobile-sim-add", "--format", "junit");
    expect(junit.stdout).toContain('<testsuites tests="1" failures="1">');
    expect(junit.stdout).toContain("mobile-sim-add: &lt;Mobile&gt; &amp; ");
    const markdown = await runMain("test", dir, "--only", "mobile-sim-add", "--format", "markdown", "--coverage");
    expect(markdown.stdout).toContain("### ✗ \\<Mobile\\> & ");
    expect(markdown.stdout).toMatch(/^\| decision-table rows \| \d+ \| \d+ \| \d+% \|$/m);
  });

  it("fails when too little is reached, and names what never was", async () => {
    const { code, stdout } = await runMain("test", dir, "--only", "furniture-add", "--min-coverage", "99");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Coverage \d+ of \d+ \(\d+%\), at least 99% wanted$/m);
    expect(stdout).toContain("never: decision-table/mobile-sim-decomposition/add");
  });

  it("fails a scenario whose order intake would refuse", async () => {
    edit("scenario/furniture-add.json", '"action": "ADD"', '"action": "MODIFY"');
    const { code, stdout } = await runMain("test", dir, "--only", "furniture-add");
    expect(code).toBe(1);
    expect(stdout).toContain("expected an order that intake takes, got action-not-allowed");
  });

  it.each([
    ["a format it does not know", ["test", "--format", "yaml"], 2, 'The format "yaml" is not known; use one of text, json, junit, markdown.'],
    ["a percentage that is none", ["test", "--min-coverage", "most"], 2, '"most" is no percentage'],
    ["a scenario that does not exist", ["test", "--only", "moon"], 1, 'There is no scenario "moon" in definitions.'],
  ])("refuses %s", async (_title, args, expected, message) => {
    const { code, stderr } = await runMain(...args);
    expect(code).toBe(expected);
    expect(stderr).toContain(message);
  });
});
