import { Router, type Request, type RequestHandler, type Response } from "express";
import { LIMITS } from "../../engine/language/limits.ts";
import { normalizeTexts } from "../../engine/language/normalize-texts.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { validateShape } from "../../engine/language/validate-shape.ts";
import { exportRows, exportTable } from "../../engine/sheet/export-table.ts";
import { importTables } from "../../engine/sheet/import-tables.ts";
import type { Workbook } from "../../engine/sheet/workbook.ts";
import { allow } from "../identity/authenticate.ts";
import { bodyProblem, type FieldProblem, type FoundSheet, problem, type Problem } from "../problems/problem.ts";
import { isProblemCode, PROBLEM_CODES } from "../problems/problem-codes.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import { SHEET_LIMITS } from "../sheets/limits.ts";
import { readSheetFile, type SheetFormat } from "../sheets/read-sheet-file.ts";
import { SheetProblem } from "../sheets/sheet-problem.ts";
import { writeCsv } from "../sheets/write-csv.ts";
import { writeXlsx } from "../sheets/write-xlsx.ts";
import { readBodyBytes, refuseCompressed } from "./body-bytes.ts";
import { jsonBody, readBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { Query } from "./query.ts";

const MEDIA_TYPE: { readonly [format in SheetFormat]: string } = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", csv: "text/csv",
};
/** A body of any content: what it is, its bytes say. */
const ANY_MEDIA_TYPE = "application/octet-stream";

/**
 * `POST /api/sheets/read` and `POST /api/sheets/write`: spreadsheets to decision tables and back, for the designer. Nothing
 * is stored, so neither asks for an idempotency key.
 */
export function sheetRoutes(releases: ReleaseLookup, authenticate: RequestHandler): Router {
  const router = Router();
  mount(router, "/api/sheets/read", { post: [authenticate, allow("definition.draft"), (request, response) => readSheets(releases, request, response)] });
  mount(router, "/api/sheets/write", { post: [authenticate, allow("definition.draft"), ...jsonBody(LIMITS.definitionBytes), writeSheet] });
  return router;
}

async function readSheets(releases: ReleaseLookup, request: Request, response: Response): Promise<void> {
  const query = Query.read(request, ["into", "workbook"]);
  const into = activeTable(releases, query.text("into"));
  const expected = expectedFormat(request);
  const bytes = await readBodyBytes(request, SHEET_LIMITS.fileBytes);
  const workbook = readWorkbook(bytes, expected);
  const { ok, tables, report } = importTables(workbook, into === undefined ? {} : { into });
  const found: FoundSheet = { tables, report, ...(query.flag("workbook") === true ? { workbook } : {}) };
  if (!ok) throw reportProblem(found);
  response.json(found);
}

const writeSheet: RequestHandler = (request, response) => {
  const format = Query.read(request, ["format"]).word("format", ["xlsx", "csv"]) ?? "xlsx";
  const content = normalizeTexts(readBody(response));
  const errors: FieldProblem[] = [];
  if (!validateShape("decision-table", content, (_code, path, message) => errors.push({ code: "invalid-value", pointer: path, detail: message }))) throw bodyProblem(errors);
  const table = content as DecisionTable;
  response.set("Content-Disposition", `attachment; filename="${table.key}.${format}"`).type(MEDIA_TYPE[format]);
  response.send(Buffer.from(format === "xlsx" ? writeXlsx(exportTable(table)) : writeCsv(exportRows(table))));
};

/** What the media type claims; null when it leaves that to the content. */
function expectedFormat(request: Request): SheetFormat | null {
  refuseCompressed(request);
  const media = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (media === MEDIA_TYPE.xlsx) return "xlsx";
  if (media === MEDIA_TYPE.csv) return "csv";
  if (media === ANY_MEDIA_TYPE) return null;
  throw problem("unsupported-media-type", `Send the bytes of the file as ${MEDIA_TYPE.xlsx}, ${MEDIA_TYPE.csv} or ${ANY_MEDIA_TYPE}.`);
}

function activeTable(releases: ReleaseLookup, key: string | undefined): DecisionTable | undefined {
  if (key === undefined) return undefined;
  const table = releases.active()?.definitions.find((definition) => definition.kind === "decision-table" && definition.key === key);
  if (table?.kind !== "decision-table") throw problem("not-found", "Name a decision table of the active release as into.");
  return table;
}

function readWorkbook(bytes: Uint8Array, expected: SheetFormat | null): Workbook {
  try {
    return readSheetFile(bytes, expected);
  } catch (error) {
    if (!(error instanceof SheetProblem)) throw error;
    const { code, message, place } = error;
    throw problem(code, message, place === null ? {} : { errors: [{ code, pointer: `${place.sheet}!${place.cell}`, detail: message }] });
  }
}

/** The refusal of a sheet: its errors by cell, and beside them everything that was found, for a preview. */
function reportProblem(found: FoundSheet): Problem {
  const errors = found.report.flatMap(({ severity, code, sheet, cell }): readonly FieldProblem[] =>
    severity === "error" && isProblemCode(code) ? [{ code, pointer: `${sheet}!${cell}`, detail: PROBLEM_CODES[code].remedy }] : []);
  const { code, message, extras } = bodyProblem(errors, "sheet-errors");
  return problem(code, message, { ...extras, found });
}
