import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { Workbook } from "../../engine/sheet/workbook.ts";
import type { FoundSheet } from "../../server/problems/problem.ts";
import { ApiError, sendBytes } from "./http.ts";

/** JSON says null where a cell holds nothing. */
function withEmptyCells(workbook: Workbook): Workbook {
  return { ...workbook, sheets: workbook.sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => cell ?? undefined) })) })) };
}

/** Spreadsheets to plain data and back; nothing is stored by either. */
export const sheetsApi = {
  /** What a file holds, cell by cell. What it means for a table is up to whoever knows the table. */
  read: async (file: File): Promise<Workbook> => {
    const answer = await sendBytes("/api/sheets/read?workbook=true", "application/octet-stream", file).then(
      async (bytes) => JSON.parse(await bytes.text()) as FoundSheet,
      (error: unknown) => {
        // Refused for what its cells say: they are told in the words of the table.
        if (error instanceof ApiError && error.problem?.found?.workbook !== undefined) return error.problem.found;
        throw error;
      },
    );
    if (answer.workbook === undefined) throw new ApiError("The server sent no cells.", null, null);
    return withEmptyCells(answer.workbook);
  },
  write: (table: DecisionTable): Promise<Blob> => sendBytes("/api/sheets/write", "application/json", JSON.stringify(table)),
} as const;
