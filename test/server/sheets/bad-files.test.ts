import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { DecisionTable } from "../../../engine/language/table-kinds.ts";
import { exportRows, exportTable } from "../../../engine/sheet/export-table.ts";
import { importTables } from "../../../engine/sheet/import-tables.ts";
import { SHEET_LIMITS } from "../../../server/sheets/limits.ts";
import { readSheetFile, type SheetFormat } from "../../../server/sheets/read-sheet-file.ts";
import { SheetProblem } from "../../../server/sheets/sheet-problem.ts";
import { writeCsv } from "../../../server/sheets/write-csv.ts";
import { writeXlsx } from "../../../server/sheets/write-xlsx.ts";
import { drawn, type DrawnCell, foreignParts, foreignWorkbook, formula, STYLE, styled } from "./foreign-workbook.ts";
import { makeArchive } from "./make-archive.ts";

const GOOD = [["input", "output"], ["a", "b"]] as const;
const REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TABLE: DecisionTable = {
  kind: "decision-table", key: "fees", version: 1, title: "Fees", description: "Fees.", purpose: "general", hitPolicy: "FIRST",
  columns: [{ key: "id2", in: "item.id", type: "string" }, { key: "speed", in: "item.speed", type: "number" }, { key: "from", in: "item.from", type: "date" }, { key: "urgent", in: "item.urgent", type: "boolean" }, { out: "text", type: "string" }],
  rows: [{ id: "first", id2: ["A"], text: "x" }],
};

/** The one problem a file is refused with. */
function refusal(bytes: Uint8Array, expected: SheetFormat | null = null): SheetProblem {
  try {
    readSheetFile(bytes, expected);
  } catch (error) {
    if (error instanceof SheetProblem) return error;
    throw error;
  }
  throw new Error("The file was read.");
}

/** The errors of a sheet, as code and cell. */
function errors(bytes: Uint8Array, into?: DecisionTable): readonly string[] {
  const result = importTables(readSheetFile(bytes), into ? { into } : {});
  return result.report.filter(({ severity }) => severity === "error").map(({ code, sheet, cell }) => `${code} ${sheet}!${cell}`);
}

/** A sheet of the columns of `TABLE` with one row. */
const one = (...cells: readonly DrawnCell[]): Uint8Array => drawn([["id2", "speed", "from", "urgent", "text"], cells]);
const base = foreignParts([{ rows: GOOD }]);

describe("rows 67 to 69: an archive is judged by its directory, before anything is unpacked", () => {
  it("row 67: refuses what unpacks to more than a hundred times its size", () => {
    const bomb = makeArchive([...base, { name: "xl/media/zeros.bin", content: Buffer.alloc(60 * 1024 * 1024) }]);
    expect(bomb.length).toBeLessThan(100_000);
    expect(refusal(bomb)).toMatchObject({ code: "archive-ratio" });
  });

  it("row 67: refuses more bytes than the limit at any ratio", () => {
    const noise = deflateRawSync(Buffer.alloc(0));
    const many = Array.from({ length: 120 }, (_, index) => ({ name: `xl/media/${index}.bin`, content: Buffer.alloc(1024 * 1024, noise) }));
    expect(120 * 1024 * 1024).toBeGreaterThan(SHEET_LIMITS.inflatedBytes);
    expect(refusal(makeArchive([...base, ...many]))).toMatchObject({ code: "archive-ratio" });
  });

  it("row 68: refuses a part that unpacks to more than it declared, after that many bytes", () => {
    const lying = base.map((file) => (file.name === "xl/sharedStrings.xml" ? { ...file, content: " ".repeat(50_000_000), declaredBytes: 10 } : file));
    expect(refusal(makeArchive(lying))).toMatchObject({ code: "archive-invalid" });
    const shy = base.map((file) => (file.name === "xl/sharedStrings.xml" ? { ...file, declaredBytes: 100_000 } : file));
    expect(refusal(makeArchive(shy))).toMatchObject({ code: "archive-invalid" });
  });

  it.each([
    ["an archive inside the archive, by name", makeArchive([...base, { name: "xl/embeddings/inner.zip", content: "x" }])],
    ["an archive inside the archive, by content", makeArchive([...base, { name: "xl/media/image1.png", content: makeArchive([{ name: "x", content: "y" }]), stored: true }])],
    ["10,000 entries", makeArchive(Array.from({ length: 10_000 }, (_, index) => ({ name: `f${index}`, content: "" })))],
    ["two entries that share their bytes", makeArchive([...base, { name: "xl/copy.xml", localName: "xl/styles.xml", content: base[5]?.content ?? "", sameBytesAs: "xl/styles.xml" }])],
    ["an entry twice", makeArchive([...base, { name: "XL/Styles.xml", content: "x" }])],
    ["an entry with another name in its own header", makeArchive([...base, { name: "xl/a.xml", localName: "xl/b.xml", content: "x" }])],
    ["more entries than there are", makeArchive(base, { countInEnd: base.length + 1 })],
    ["bytes behind the archive", makeArchive(base, { trailing: "more" })],
    ["a directory that is cut off", makeArchive(base).subarray(0, 400)],
  ])("row 68: refuses %s", (_name, bytes) => {
    expect(refusal(bytes)).toMatchObject({ code: "archive-invalid" });
  });

  it.each(["../../etc/passwd", "/etc/passwd", "xl\\..\\..\\x", "C:/x", "xl/../../x", ""])("row 69: refuses the path %j", (name) => {
    expect(refusal(makeArchive([...base, { name, content: "x" }]))).toMatchObject({ code: "archive-invalid" });
  });

  it("row 69: refuses a symbolic link", () => {
    expect(refusal(makeArchive([...base, { name: "xl/link", content: "/etc/passwd", mode: 0o120777 }]))).toMatchObject({ code: "archive-invalid" });
  });
});

describe("row 70: XML brings no entities of its own", () => {
  const lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
  it.each([
    ["a document type", '<?xml version="1.0"?><!DOCTYPE worksheet>'],
    ["an external entity", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'],
    ["entities that multiply", `<?xml version="1.0"?>${lol}`],
  ])("row 70: refuses %s in a sheet", (_name, prolog) => {
    expect(refusal(foreignWorkbook([{ rows: GOOD, prolog }]))).toMatchObject({ code: "xml-entity" });
  });

  it("row 70: refuses an entity nobody declared, and XML in another encoding", () => {
    expect(refusal(foreignWorkbook([{ rows: [], data: '<row r="1"><c r="A1" t="str"><v>&xxe;</v></c></row>' }]))).toMatchObject({ code: "xml-entity" });
    const utf16 = base.map((file) => (file.name === "xl/styles.xml" ? { ...file, content: Buffer.from(`\uFEFF${String(file.content)}`, "utf16le") } : file));
    expect(refusal(makeArchive(utf16))).toMatchObject({ code: "archive-invalid" });
  });
});

describe("row 71: a file is what its content is", () => {
  const csv = Buffer.from("input,output\r\na,b\r\n");
  const ole = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(2000)]);
  it.each<readonly [string, Uint8Array, SheetFormat | null]>([
    ["an .xlsm by its content type", foreignWorkbook([{ rows: GOOD }], { mainType: "application/vnd.ms-excel.sheet.macroEnabled.main+xml" }), "xlsx"],
    ["macros in an .xlsx", foreignWorkbook([{ rows: GOOD }], { extra: [{ name: "xl/vbaProject.bin", content: "macro" }] }), "xlsx"],
    ["an .xlsb", foreignWorkbook([{ rows: GOOD }], { mainType: "application/vnd.ms-excel.sheet.binary.macroEnabled.main" }), "xlsx"],
    ["an .xls or an encrypted .xlsx", ole, "xlsx"],
    ["an .xls called CSV", ole, "csv"],
    ["an encrypted entry", makeArchive(base.map((file) => ({ ...file, flags: 1 }))), "xlsx"],
    ["a document that is no workbook", makeArchive([{ name: "word/document.xml", content: "<x/>" }]), "xlsx"],
    ["CSV renamed to .xlsx", csv, "xlsx"],
    ["a workbook renamed to .csv", foreignWorkbook([{ rows: GOOD }]), "csv"],
    ["HTML that calls itself a sheet", Buffer.from("<html><table><tr><td>a</td></tr></table></html>"), null],
    ["UTF-16 text", Buffer.from("\uFEFFa,b", "utf16le"), "csv"],
    ["text that is not UTF-8", Buffer.from("input,output\r\nM\xfcnchen,b", "latin1"), "csv"],
    ["an image", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), null],
    ["nothing", new Uint8Array(0), null],
  ])("row 71: refuses %s", (_name, bytes, expected) => {
    expect(refusal(bytes, expected)).toMatchObject({ code: "unsupported-media-type" });
  });

  it("row 71: refuses a file over the limit by its size", () => {
    expect(refusal(new Uint8Array(SHEET_LIMITS.fileBytes + 1))).toMatchObject({ code: "payload-too-large" });
  });
});

describe("rows 72 and 73: formulas", () => {
  it.each([
    ["=HYPERLINK", formula("HYPERLINK(\"http://x\",\"y\")", "y")], ["a call of a program", formula("cmd|'/c calc'!A1")], ["a sum whose cached value fits", formula("SUM(1,1)", 2)],
    ["a formula whose cached value differs", formula("1+1", 3)],
  ])("row 72, 73: does not evaluate %s, and does not believe what it came to", (_name, cell) => {
    expect(errors(one("A", cell, null, null, "x"), TABLE)).toEqual(["formula-cell Tabelle1!B2"]);
    expect(errors(drawn([[cell, "Title"], [], ["input", "output"], ["a", "b"]]))).toEqual(["formula-cell Tabelle1!A1"]);
  });

  it.each(["=HYPERLINK(\"http://x\")", "=cmd|'/c calc'!A1", "@SUM(A1)", "+1+1", "-1+1", "\tx", "\r=x"])("row 72: refuses %j as a text that begins like a formula, in xlsx and in CSV", (text) => {
    expect(errors(one(text, 1, null, null, "x"), TABLE)).toEqual(["formula-cell Tabelle1!A2"]);
    expect(errors(one("A", 1, null, null, text), TABLE)).toEqual(["formula-cell Tabelle1!E2"]);
    expect(errors(Buffer.from(`id2,speed,from,urgent,text\r\nA,1,,,"${text.replaceAll('"', '""')}"\r\n`), TABLE)).toEqual(["formula-cell CSV!E2"]);
  });

  it.each(["=HYPERLINK(\"http://x\")", "=cmd|'/c calc'!A1", "@SUM(A1)", "+1+1", "-1+1", "\tx", "\rx", "'=x", "''"])("row 72: writes %j so that no program takes it for a formula, and restores it", (text) => {
    const table: DecisionTable = { ...TABLE, rows: [{ id: "first", id2: [text], text }] };
    for (const [bytes, workbook] of [[writeXlsx(exportTable(table)), exportTable(table)], [writeCsv(exportRows(table)), exportRows(table)]] as const) {
      for (const cell of workbook.sheets.flatMap(({ rows }) => rows).flatMap(({ cells }) => cells)) {
        if (cell?.kind === "text" && cell.text !== "-") expect(cell.text).not.toMatch(/^[=+\-@\t\r]/);
      }
      expect(importTables(readSheetFile(bytes), { into: table })).toMatchObject({ ok: true, tables: [{ table }] });
    }
  });

  it.each([["the format Text", styled("=item.fee", STYLE.text)], ["an apostrophe typed in Excel", styled("=item.fee", STYLE.quoted)], ["an apostrophe in the text", "'=item.fee"]])("row 72: takes FEEL behind %s", (_name, cell) => {
    expect(importTables(readSheetFile(one("A", 1, null, null, cell)), { into: TABLE })).toMatchObject({ ok: true, tables: [{ table: { rows: [{ text: "=item.fee" }] } }] });
  });

  it("row 72: cells such as -, >= 10 and -5 are no formulas", () => {
    expect(importTables(readSheetFile(one("-", ">= 10", "-", "-", "ok")), { into: TABLE })).toMatchObject({ ok: true, tables: [{ table: { rows: [{ speed: ">= 10", text: "ok" }] } }] });
    expect(importTables(readSheetFile(one("A", "-5", "-", "-", "ok")), { into: TABLE })).toMatchObject({ ok: true, tables: [{ table: { rows: [{ speed: [-5] }] } }] });
  });
});

describe("row 74: nothing is fetched, nothing is hidden", () => {
  it.each([
    ["an external link", { extra: [{ name: "xl/externalLinks/externalLink1.xml", content: "<externalLink/>" }] }],
    ["a reference to one", { workbookExtra: '<externalReferences><externalReference r:id="rId7"/></externalReferences>' }],
    ["DDE", { extra: [{ name: "xl/externalLinks/externalLink1.xml", content: '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>' }] }],
    ["a data connection", { extra: [{ name: "xl/connections.xml", content: "<connections/>" }] }],
    ["a relation that leaves the workbook", { relationsExtra: `<Relationship Id="rId7" Type="${REL}/externalLink" Target="file:///c:/x.xlsx" TargetMode="External"/>` }],
  ])("row 74: refuses %s", (_name, options) => {
    expect(refusal(foreignWorkbook([{ rows: GOOD }], options))).toMatchObject({ code: "external-link" });
  });

  it("row 74: lists hidden and very hidden sheets and does not read them", () => {
    const bytes = foreignWorkbook([{ rows: GOOD }, { name: "Secret", state: "hidden", rows: GOOD }, { name: "More secret", state: "veryHidden", rows: GOOD }]);
    const { tables, report } = importTables(readSheetFile(bytes));
    expect(tables.map(({ sheet }) => sheet)).toEqual(["Tabelle1"]);
    expect(report.filter(({ code }) => code === "hidden-sheet").map(({ sheet, message }) => `${sheet}: ${message}`)).toEqual([
      "Secret: The sheet is hidden and was not read.", "More secret: The sheet is very hidden and was not read.",
    ]);
  });
});

describe("row 75: what lies out of range is not looked for", () => {
  it.each([
    ["a cell beyond the last row there is", '<row r="1"><c r="XFD1048577"><v>1</v></c></row>', ""],
    ["a cell beyond the last column there is", '<row r="1"><c r="XFE1"><v>1</v></c></row>', ""],
    ["a value far to the right", '<row r="1"><c r="ZZ1"><v>1</v></c></row>', ""],
    ["a value far below", `<row r="${SHEET_LIMITS.rows + 1}"><c r="A${SHEET_LIMITS.rows + 1}"><v>1</v></c></row>`, ""],
    ["1,048,576 empty rows with a format", Array.from({ length: 20_000 }, (_, index) => `<row r="${index + 1}" s="1" customFormat="1"/>`).join(""), ""],
    ["more empty cells than a workbook may have", Array.from({ length: 2_100 }, (_, row) => `<row>${Array.from({ length: 500 }, (_, column) => `<c s="${(row * 7919 + column * 104_729) % 9973}"/>`).join("")}</row>`).join(""), ""],
    ["a merged area beyond the end", "", '<mergeCells><mergeCell ref="A1:XFD1048577"/></mergeCells>'],
    ["a merged area over everything", "", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'],
    ["a cell in the row of another", '<row r="1"><c r="A2"><v>1</v></c></row>', ""],
    ["rows out of order", '<row r="2"/><row r="1"/>', ""],
  ])("row 75: refuses %s, naming the cell", (_name, data, after) => {
    const problem = refusal(foreignWorkbook([{ rows: [], data, after }]));
    expect(problem.code).toBe("cell-out-of-range");
    expect(problem.place).toMatchObject({ sheet: "Tabelle1", cell: expect.stringMatching(/^[A-Z]+\d+$/) as string });
  });

  it("row 75: refuses 10,001 rows of a table and of a CSV file beyond its limit", () => {
    const lines = (count: number): Uint8Array => Buffer.from(`input,output\n${"a,b\n".repeat(count)}`);
    expect(refusal(lines(SHEET_LIMITS.rows), "csv")).toMatchObject({ code: "cell-out-of-range" });
    expect(errors(lines(10_001))).toEqual(["cell-value CSV!A1"]);
  });

  it("row 75: merged areas that cover too much are reported, not spread", () => {
    expect(errors(drawn([["input", "output"], ["a", "b"]], ["A2:SR10000"]))).toContain("cell-out-of-range Tabelle1!A2");
  });
});

describe("row 76: a cell is of its column's type", () => {
  it.each<readonly [string, readonly DrawnCell[], string]>([
    ["a number in a column of texts", [12, null, null, null, "x"], "A2"], ["TRUE in a column of texts", [true, null, null, null, "x"], "A2"],
    ["a date in a column of texts", [styled(45987, STYLE.date), null, null, null, "x"], "A2"], ["leading zeros in a column of numbers", ["A", "0012", null, null, "x"], "B2"],
    ["a word in a column of numbers", ["A", "fast", null, null, "x"], "B2"], ["16 digits", ["A", 2 ** 53 + 2, null, null, "x"], "B2"],
    ["one number or two", ["A", "10,5", null, null, "x"], "B2"], ["1,234, which is two numbers in two countries", ["A", "> 1,234", null, null, "x"], "B2"],
    ["a day in two countries", ["A", null, "03/04/2026", null, "x"], "C2"], ["the 29th of February 1900", ["A", null, styled(60, STYLE.date), null, "x"], "C2"],
    ["a number in a column of true and false", ["A", null, null, 1, "x"], "D2"],
  ])("row 76: refuses %s", (_name, cells, cell) => {
    expect(errors(one(...cells), TABLE)).toEqual([`cell-type Tabelle1!${cell}`]);
  });

  it("row 76: texts stay texts, whatever they look like", () => {
    const { tables } = importTables(readSheetFile(drawn([["input code", "output"], ["0012", "a"], ["1.5E3", "b"], ["TRUE", "c"], ["123456789012345678", "d"], ["12", "e"]])));
    expect(tables[0]?.table.columns[0]).toMatchObject({ type: "string" });
    expect(tables[0]?.table.rows.map((row) => row["inputCode"])).toEqual([["0012"], ["1.5E3"], ["TRUE"], ["123456789012345678"], ["12"]]);
  });

  it.each<readonly [string, number, number, boolean, string]>([
    ["1900", 46_328, STYLE.date, false, "2026-11-02"], ["1904", 44_866, STYLE.date, true, "2026-11-02"], ["1900, a format of its own", 46_328, STYLE.custom, false, "2026-11-02"],
    ["1900, before the day that never was", 59, STYLE.date, false, "1900-02-28"], ["1900, with its time", 46_328.395833333336, STYLE.dateTime, false, "2026-11-02T09:30:00Z"], ["1904, day 0", 0, STYLE.date, true, "1904-01-01"],
  ])("row 76: reads a date of the system %s as ISO text", (_name, serial, style, date1904, expected) => {
    const bytes = foreignWorkbook([{ rows: [["id2", "speed", "from", "urgent", "text"], ["A", null, styled(serial, style), null, "x"]] }], { date1904 });
    expect(importTables(readSheetFile(bytes), { into: TABLE })).toMatchObject({ ok: true, tables: [{ table: { rows: [{ from: [expected] }] } }] });
  });

  it("row 76: a number with a unit in its format is a number", () => {
    expect(importTables(readSheetFile(one("A", styled(3, STYLE.money), null, null, "x")), { into: TABLE })).toMatchObject({ ok: true, tables: [{ table: { rows: [{ speed: [3] }] } }] });
  });
});

describe("row 77: a header is the name it seems to be", () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ["a column twice", ["id2", "speed", "from", "urgent", "text", "speed"], ["F1"]], ["a missing column", ["id2", "speed", "from", "text"], ["A1"]],
    ["a space at its end", ["id2", "speed ", "from", "urgent", "text"], ["B1"]], ["letters of full width", ["id2", "ｓｐｅｅｄ", "from", "urgent", "text"], ["B1"]],
    ["a column nobody knows", ["id2", "speed", "from", "urgent", "colour", "text"], ["E1"]],
  ])("row 77: refuses %s", (_name, header, cells) => {
    expect(errors(drawn([header, header.map(() => "A")]), TABLE).filter((line) => line.startsWith("header-mismatch"))).toEqual(cells.map((cell) => `header-mismatch Tabelle1!${cell}`));
  });

  it("row 77: refuses two columns of one name, and values without a name, in a new table", () => {
    expect(errors(drawn([["Age", "age", "output"], ["1", "2", "b"]]))).toEqual(["header-mismatch Tabelle1!B1"]);
    expect(errors(drawn([["input", "output", null], ["a", "b", "c"]]))).toEqual(["header-mismatch Tabelle1!C1"]);
  });

  it("row 77: takes capitals, spaces between words and the path of the fact for the same name", () => {
    expect(importTables(readSheetFile(drawn([["ID 2", "item.speed", "From", "URGENT", "Text"], ["A", 1, "2026-11-02", true, "x"]])), { into: TABLE })).toMatchObject({
      ok: true, tables: [{ origin: "mapped", table: { rows: [{ id: "a-1-2026-11-02-true", id2: ["A"], speed: [1], from: ["2026-11-02"], urgent: [true], text: "x" }] } }],
    });
  });
});

describe("row 78: a sheet of an older state", () => {
  const two: DecisionTable = { ...TABLE, rows: [...TABLE.rows, { id: "second", id2: ["B"], text: "y" }] };
  /** The sheet of `two` in which somebody has changed the first row. */
  const sheetOf = (change: (rows: DecisionTable["rows"]) => DecisionTable["rows"]): Uint8Array => {
    const workbook = exportTable(two);
    const [changed] = exportTable({ ...two, rows: change(two.rows) }).sheets;
    return writeXlsx({ ...workbook, sheets: [changed as (typeof workbook.sheets)[number], ...workbook.sheets.slice(1)] });
  };
  const dearer = sheetOf((rows) => rows.map((row) => (row.id === "first" ? { ...row, text: "changed here" } : row)));

  it("row 78: one row changed by two people from one base is stale, at that row", () => {
    expect(errors(dearer, { ...two, rows: two.rows.map((row) => (row.id === "first" ? { ...row, text: "changed there" } : row)) })).toEqual(["stale-base fees!A6"]);
    expect(errors(dearer, two)).toEqual([]);
  });

  it("row 78: a row deleted against the base is deleted, unless somebody has changed it", () => {
    const without = sheetOf((rows) => rows.slice(1));
    expect(importTables(readSheetFile(without), { into: two })).toMatchObject({ ok: true, tables: [{ table: { rows: [{ id: "second" }] } }] });
    expect(errors(without, { ...two, rows: two.rows.map((row) => (row.id === "first" ? { ...row, text: "changed there" } : row)) })).toEqual(["stale-base fees!A5"]);
  });

  it("row 78: different rows changed by two people are merged by row", () => {
    const there: DecisionTable = { ...two, title: "All fees", rows: [...two.rows.map((row) => (row.id === "second" ? { ...row, text: "changed there" } : row)), { id: "third", id2: ["C"], text: "z" }] };
    const { ok, tables, report } = importTables(readSheetFile(dearer), { current: (key) => (key === there.key ? there : undefined) });
    expect([ok, report.map(({ code }) => code)]).toEqual([true, ["base-merged"]]);
    expect(tables[0]?.table).toEqual({ ...there, rows: there.rows.map((row) => (row.id === "first" ? { ...row, text: "changed here" } : row)) });
  });

  it("row 78: of another table is refused", () => {
    expect(errors(writeXlsx(exportTable(TABLE)), { ...TABLE, key: "other" })).toEqual(["header-mismatch fees!A1"]);
  });

  it("row 78: comes with the state it was exported from, so that two people's changes can be merged", () => {
    expect(importTables(readSheetFile(writeXlsx(exportTable(TABLE)))).tables[0]?.base).toEqual(TABLE);
  });
});

describe("row 79: texts no cell may have", () => {
  it.each([["a cell as long as a spreadsheet keeps", "x".repeat(32_767)], ["a control character", "a\u0085b"], ["a text that reads from right to left", "a\u202Eb"], ["an invisible character", "a\u200Bb"], ["what is no character", "a\uFFFEb"]])("row 79: refuses %s", (_name, text) => {
    const bytes = foreignWorkbook([{ rows: [["id2", "speed", "from", "urgent", "text"], ["A", null, null, null, { raw: ` t="inlineStr"><is><t>${text.replaceAll("\uFFFE", "_xFFFE_")}</t></is>` }]] }]);
    expect(errors(bytes, TABLE)).toEqual(["cell-value Tabelle1!E2"]);
    expect(errors(Buffer.from(`id2,speed,from,urgent,text\nA,,,,${text}\n`), TABLE)).toEqual(["cell-value CSV!E2"]);
  });

  it("row 79: refuses an error and a broken quote", () => {
    expect(errors(one("A", { raw: ' t="e"><v>#N/A</v>' }, null, null, "x"), TABLE)).toEqual(["cell-value Tabelle1!B2"]);
    expect(refusal(Buffer.from('input,output\n"a,b\n'), "csv")).toMatchObject({ code: "cell-value", place: { sheet: "CSV", cell: "A2" } });
  });
});
