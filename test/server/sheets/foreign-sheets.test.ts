import { describe, expect, it } from "vitest";
import type { DecisionTable } from "../../../engine/language/table-kinds.ts";
import { importTables, type SheetImport } from "../../../engine/sheet/import-tables.ts";
import { readSheetFile } from "../../../server/sheets/read-sheet-file.ts";
import { drawn, type DrawnCell, foreignWorkbook, STYLE, styled } from "./foreign-workbook.ts";

type Rows = readonly (readonly DrawnCell[])[];

const read = (rows: Rows, merges: readonly string[] = []): SheetImport => importTables(readSheetFile(drawn(rows, merges)));

/** The only table of a sheet, which must have no errors. */
function tableOf(rows: Rows, merges: readonly string[] = []): DecisionTable {
  const { tables, report } = read(rows, merges);
  expect(report.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(tables.length).toBe(1);
  return tables[0]?.table as DecisionTable;
}

/** Columns as `>name:type` for inputs and `name:type>` for outputs, rows without ids. */
function shapeOf({ columns, rows }: DecisionTable): { readonly columns: readonly string[]; readonly rows: readonly unknown[] } {
  return {
    columns: columns.map((column) => ("out" in column ? `${column.out}:${column.type}>` : `>${column.key}:${column.type}`)),
    rows: rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== "id"))),
  };
}

const notes = (rows: Rows, merges: readonly string[] = []): readonly string[] => read(rows, merges).report.map(({ code, cell }) => `${code} ${cell}`);

describe("A18: tables as analysts draw them", () => {
  it("reads a header and rules, nothing else", () => {
    const table = tableOf([["input1", "input2", "output1"], ["gold", "> 100", "free"], ["gold", "<= 100", "half"], ["silver", null, "full"]]);
    expect(shapeOf(table)).toEqual({
      columns: [">input1:string", ">input2:number", "output1:string>"],
      rows: [{ input1: ["gold"], input2: "> 100", output1: "free" }, { input1: ["gold"], input2: "<= 100", output1: "half" }, { input1: ["silver"], output1: "full" }],
    });
    expect(table).toMatchObject({ hitPolicy: "UNIQUE", purpose: "general", key: "tabelle1", rows: [{ id: "gold-above-100" }, { id: "gold-up-to-100" }, { id: "silver" }] });
  });

  it("reads ranges with brackets and without, alone in their column", () => {
    const table = tableOf([["input1", "output1"], ["[1..2]", "a"], ["3..4", "b"], ["5 - 6", "c"], ["(7..8]", "d"], [">= 9", "e"]]);
    expect(table.rows.map((row) => row["input1"])).toEqual(["[1..2]", "[3..4]", "[5..6]", "(7..8]", ">= 9"]);
  });

  it("reads markers, names, languages, expressions, types, a hit policy in the corner, rule numbers and remarks without a header", () => {
    const rows: Rows = [
      [null, "Input", "Input", "Output", "Output"],
      [null, "Segment", "Order value", "Discount", "Approval"],
      [null, "Expression", "javascript", "Expression", "Expression"],
      [null, "item.offering", "if (x) { y = 1; }", "discount", "approval"],
      ["COLLECT", "string", "integer", "double", "string"],
      [1, "Retail", 100, 5, "none", "as in 2025"],
      [2, "Business", ">100", 10, "manager", "new"],
    ];
    const table = tableOf(rows);
    expect(shapeOf(table)).toEqual({
      columns: [">segment:string", ">orderValue:number", "discount:number>", "approval:string>"],
      rows: [{ segment: ["Retail"], orderValue: [100], discount: 5, approval: "none" }, { segment: ["Business"], orderValue: ">100", discount: 10, approval: "manager" }],
    });
    expect(table.hitPolicy).toBe("COLLECT");
    expect(table.columns).toMatchObject([{ in: "item.offering" }, { in: "item.characteristics.orderValue" }, {}, {}]);
    expect(notes(rows)).toEqual(["fact-assumed C2", "expression-ignored C4", "annotation-ignored F6"]);
  });

  it.each([
    ["U", { hitPolicy: "UNIQUE" }], ["A", { hitPolicy: "ANY" }], ["P", { hitPolicy: "PRIORITY" }], ["F", { hitPolicy: "FIRST" }], ["R", { hitPolicy: "RULE_ORDER" }], ["O", { hitPolicy: "OUTPUT_ORDER" }],
    ["C", { hitPolicy: "COLLECT" }], ["C+", { hitPolicy: "COLLECT", aggregate: "SUM" }], ["C<", { hitPolicy: "COLLECT", aggregate: "MIN" }], ["C>", { hitPolicy: "COLLECT", aggregate: "MAX" }], ["C#", { hitPolicy: "COLLECT", aggregate: "COUNT" }],
    ["Rule order", { hitPolicy: "RULE_ORDER" }], ["first", { hitPolicy: "FIRST" }], ["Collect (sum)", { hitPolicy: "COLLECT", aggregate: "SUM" }], ["OUTPUT_ORDER", { hitPolicy: "OUTPUT_ORDER" }],
  ])("reads the hit policy %s above the rule numbers and in a line of its own", (word, expected) => {
    expect(tableOf([[word, "Age", "Result"], [1, "> 18", 5], [2, "<= 18", 0]])).toMatchObject(expected);
    expect(tableOf([["Hit policy", word], [], ["Age", "Result"], ["> 18", 5], ["<= 18", 0]])).toMatchObject(expected);
    expect(tableOf([[`Hit policy: ${word}`], ["Age", "Result"], ["> 18", 5], ["<= 18", 0]])).toMatchObject(expected);
  });

  it("reads titles above, with and without an empty row, and properties", () => {
    const table = tableOf([["Shipping fees 2026"], [], ["Version", "3", null], ["Weight", "Country", "Output fee"], ["> 5", "DE", 9], ["<= 5", "DE", 4]]);
    expect(table).toMatchObject({ title: "Shipping fees 2026", key: "shipping-fees-2026" });
    expect(shapeOf(table).columns).toEqual([">weight:number", ">country:string", "outputFee:number>"]);
    expect(tableOf([["Fees", null, null], ["Weight", "Country", "Fee"], ["> 5", "DE", 9]], ["A1:C1"])).toMatchObject({ title: "Fees" });
  });

  it("reads merged markers, groups of columns and conditions merged over several rows", () => {
    const table = tableOf([
      ["Conditions", null, null, "Actions", null],
      ["Customer", null, "Order", "Price", null],
      ["Age", "Segment", "Value", "Discount", "Free delivery"],
      ["> 60", "Retail", "> 100", 5, true],
      [null, "Business", "-", 10, false],
    ], ["A1:C1", "D1:E1", "A2:B2", "D2:E2", "A4:A5"]);
    expect(shapeOf(table)).toEqual({
      columns: [">customerAge:number", ">customerSegment:string", ">orderValue:number", "priceDiscount:number>", "priceFreeDelivery:boolean>"],
      rows: [
        { customerAge: "> 60", customerSegment: ["Retail"], orderValue: "> 100", priceDiscount: 5, priceFreeDelivery: true },
        { customerAge: "> 60", customerSegment: ["Business"], priceDiscount: 10, priceFreeDelivery: false },
      ],
    });
  });

  it("reads one marker for the columns beside it, and a types row with units", () => {
    const table = tableOf([["Inputs", null, "Outputs", "Comment"], ["Weight", "Zone", "Fee", null], ["number (kg)", "text", "decimal (EUR)", null], ["1..5", "A, B", 4.5, "cheap"], ["> 5", "not(C)", 9, null]]);
    expect(table.columns).toMatchObject([{ key: "weight", type: "number", unit: "kg" }, { key: "zone", type: "string" }, { out: "fee", type: "number", unit: "EUR" }]);
    expect(table.rows).toMatchObject([{ weight: "[1..5]", zone: ["A", "B"], fee: 4.5 }, { weight: "> 5", zone: "not(\"C\")", fee: 9 }]);
  });

  it("reads names and values in quotes, dates, durations, true and false", () => {
    const table = tableOf([["Input: from", "Input: wait", "Input: vip", "Output: plan"], [styled(46_328, STYLE.date), "P3D", true, "\"fast\""], [">= 2026-12-01", "> P5D", false, "slow"], ["1.1.2026..31.1.2026", "-", "-", "-"]]);
    expect(shapeOf(table)).toEqual({
      columns: [">from:date", ">wait:duration", ">vip:boolean", "plan:string>"],
      rows: [
        { from: ["2026-11-02"], wait: ["P3D"], vip: [true], plan: "fast" }, { from: ">= date(\"2026-12-01\")", wait: "> duration(\"P5D\")", vip: [false], plan: "slow" },
        { from: "[date(\"2026-01-01\")..date(\"2026-01-31\")]" },
      ],
    });
  });

  it("reads numbers of other countries where they can only mean one thing", () => {
    const table = tableOf([["Input a", "Output b"], ["> 1.234,56", 1], ["1,234.5..2,000.5", 2], ["≥ 10,5", 3], ["1 000..2 000", 4], ["<> 7", 5]]);
    expect(table.rows.map((row) => row["inputA"])).toEqual(["> 1234.56", "[1234.5..2000.5]", ">= 10.5", "[1000..2000]", "not(7)"]);
  });

  it("reads several tables of one sheet, above and beside each other, and of several sheets", () => {
    const bytes = foreignWorkbook([
      { name: "Both", rows: [["Fees", null, null, "Zones"], ["weight", "output", null, "country", "output"], [1, "a", null, "DE", "EU"], [2, "b", null, "US", "NA"], [], [], [], ["Risk"], ["age", "score", "result"], ["> 5", 1, "low"]] },
      { name: "More", rows: [["x", "output"], ["1", "2"]] },
      { name: "Empty", rows: [] },
    ]);
    const { tables, ok } = importTables(readSheetFile(bytes));
    expect(ok).toBe(true);
    expect(tables.map(({ sheet, area, table }) => `${sheet}!${area} ${table.key} ${table.rows.length}`)).toEqual(["Both!A2:B4 fees 2", "Both!D2:E4 zones 2", "Both!A9:C10 risk 1", "More!A1:B2 more 1"]);
  });

  it("takes rows behind an empty one for the same table, and an empty column between conditions and answers for air", () => {
    expect(tableOf([["speed", "output"], ["> 1", "a"], [], ["<= 1", "a"]]).rows.length).toBe(2);
    expect(shapeOf(tableOf([["Input", "Input", null, "Output"], ["Age", "Zone", null, "Fee"], ["> 5", "A", null, 3]])).columns).toEqual([">age:number", ">zone:string", "fee:number>"]);
  });

  it("reads the row that answers when no other does", () => {
    expect(tableOf([["country", "weight", "output fee"], ["DE", "> 5", 9], ["otherwise", "-", 20]])).toMatchObject({ rows: [{ outputFee: 9 }], otherwise: { outputFee: 20 } });
  });

  it("leaves out allowed values below a header, and names of rules", () => {
    const boxed: Rows = [["Discount"], ["U", "Customer", "Order size", "Output"], [null, "\"Business\",\"Private\"", "< 10, >= 10", null], [1, "\"Business\"", "< 10", 0.05], [2, "\"Private\"", "-", 0]];
    expect(shapeOf(tableOf(boxed)).rows).toEqual([{ customer: ["Business"], orderSize: "< 10", output: 0.05 }, { customer: ["Private"], output: 0 }]);
    expect(notes(boxed)).toContain("row-ignored B3");
    expect(shapeOf(tableOf([["Rule", "Age", "Result"], ["R1", "> 18", "yes"], ["R2", "<= 18", "no"]])).columns).toEqual([">age:number", "result:string>"]);
  });

  it("leaves out legends and remarks, and says so", () => {
    expect(notes([["Hit policy: F"], ["age", "zone", "output"], ["> 5", "A", 1], ["* valid from 2026"], [], [], [], [], ["Legend"]])).toEqual(["fact-assumed A2", "fact-assumed B2", "row-ignored A4", "area-ignored A9"]);
  });

  it("says cell by cell what was assumed", () => {
    expect(notes([["Age", "Zone", "Fee"], ["> 5", null, 1]])).toEqual(["hit-policy-assumed A1", "fact-assumed A1", "type-assumed B1", "fact-assumed B1", "output-assumed C1"]);
  });

  it("finds no table where there is none", () => {
    const { ok, report } = read([["A letter"], ["to you"]]);
    expect([ok, report.map(({ code }) => code)]).toEqual([false, ["area-ignored", "no-table"]]);
  });
});

describe("A18: a foreign sheet into an existing table", () => {
  const into: DecisionTable = {
    kind: "decision-table", key: "fees", version: 4, title: "Fees", description: "What delivery costs.", purpose: "general", hitPolicy: "FIRST",
    columns: [{ key: "country", in: "item.place.country", type: "string", values: ["DE", "US"] }, { key: "weight", in: "item.characteristics.weightKg", type: "number", unit: "kg" }, { out: "fee", type: "number", unit: "EUR" }],
    rows: [{ id: "light", country: ["DE"], weight: "<= 5", fee: 4 }, { id: "heavy", country: ["DE"], weight: "> 5", fee: 9 }, { id: "far", country: ["US"], fee: 30 }],
    otherwise: { fee: 99 },
  };
  const fill = (rows: Rows): SheetImport => importTables(readSheetFile(drawn(rows)), { into });

  it("keeps everything the sheet does not say, and knows rows by their cells or their inputs", () => {
    const { tables, ok } = fill([["Delivery"], ["Weight kg", "Country", "Fee", "Comment"], [null, "US", 30, null], ["> 5", "DE", 12, "dearer"], ["<= 5", "DE", 4, null], ["> 5", "US", 50, "new"]]);
    expect(ok).toBe(true);
    expect(tables[0]).toMatchObject({ origin: "mapped" });
    expect(tables[0]?.table).toEqual({
      ...into, rows: [{ id: "far", country: ["US"], fee: 30 }, { id: "heavy", country: ["DE"], weight: "> 5", fee: 12 }, { id: "light", country: ["DE"], weight: "<= 5", fee: 4 }, { id: "us-above-5", country: ["US"], weight: "> 5", fee: 50 }],
    });
  });

  it("takes the table that fits best, and names the others", () => {
    const { tables, report } = fill([["age", "output"], ["1", "2"], [], [], [], [], ["country", "weight", "fee"], ["DE", "<= 5", 4]]);
    expect(tables.map(({ area }) => area)).toEqual(["A7:C8"]);
    expect(report.map(({ code, cell }) => `${code} ${cell}`)).toEqual(["table-ignored A1"]);
  });

  it("reads CSV with any delimiter, a byte order mark, quotes and lines inside cells", () => {
    for (const text of ["country,weight,fee\r\nDE,<= 5,4\r\n", "\uFEFFcountry;weight;fee\nDE;<= 5;4", "country\tweight\tfee\nDE\t\"<= 5\"\t4\n", "sep=|\ncountry|weight|fee\nDE|<= 5|4", "\"country\",\"weight\",\"fee\"\r\"DE\",\"<= 5\",\"4\""]) {
      expect(importTables(readSheetFile(Buffer.from(text), "csv"), { into }).tables[0]?.table.rows, text).toEqual([into.rows[0]]);
    }
  });

  it("takes numbers, dates and true in CSV for what they say when nobody names a type", () => {
    const { tables } = importTables(readSheetFile(Buffer.from("when,speed,zip,output\n2026-11-02,12,01067,true\n2026-11-03,> 5,10115,false\n"), "csv"));
    expect(tables[0]?.table.columns.map(({ type }) => type)).toEqual(["date", "number", "string", "boolean"]);
  });
});
