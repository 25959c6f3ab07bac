import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMain } from "./run-cli.ts";

describe("orderloom table", () => {
  const dir = mkdtempSync(join(tmpdir(), "orderloom-table-"));
  const file = join(dir, "age.json");
  beforeAll(() => {
    writeFileSync(file, JSON.stringify({
      kind: "decision-table", key: "age", version: 1, title: "Age", description: "By age.", purpose: "general", hitPolicy: "COLLECT",
      columns: [{ key: "age", in: "item.age", type: "number" }, { out: "group", type: "string" }],
      rows: [{ id: "adult", age: ">= 18", group: "adult" }, { id: "senior", age: ">= 65", group: "senior" }],
    }));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it("prints the rows that fired and their outputs, of a file by itself", async () => {
    expect(await runMain("table", file, "--input", '{"age": 70}')).toMatchObject({ code: 0, stdout: 'adult  group = "adult"\nsenior  group = "senior"\n' });
  });

  it("takes facts as well as columns", async () => {
    const { code, stdout } = await runMain("table", file, "--input", '{"item": {"age": 20}}', "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ hit: "list", list: [{ group: "adult" }], rows: ["adult"] });
  });

  it("finds a table of the definitions by its key", async () => {
    expect((await runMain("table", "failure-classes", "--input", '{"http": 503}')).stdout).toBe('busy  class = "TRANSIENT"\n');
  });

  it("says which inputs there are when one is misspelled", async () => {
    expect(await runMain("table", file, "--input", '{"agee": 20}')).toMatchObject({ code: 1, stderr: "The table has no input agee.\n  Its inputs are age (item.age).\n" });
  });

  it("ends with 2 without an input, and with 1 for a table that is none", async () => {
    expect((await runMain("table", file)).code).toBe(2);
    writeFileSync(join(dir, "half.json"), '{ "kind": "decision-table" }');
    expect((await runMain("table", join(dir, "half.json"), "--input", "{}")).code).toBe(1);
  });
});
