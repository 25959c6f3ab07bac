import { cellAddress, parseAddress } from "./address.ts";

/** What can be said about a cell of an imported sheet. */
export type SheetNoteCode =
  /** Errors: the sheet is not taken over while there is one. */
  | "formula-cell" | "cell-type" | "cell-value" | "cell-out-of-range" | "header-mismatch" | "stale-base" | "no-table"
  /** Notes: what was understood how, and what was not taken over. */
  | "hidden-sheet" | "hit-policy-assumed" | "output-assumed" | "fact-assumed" | "type-assumed" | "annotation-ignored" | "area-ignored"
  | "base-merged" | "row-ignored" | "expression-ignored" | "row-copied" | "table-ignored";

export interface SheetNote {
  readonly severity: "error" | "note";
  readonly sheet: string;
  /** Such as `B5`; of an area its first cell. */
  readonly cell: string;
  readonly code: SheetNoteCode;
  readonly message: string;
}

/** Writes down what one sheet has to report, cell by cell. */
export interface SheetLog {
  readonly error: (row: number, column: number, code: SheetNoteCode, message: string) => void;
  readonly note: (row: number, column: number, code: SheetNoteCode, message: string) => void;
}

/** The notes as one reads the workbook: sheet by sheet, row by row. */
export function inReadingOrder(notes: readonly SheetNote[], sheets: readonly string[]): readonly SheetNote[] {
  const placed = notes.map((note) => ({ note, sheet: sheets.indexOf(note.sheet), place: parseAddress(note.cell) ?? { row: 0, column: 0 } }));
  return placed.sort((left, right) => left.sheet - right.sheet || left.place.row - right.place.row || left.place.column - right.place.column).map(({ note }) => note);
}

/** A log that adds to `notes`. */
export function sheetLog(notes: SheetNote[], sheet: string): SheetLog {
  const add = (severity: SheetNote["severity"]): SheetLog["error"] => (row, column, code, message) => {
    notes.push({ severity, sheet, cell: cellAddress(row, column), code, message });
  };
  return { error: add("error"), note: add("note") };
}
