import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { exportTable } from "../../engine/sheet/export-table.ts";
import type { Sheet } from "../../engine/sheet/workbook.ts";
import { writeXlsx } from "../../server/sheets/write-xlsx.ts";
import { drawn, formula } from "../server/sheets/foreign-workbook.ts";
import { runCli, runMain } from "./run-cli.ts";

const SHIPPED = fileURLToPath(new URL("../../definitions", import.meta.url));
const TABLE = "furniture-delivery-change";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "orderloom-sheet-"));
  cpSync(SHIPPED, join(dir, "definitions"), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const definitions = (): string => join(dir, "definitions");
const pathOf = (key: string): string => join(definitions(), "decision-table", `${key}.json`);
const textOf = (key: string): string => readFileSync(pathOf(key), "utf8");
const sheet = (...args: readonly string[]) => runMain("sheet", ...args, "--definitions", definitions());

/** A file in which one text of the exported grid is another one. */
function edited(from: string, to: string): string {
  const workbook = exportTable(JSON.parse(textOf(TABLE)) as DecisionTable);
  const [grid, ...others] = workbook.sheets as [Sheet, ...Sheet[]];
  const rows = grid.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => (cell?.kind === "text" && cell.text === from ? { ...cell, text: to } : cell)) }));
  const file = join(dir, "edited.xlsx");
  writeFileSync(file, writeXlsx({ ...workbook, sheets: [{ ...grid, rows }, ...others] }));
  return file;
}

describe("A18: orderloom sheet", () => {
  it("exports and imports without a change, as xlsx and as CSV", async () => {
    const before = textOf(TABLE);
    for (const [name, ...into] of [["out.xlsx"], ["out.csv", "--into", TABLE]] as const) {
      const file = join(dir, name);
      expect(await runCli("sheet", "export", TABLE, "--out", file, "--definitions", definitions())).toMatchObject({ code: 0, stdout: `${file}: 2 rows of ${TABLE}\n` });
      const back = await sheet("import", file, ...into);
      expect(back).toMatchObject({ code: 0, stderr: "" });
      expect(back.stdout).toContain("nothing changes");
    }
    expect(textOf(TABLE)).toBe(before);
  });

  it("says in words what changes, and writes the canonical file", async () => {
    const file = edited("none, soft", "none");
    const before = textOf(TABLE);
    const dry = await sheet("import", file, "--dry-run");
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/cancel-free.*none/s);
    expect(dry.stdout).toContain("nothing was written (dry run)");
    expect(textOf(TABLE)).toBe(before);
    expect(await sheet("import", file)).toMatchObject({ code: 0 });
    expect(textOf(TABLE)).toBe(before.replaceAll('"passed": ["none", "soft"]', '"passed": ["none"]'));
    expect(await runMain("format", definitions(), "--check")).toMatchObject({ code: 0 });
  });

  it("makes a new table of a foreign sheet, and does not let it take the place of one that exists", async () => {
    const file = join(dir, "fees.xlsx");
    writeFileSync(file, drawn([["Delivery fees"], [], ["F", "item.action", "Output: fee"], [1, "ADD", 5], [2, "-", 0]]));
    expect(await sheet("import", file)).toMatchObject({ code: 0 });
    expect(JSON.parse(textOf("delivery-fees"))).toMatchObject({ hitPolicy: "FIRST", columns: [{ key: "action", in: "item.action", type: "string" }, { out: "fee", type: "number" }], rows: [{ id: "add" }, { fee: 0 }] });
    const again = await sheet("import", file);
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toContain("--into delivery-fees");
    expect(await sheet("import", file, "--into", "delivery-fees")).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing changes") as string });
  });

  it("reports cell by cell and writes nothing while there is an error", async () => {
    const file = join(dir, "bad.xlsx");
    writeFileSync(file, drawn([["Title"], ["input", "output"], ["a", formula("1+1", 2)]]));
    const { code, stdout, stderr } = await sheet("import", file);
    expect(code).toBe(1);
    expect(stdout).toContain("Tabelle1!B3 formula-cell");
    expect(stderr).toContain("Nothing was imported");
    expect(existsSync(pathOf("title"))).toBe(false);
  });

  it("merges a sheet of an older state by rows, and refuses it where both changed one row", async () => {
    const file = edited("none, soft", "none");
    const before = textOf(TABLE);
    writeFileSync(pathOf(TABLE), before.replace("order a return", "return them"));
    expect(await sheet("import", file)).toMatchObject({ code: 0, stdout: expect.stringContaining("note base-merged") as string });
    expect(textOf(TABLE)).toBe(before.replace("order a return", "return them").replaceAll('"passed": ["none", "soft"]', '"passed": ["none"]'));
    writeFileSync(pathOf(TABLE), before.replaceAll('"fee": 0', '"fee": 7'));
    const { code, stdout } = await sheet("import", file);
    expect([code, stdout.includes(`${TABLE}!A6 stale-base`)]).toEqual([1, true]);
  });

  it.each<readonly [string, readonly string[], number, string]>([
    ["no verb", [], 2, "Say sheet export or sheet import."], ["another verb", ["merge"], 2, 'There is no command "sheet merge".'],
    ["a file of another kind", ["import", "x.xls"], 2, "must be called .xlsx or .csv"], ["a file that is not there", ["import", "nowhere.xlsx"], 2, "cannot be read"],
    ["a table that is not there", ["export", "nothing"], 1, "There is no decision table"], ["a path in place of a key", ["export", "../task-type/notify"], 1, "There is no decision table"],
  ])("ends with its code on %s", async (_name, args, code, message) => {
    const run = await runMain("sheet", ...args);
    expect(run.code).toBe(code);
    expect(run.stderr).toContain(message);
  });
});
