import request from "supertest";
import { beforeAll, describe, expect, it } from "vitest";
import type { DecisionTable } from "../../../engine/language/table-kinds.ts";
import { exportTable } from "../../../engine/sheet/export-table.ts";
import { readSheetFile } from "../../../server/sheets/read-sheet-file.ts";
import type { Sheet } from "../../../engine/sheet/workbook.ts";
import { importTables } from "../../../engine/sheet/import-tables.ts";
import { SHEET_LIMITS } from "../../../server/sheets/limits.ts";
import { writeXlsx } from "../../../server/sheets/write-xlsx.ts";
import { createEdgeApp, type EdgeApp, RELEASE } from "../api/edge-app.ts";
import { drawn, foreignWorkbook, formula } from "./foreign-workbook.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const READ = "/api/sheets/read";
const WRITE = "/api/sheets/write";

let edge: EdgeApp;
let analyst: string;
beforeAll(async () => {
  edge = await createEdgeApp();
  analyst = `Bearer ${await edge.tokenOf("analyst")}`;
});

const post = (path: string, body: Uint8Array | object, type: string, token = analyst) => request(edge.app).post(path).set("Authorization", token).set("Content-Type", type).send(Buffer.isBuffer(body) || !(body instanceof Uint8Array) ? body : Buffer.from(body));
const table = RELEASE.definitions.find(({ key }) => key === "home-fiber-change") as DecisionTable;

describe("A18: spreadsheets over REST", () => {
  it("a table goes out as xlsx and comes back unchanged", async () => {
    const out = await post(WRITE, table, "application/json").buffer(true).parse((answer, done) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => done(null, Buffer.concat(chunks)));
    });
    expect(out.status).toBe(200);
    expect(out.headers).toMatchObject({ "content-type": XLSX, "content-disposition": 'attachment; filename="home-fiber-change.xlsx"' });
    const back = await post(READ, out.body as Buffer, XLSX);
    expect(back.status).toBe(200);
    expect(back.body).toMatchObject({ report: [], tables: [{ origin: "own", sheet: "home-fiber-change", table, base: table }] });
  });

  it("a table goes out as CSV", async () => {
    const out = await post(`${WRITE}?format=csv`, table, "application/json");
    expect(out.headers["content-type"]).toContain("text/csv");
    expect(importTables(readSheetFile(Buffer.from(out.text, "utf8"), "csv"), { into: table }).tables[0]?.table).toEqual(table);
  });

  it("a foreign sheet fills the rows of a table of the active release", async () => {
    const csv = Buffer.from("offering,action,technology,planTemplate\nHOME_FIBER_1G,ADD,-,home-fiber-add\n");
    const { status, body } = await post(`${READ}?into=home-fiber-decomposition&workbook=true`, csv, "text/csv");
    expect(status).toBe(200);
    expect(body).toMatchObject({ tables: [{ origin: "mapped", table: { key: "home-fiber-decomposition", rows: [{ offering: ["HOME_FIBER_1G"], action: ["ADD"], planTemplate: "home-fiber-add" }] } }], workbook: { sheets: [{ name: "CSV" }] } });
  });

  it("errors point at cells, with everything that was found beside them", async () => {
    const { status, body } = await post(READ, drawn([["input", "output"], ["a", formula("1+1", 2)], ["secret-value\u0085", "c"]]), XLSX);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: "sheet-errors", errors: [{ code: "formula-cell", pointer: "Tabelle1!B2" }, { code: "cell-value", pointer: "Tabelle1!A3" }], found: { tables: [{ sheet: "Tabelle1" }] } });
    expect(JSON.stringify((body as { errors: unknown }).errors)).not.toContain("secret-value");
    expect((await post(READ, drawn([["input", "output"], ["a", formula("1+1", 2)]]), XLSX)).body).toMatchObject({ status: 422, code: "formula-cell" });
  });

  it("a sheet of an older state is a conflict", async () => {
    const withReason = (reason: string): DecisionTable => ({ ...table, rows: table.rows.map((row) => ({ ...row, reason })) });
    const [grid] = exportTable(withReason("Changed in the sheet.")).sheets;
    const exported = exportTable(withReason("As it was exported."));
    const bytes = writeXlsx({ ...exported, sheets: [grid as Sheet, ...exported.sheets.slice(1)] });
    expect((await post(`${READ}?into=${table.key}`, bytes, XLSX)).body).toMatchObject({ status: 409, code: "stale-base", found: { tables: [{ base: { key: table.key } }] } });
  });

  it.each<readonly [string, () => Promise<{ readonly body: unknown }>, number, string]>([
    ["a file that is damaged", () => post(READ, Buffer.from("PK\u0003\u0004 and no more"), XLSX), 400, "archive-invalid"],
    ["a sheet with a document type", () => post(READ, foreignWorkbook([{ rows: [["a", "output"], ["1", "2"]], prolog: "<!DOCTYPE x>" }]), XLSX), 400, "xml-entity"],
    ["CSV that calls itself xlsx", () => post(READ, Buffer.from("a,b\n1,2\n"), XLSX), 415, "unsupported-media-type"],
    ["a body that says it is JSON", () => post(READ, Buffer.from("{}"), "application/json"), 415, "unsupported-media-type"],
    ["a compressed body", () => post(READ, Buffer.from("x"), "text/csv").set("Content-Encoding", "gzip"), 415, "unsupported-media-type"],
    ["a file beyond the limit", () => post(READ, Buffer.alloc(SHEET_LIMITS.fileBytes + 1), "application/octet-stream"), 413, "payload-too-large"],
    ["a table nobody knows", () => post(`${READ}?into=nothing`, Buffer.from("a,b\n1,2\n"), "text/csv"), 404, "not-found"],
    ["a parameter nobody knows", () => post(`${READ}?onto=x`, Buffer.from("a,b\n1,2\n"), "text/csv"), 400, "invalid-query"],
    ["a definition that is no table", () => post(WRITE, { kind: "decision-table", key: "x" }, "application/json"), 400, "invalid-body"],
    ["an operator", async () => post(READ, Buffer.from("a,b\n1,2\n"), "text/csv", `Bearer ${await edge.tokenOf("operator")}`), 403, "forbidden"],
    ["nobody", () => request(edge.app).post(READ).set("Content-Type", "text/csv").send("a,b"), 401, "token-missing"],
  ])("refuses %s", async (_name, send, status, code) => {
    expect((await send()).body).toMatchObject({ status, code });
  });
});
