import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMain } from "./run-cli.ts";

let dir: string;

/** A copy of the shipped definitions in which reservations cannot be undone. */
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "orderloom-explore-"));
  cpSync("definitions", dir, { recursive: true });
  const path = join(dir, "task-type/reserve-resource.json");
  writeFileSync(path, readFileSync(path, "utf8").replace('"compensation": "release-resource"', '"compensation": "none-correct-forward"'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("orderloom explore", () => {
  it("prints the matrix in words, and ends well when nothing is unsafe", async () => {
    const { code, stdout } = await runMain("explore", "managed-router-add");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Managed router, new \(managed-router-add\), cancelled in each of its \d+ states$/m);
    expect(stdout).toMatch(/^ {2}Task +not begun +ready +in flight +unknown +with a person +done$/m);
    expect(stdout).toMatch(/^ {2}Reserve the router +safe/m);
    expect(stdout).toMatch(/^\d+ states safe, 0 refused, 0 unsafe\./m);
  });

  it("names what would be left behind, with an example, and ends with 1", async () => {
    const { code, stdout } = await runMain("explore", "managed-router-add", "--definitions", dir);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Unsafe in \d+: "Reserve the router" took effect, and no order will correct it/m);
    expect(stdout).toMatch(/^ {2}For example after: "Reserve the router" is sent\.$/m);
  });

  it("explores with an order of one's own, and prints data", async () => {
    const { code, stdout } = await runMain("explore", "home-fiber-add", "--order", "examples/orders/home-fiber.json", "--json");
    const { cells, matrix } = JSON.parse(stdout) as { cells: unknown[]; matrix: { counts: { unsafe: number } } };
    expect([code, cells.length > 20, matrix.counts.unsafe]).toEqual([0, true, 0]);
  });

  it.each([
    ["no template", ["explore"], 2, "Name the plan template."],
    ["a template that does not exist", ["explore", "moon"], 1, 'There is no plan template "moon"'],
  ])("refuses %s", async (_title, args, expected, message) => {
    const { code, stderr } = await runMain(...args);
    expect(code).toBe(expected);
    expect(stderr).toContain(message);
  });
});
