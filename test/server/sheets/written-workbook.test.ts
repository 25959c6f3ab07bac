import { readSheet } from "read-excel-file/node";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import type { DecisionTable } from "../../../engine/language/table-kinds.ts";
import { exportTable } from "../../../engine/sheet/export-table.ts";
import { importTables } from "../../../engine/sheet/import-tables.ts";
import type { Sheet, SheetRow } from "../../../engine/sheet/workbook.ts";
import { openArchive } from "../../../server/sheets/archive.ts";
import { readSheetFile } from "../../../server/sheets/read-sheet-file.ts";
import { writeXlsx } from "../../../server/sheets/write-xlsx.ts";

const TABLE: DecisionTable = {
  kind: "decision-table", key: "delivery-fee-of-all-products-and-regions", version: 7, title: "Delivery fee", description: "What delivery costs.", purpose: "general", hitPolicy: "COLLECT", aggregate: "SUM",
  columns: [
    { key: "region", in: "item.place.region", type: "string", values: ["north", "south, west", "=x"] }, { key: "weight", in: "item.characteristics.weightKg", type: "number", unit: "kg" },
    { key: "express", in: "order.express", type: "boolean" }, { out: "fee", type: "number", unit: "EUR", values: [4, 9] },
  ],
  rows: [{ id: "north-light", region: ["north"], weight: "<= 5", express: [false], fee: 4 }, { id: "far", region: ["south, west", "=x"], fee: 9 }],
  otherwise: { fee: 0 },
};

const archive = openArchive(writeXlsx(exportTable(TABLE)));
const part = (name: string): string => Buffer.from(archive.read(name) ?? []).toString("utf8");

/** Names of elements in the order in which they stand below the root. */
function childrenOfRoot(xml: string): readonly string[] {
  const names: string[] = [];
  let depth = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", ({ name }) => {
    if (depth === 1) names.push(name);
    depth += 1;
  });
  parser.on("closetag", () => {
    depth -= 1;
  });
  parser.write(xml).close();
  return names;
}

describe("A18: the workbook an export writes", () => {
  it("shows an independent reader the title, the types, the header and the rows", async () => {
    const rows = await readSheet(Buffer.from(writeXlsx(exportTable(TABLE))));
    expect(rows.map((row) => row.map((cell) => cell ?? null))).toEqual([
      ["orderloom:delivery-fee-of-all-products-and-regions", "Delivery fee", null, null, null],
      [null, "Hit policy: COLLECT SUM", null, null, null],
      [null, "Input", "Input", "Input", "Output"],
      [null, "string", "number (kg)", "boolean", "number (EUR)"],
      ["id", "region", "weight", "express", "fee"],
      ["north-light", "north", "<= 5", false, 4],
      ["far", "\"south, west\", \"=x\"", "-", "-", 9],
      ["(otherwise)", "otherwise", null, null, 0],
    ]);
  });

  it("shows what the grid cannot: key, version, purpose, policy and every property of the columns", async () => {
    const rows = await readSheet(Buffer.from(writeXlsx(exportTable(TABLE))), "Definition");
    const shown = rows.map((row) => row.filter((cell) => cell !== null));
    for (const line of [["Key", TABLE.key], ["Version", "7"], ["Title", "Delivery fee"], ["Description", "What delivery costs."], ["Purpose", "general"], ["Hit policy", "COLLECT SUM"], ["weight", "input", "item.characteristics.weightKg", "number", "kg"], ["fee", "output", "number", "[4,9]", "EUR"]]) {
      expect(shown).toContainEqual(line);
    }
  });

  it("freezes the header, hides the ids, filters rows with their ids, and offers the allowed values", () => {
    const sheet = part("xl/worksheets/sheet1.xml");
    expect(sheet).toContain('<pane ySplit="5" topLeftCell="A6" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toMatch(/<col min="1" max="1" width="20" style="\d+" hidden="1" customWidth="1"\/>/);
    expect(sheet).toContain('<autoFilter ref="A5:E7"/>');
    expect(sheet).toContain(`<dataValidation type="list" allowBlank="1" sqref="B6:B507"><formula1>'Values'!$A$1:$A$3</formula1></dataValidation>`);
    expect(sheet).toContain(`<dataValidation type="list" allowBlank="1" sqref="E6:E507"><formula1>'Values'!$B$1:$B$2</formula1></dataValidation>`);
    expect(readSheetFile(writeXlsx(exportTable(TABLE))).sheets.map(({ name, visibility, rows }) => [name, visibility, rows.length])).toEqual([
      ["delivery-fee-of-all-products-an", "visible", 8], ["Definition", "visible", 14], ["Values", "hidden", 3],
    ]);
    const [, , values] = exportTable(TABLE).sheets;
    expect(values?.rows.map(({ cells }) => cells.map((cell) => cell?.kind === "text" && cell.text))).toEqual([["north", "4"], ["\"south, west\"", "9"], ["'=x", false]]);
  });

  it("is a package every part of which is declared, related and well-formed, with elements in the order of ECMA-376", () => {
    const types = part("[Content_Types].xml");
    const relations = part("xl/_rels/workbook.xml.rels");
    expect(archive.names).toEqual(["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"]);
    for (const name of archive.names) {
      expect(() => childrenOfRoot(part(name)), name).not.toThrow();
      if (name.startsWith("xl/") && !name.endsWith(".rels")) expect(types, name).toContain(`PartName="/${name}"`);
      if (name.startsWith("xl/worksheets/") || name === "xl/styles.xml") expect(relations, name).toContain(`Target="${name.slice(3)}"`);
    }
    expect(childrenOfRoot(part("xl/workbook.xml"))).toEqual(["bookViews", "sheets"]);
    expect(childrenOfRoot(part("xl/worksheets/sheet1.xml"))).toEqual(["sheetViews", "cols", "sheetData", "autoFilter", "dataValidations"]);
    expect(childrenOfRoot(part("xl/styles.xml"))).toEqual(["fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"]);
  });

  it("refers only to styles, fonts, fills and borders that exist, as many as it counts", () => {
    const styles = part("xl/styles.xml");
    const count = (name: string): number => Number(new RegExp(`<${name} count="(\\d+)"`).exec(styles)?.[1]);
    const children = (name: string, child: string): number => [...(new RegExp(`<${name} count="\\d+">(.*?)</${name}>`).exec(styles)?.[1] ?? "").matchAll(new RegExp(`<${child}[ />]`, "g"))].length;
    for (const [name, child] of [["fonts", "font"], ["fills", "fill"], ["borders", "border"], ["cellXfs", "xf"]] as const) expect(children(name, child), name).toBe(count(name));
    const all = (text: string, pattern: RegExp): readonly number[] => [...text.matchAll(pattern)].map((match) => Number(match[1]));
    expect(Math.max(...all(styles, /fontId="(\d+)"/g))).toBeLessThan(count("fonts"));
    expect(Math.max(...all(styles, /fillId="(\d+)"/g))).toBeLessThan(count("fills"));
    expect(Math.max(...all(styles, /borderId="(\d+)"/g))).toBeLessThan(count("borders"));
    for (const sheet of archive.names.filter((name) => name.includes("/sheet"))) expect(Math.max(...all(part(sheet), /\bs(?:tyle)?="(\d+)"/g))).toBeLessThan(count("cellXfs"));
  });

  it("still knows its rows when somebody has copied the grid without the other sheets", () => {
    const workbook = exportTable(TABLE);
    const alone = writeXlsx({ ...workbook, sheets: workbook.sheets.slice(0, 1) });
    expect(importTables(readSheetFile(alone), { into: TABLE })).toMatchObject({ ok: true, report: [], tables: [{ table: TABLE }] });
  });

  it("takes a changed title, description and hit policy from where people change them, and refuses other changes beside the grid", () => {
    const changed = (from: string, to: string): ReturnType<typeof importTables> => {
      const workbook = exportTable(TABLE);
      const cells = (row: SheetRow): SheetRow => ({ ...row, cells: row.cells.map((cell) => (cell?.kind === "text" && cell.text === from ? { ...cell, text: to } : cell)) });
      return importTables(readSheetFile(writeXlsx({ ...workbook, sheets: workbook.sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.map(cells) })) })), { into: TABLE });
    };
    expect(changed("Delivery fee", "Fees").tables[0]?.table).toEqual({ ...TABLE, title: "Fees" });
    expect(changed("What delivery costs.", "All fees.").tables[0]?.table).toEqual({ ...TABLE, description: "All fees." });
    const { aggregate: _, ...rest } = TABLE;
    expect(changed("Hit policy: COLLECT SUM", "Hit policy: F").tables[0]?.table).toEqual({ ...rest, hitPolicy: "FIRST" });
    expect(changed("COLLECT SUM", "rule order").tables[0]?.table).toEqual({ ...rest, hitPolicy: "RULE_ORDER" });
    for (const [from, to, cell] of [["general", "fallout", "B6"], ["[4,9]", "[4]", "E13"], ["7", "8", "B3"], ["COLLECT SUM", "any old", "B7"], ["Hit policy: COLLECT SUM", "Hit policy: ?", "B2"]] as const) {
      expect(changed(from, to).report.map((note) => `${note.severity} ${note.cell}`), from).toEqual([`error ${cell}`]);
    }
  });

  it("knows rows that were copied, emptied and moved between columns", () => {
    const workbook = exportTable(TABLE);
    const [grid, ...others] = workbook.sheets;
    const rows = grid?.rows ?? [];
    const [light, far, otherwise] = rows.slice(5).map(({ cells }) => cells);
    const copied = (cells: SheetRow["cells"] = [], fee: number): SheetRow["cells"] => [...cells.slice(0, 4), { kind: "number", value: fee }];
    const changed = [copied(light, 9), light, far?.slice(0, 1), otherwise].map((cells = [], index) => ({ number: 6 + index, hidden: false, cells }));
    const back = importTables(readSheetFile(writeXlsx({ ...workbook, sheets: [{ ...grid, rows: [...rows.slice(0, 5), ...changed] } as Sheet, ...others] })), { into: TABLE });
    expect(back.tables[0]?.table.rows.map(({ id, fee }) => [id, fee])).toEqual([["north-up-to-5-false", 9], ["north-light", 4]]);
    expect(back.report.map(({ code, cell }) => `${code} ${cell}`)).toEqual(["row-copied A6"]);
  });
});
