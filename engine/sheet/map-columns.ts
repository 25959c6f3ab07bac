import type { DecisionTable } from "../language/table-kinds.ts";
import { columnName, isOutput, type TableColumn } from "./column-side.ts";
import type { DetectedColumn, DetectedTable } from "./detected-table.ts";
import { columnNames } from "./new-table.ts";
import { quote } from "./read-literal.ts";
import type { FilledColumn } from "./read-rows.ts";
import type { SheetLog } from "./sheet-report.ts";

/**
 * Finds the column of the sheet for every column of the table, by its name or what it looks at, whatever the capitals and
 * the spaces between words. A header that only seems to be a name (a space at its end, letters of full width), a second or
 * a foreign or a missing one is an error at its cell: a column that is left out would empty all its cells.
 */
export function mapColumns(table: DetectedTable, into: DecisionTable, log: SheetLog): readonly FilledColumn[] {
  const found = new Map<TableColumn, DetectedColumn>();
  for (const drawn of table.columns) {
    if (drawn.role === "id" || drawn.role === "annotation") continue;
    const column = columnFor(drawn, into);
    const problem = column === undefined ? unknown(drawn, into) : mismatch(drawn, column, found.get(column));
    if (problem !== null) log.error(drawn.headerRow, drawn.index, "header-mismatch", problem);
    if (column !== undefined && !found.has(column)) found.set(column, drawn);
  }
  for (const column of into.columns) {
    if (found.has(column)) continue;
    log.error(table.columns[0]?.headerRow ?? table.area.top, table.area.left, "header-mismatch", `The column ${columnName(column)} is missing; add it, or its cells would be lost.`);
  }
  return into.columns.flatMap((column) => {
    const drawn = found.get(column);
    return drawn === undefined ? [] : [{ index: drawn.index, column, guessed: false }];
  });
}

/** How many of a table's columns a drawn table has. */
export function columnsInCommon(table: DetectedTable, into: DecisionTable): number {
  return new Set(table.columns.map((drawn) => columnFor(drawn, into)).filter((column) => column !== undefined)).size;
}

function columnFor({ label, role, marked }: DetectedColumn, { columns }: DecisionTable): TableColumn | undefined {
  const fits = columns.filter((column) => !marked || isOutput(column) === (role === "output"));
  const wanted = plain(label);
  return fits.find((column) => columnName(column) === label) ?? fits.find((column) => plain(columnName(column)) === wanted)
    ?? fits.find((column) => !isOutput(column) && (plain(column.in) === wanted || plain(column.in.split(".").at(-1) ?? "") === wanted));
}

function mismatch({ label }: DetectedColumn, column: TableColumn, other: DetectedColumn | undefined): string | null {
  const name = columnName(column);
  if (other !== undefined) return `The column ${name} stands twice; keep one of them.`;
  if (label !== label.trim()) return `The header has spaces around it; write ${name}.`;
  return label === label.normalize("NFKC") ? null : `The header only looks like ${name}; write it in plain letters.`;
}

function unknown({ label }: DetectedColumn, { key, columns }: DecisionTable): string {
  return `The table ${key} has no column ${quote(label.trim())}. It has ${columnNames(columns)}; a column of remarks is called Comment.`;
}

/** A name without what people write differently: capitals, spaces, dashes, full width. */
function plain(label: string): string {
  return label.normalize("NFKC").toLowerCase().replaceAll(/[\s_.:-]+/g, "");
}
