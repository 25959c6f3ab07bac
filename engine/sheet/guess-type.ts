import type { ColumnType } from "../language/table-kinds.ts";
import { readNumber } from "./localized-number.ts";
import { readCell } from "./read-cell.ts";
import type { Cell, DateSystem } from "./workbook.ts";

const CANDIDATES: readonly ColumnType[] = ["boolean", "number", "date", "duration"];

/**
 * The type of a column nobody has named one for: the narrowest one that reads all of its cells, texts when none does. In a
 * typed file a text that looks like a number stays a text, because somebody wanted it so (0012, 1.5E3).
 */
export function guessType(cells: readonly (Cell | undefined)[], side: "input" | "output", typed: boolean, dateSystem: DateSystem): ColumnType | null {
  const given = cells.filter((cell): cell is Cell => cell !== undefined && cell.kind !== "formula" && cell.kind !== "error" && !isEmpty(cell));
  if (given.length === 0) return null;
  const fits = (type: ColumnType): boolean => given.every((cell) => {
    if (cell.kind === "text" && typed && isValue(cell.text, type)) return false;
    if (cell.kind === "text" && cell.text.trim().startsWith("'")) return false;
    return readCell(cell, { side, type, guessed: false }, dateSystem).ok && !(cell.kind === "text" && /^(null|yes|no)$/i.test(cell.text.trim()));
  });
  return CANDIDATES.find(fits) ?? "string";
}

function isEmpty(cell: Cell): boolean {
  return cell.kind === "text" && /^\s*[-–—]?\s*$/.test(cell.text);
}

/** A text that is nothing but a number, or true or false: the spreadsheet would have typed it, had nobody kept it from doing so. */
function isValue(text: string, type: ColumnType): boolean {
  return (type === "number" && readNumber(text.trim()) !== null) || (type === "boolean" && /^\s*(true|false)\s*$/i.test(text));
}
