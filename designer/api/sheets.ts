import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { ImportedTable } from "../../engine/sheet/import-tables.ts";
import type { SheetNote } from "../../engine/sheet/sheet-report.ts";
import { sendBytes } from "./http.ts";

export interface SheetReading {
  readonly tables: readonly ImportedTable[];
  /** Cell by cell what was not understood, and what was assumed. */
  readonly report: readonly SheetNote[];
}

/** Spreadsheets to decision tables and back; nothing is stored by either. */
export const sheetsApi = {
  read: async (file: File, into: string): Promise<SheetReading> => {
    const answer = await sendBytes(`/api/sheets/read?into=${encodeURIComponent(into)}`, "application/octet-stream", file);
    return JSON.parse(await answer.text()) as SheetReading;
  },
  write: (table: DecisionTable): Promise<Blob> => sendBytes("/api/sheets/write", "application/json", JSON.stringify(table)),
} as const;
