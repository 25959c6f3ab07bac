/** Why a file is refused as a whole, by code. `server/problems` lists the same codes with their HTTP status. */
export type SheetProblemCode =
  | "unsupported-media-type" | "payload-too-large" | "archive-invalid" | "archive-ratio" | "xml-entity" | "external-link"
  | "cell-out-of-range" | "cell-value";

/** A spreadsheet file that is not read; the message says what to do and never repeats the content. */
export class SheetProblem extends Error {
  readonly code: SheetProblemCode;
  /** Where it is, as far as one place is to blame. */
  readonly place: { readonly sheet: string; readonly cell: string } | null;

  constructor(code: SheetProblemCode, message: string, place: SheetProblem["place"] = null) {
    super(message);
    this.code = code;
    this.place = place;
  }
}
