/** A workbook as plain data: what a spreadsheet file holds once nothing of its format is left. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** False for CSV, whose cells are all texts: there 12 may be a number and TRUE a boolean. */
  readonly typed: boolean;
  /** Day 0 of its date serials: 31 December 1899 (with Excel's 29 February 1900) or 1 January 1904. */
  readonly dateSystem: DateSystem;
}

export type DateSystem = 1900 | 1904;

export interface Sheet {
  readonly name: string;
  /** A very hidden sheet cannot be shown from Excel's own menus. */
  readonly visibility: "visible" | "hidden" | "very-hidden";
  /** Ascending by number; rows without a value may be missing. */
  readonly rows: readonly SheetRow[];
  readonly merges: readonly Area[];
  /** How it is drawn; only workbooks that are to be written have one. */
  readonly layout?: SheetLayout;
}

export interface SheetRow {
  /** As the spreadsheet counts: the first row is 1. */
  readonly number: number;
  readonly hidden: boolean;
  /** By column, the first one is 0; a cell without a value is undefined. */
  readonly cells: readonly (Cell | undefined)[];
}

export type Cell =
  /** `quoted`: the spreadsheet keeps it as text whatever it looks like (apostrophe in front, or the format Text). */
  | { readonly kind: "text"; readonly text: string; readonly quoted?: boolean; readonly style?: CellStyle }
  | { readonly kind: "number"; readonly value: number; readonly style?: CellStyle }
  | { readonly kind: "boolean"; readonly value: boolean; readonly style?: CellStyle }
  /** A number that is shown as a date or time; the date system of the workbook says which. */
  | { readonly kind: "date"; readonly serial: number; readonly shows: "date" | "date-time" | "time" }
  /** Never evaluated, and what the file says it came to is not believed. */
  | { readonly kind: "formula"; readonly formula: string }
  /** Such as `#N/A`. */
  | { readonly kind: "error"; readonly text: string };

/** Rows as the spreadsheet counts them, columns from 0; all ends are inside. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export type CellStyle = "title" | "quiet" | "input-mark" | "output-mark" | "input-head" | "output-head" | "text" | "general" | "otherwise";

export interface SheetLayout {
  readonly columns: readonly { readonly width: number; readonly hidden: boolean; readonly style: CellStyle }[];
  /** How many rows above and columns on the left stay in sight. */
  readonly frozen: { readonly rows: number; readonly columns: number };
  /** Header row and data that sort and filter together. */
  readonly filter: Area | null;
  /** Cells that offer a list of values, which stands in another sheet. */
  readonly dropDowns: readonly DropDown[];
}

export interface DropDown {
  readonly area: Area;
  readonly values: { readonly sheet: string; readonly area: Area };
}
