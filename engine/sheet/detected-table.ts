import type { ColumnType } from "../language/table-kinds.ts";
import type { Area, DateSystem } from "./workbook.ts";
import type { SheetGrid } from "./sheet-grid.ts";
import type { Policy } from "./words.ts";

/** A table as it is drawn in a sheet, before anything is said about what it means. */
export interface DetectedTable {
  readonly grid: SheetGrid;
  readonly dateSystem: DateSystem;
  /** False in CSV: then texts may be numbers. */
  readonly typed: boolean;
  readonly area: Area;
  readonly title: string | null;
  readonly policy: (Policy & { readonly row: number; readonly column: number }) | null;
  readonly columns: readonly DetectedColumn[];
  /** Numbers of the rows that hold rules; empty ones are left out. */
  readonly rows: readonly number[];
}

export interface DetectedColumn {
  readonly index: number;
  /** `id`: the ids of rows as an export writes them. */
  readonly role: "id" | "input" | "output" | "annotation";
  /** True when the sheet itself says whether it is an input or an output. */
  readonly marked: boolean;
  readonly label: string;
  /** Row of the header cell that names the column. */
  readonly headerRow: number;
  readonly type: ColumnType | null;
  readonly unit: string | null;
  /** What the sheet says the column looks at, and where it says so. */
  readonly expression: { readonly text: string; readonly row: number } | null;
}
