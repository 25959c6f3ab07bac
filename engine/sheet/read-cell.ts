import type { ColumnType } from "../language/table-kinds.ts";
import { findHiddenCharacter } from "../language/suspicious-characters.ts";
import { looksLikeFormula, withoutApostrophe } from "./apostrophe.ts";
import { kept } from "./localized-number.ts";
import { type CellReading, read, refuse } from "./read-literal.ts";
import { readInputCell } from "./read-input-cell.ts";
import { readOutputCell } from "./read-output-cell.ts";
import { isoOfSerial } from "./serial-date.ts";
import type { Cell, DateSystem } from "./workbook.ts";

/** What a column says about its cells. */
export interface ColumnRule {
  readonly side: "input" | "output";
  readonly type: ColumnType;
  /** The type was guessed from the cells: then a column of texts takes numbers as texts, too. */
  readonly guessed: boolean;
}

/** A text that long has been cut off by the spreadsheet (32,767 characters is all it keeps), or is no cell of a table. */
export const CELL_CHARACTERS_MAX = 32_766;
// oxlint-disable-next-line no-control-regex -- the characters a cell may not have
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Reads a cell of a decision table for its column; never throws. */
export function readCell(cell: Cell | undefined, rule: ColumnRule, dateSystem: DateSystem): CellReading {
  if (cell === undefined) return read(undefined);
  if (cell.kind === "formula") return formula("Formulas are not evaluated, and what they came to is not believed; put the value in its place.");
  if (cell.kind === "error") return refuse("cell-value", "The cell shows an error; put a value in its place.");
  if (cell.kind === "text") return readText(cell.text, cell.quoted === true, rule);
  if (cell.kind === "boolean") return typed(cell.value, rule, "boolean", "true or false");
  if (cell.kind === "date") {
    const iso = isoOfSerial(cell.serial, dateSystem, cell.shows);
    return iso === null ? refuse("cell-type", "The cell holds a date that does not exist.") : typed(iso, rule, "date", "a date");
  }
  const number = kept(cell.value);
  if (number === null) return refuse("cell-type", "The number has more digits than a spreadsheet keeps; format the cell as text and type it again.");
  return typed(number.value, rule, "number", "a number");
}

/** Why a text cannot stand in a cell at all; null when it can. */
export function textProblem(text: string): CellReading | null {
  if (text.length > CELL_CHARACTERS_MAX) return refuse("cell-value", `The text has more than ${CELL_CHARACTERS_MAX} characters; a spreadsheet cuts it off.`);
  const control = CONTROL.exec(text);
  if (control) return refuse("cell-value", `The text holds the control character U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}; remove it.`);
  const hidden = findHiddenCharacter(text);
  return hidden === null ? null : refuse("cell-value", `The text holds the invisible character ${hidden}; remove it.`);
}

function readText(written: string, quoted: boolean, { side, type }: ColumnRule): CellReading {
  const problem = textProblem(written);
  if (problem) return problem;
  const text = withoutApostrophe(written);
  const guarded = quoted || text !== written;
  const reading = side === "input" ? readInputCell(text, type) : readOutputCell(text, type);
  if (guarded || !looksLikeFormula(text) || (reading.ok && isSigned(text, type))) return reading;
  return formula("The text begins like a formula; put an apostrophe in front when it is meant as it stands.");
}

/** A number or duration below zero begins with a sign and is no formula. */
function isSigned(text: string, type: ColumnType): boolean {
  return (type === "number" && /^\s*[+-]\s*\d/.test(text)) || (type === "duration" && /^\s*-P/.test(text));
}

/** A value the spreadsheet has typed itself. */
function typed(value: string | number | boolean, { side, type, guessed }: ColumnRule, given: ColumnType, words: string): CellReading {
  if (type === given || type === "list") return read(side === "input" ? [value] : type === "list" ? [value] : value);
  if (type === "string" && guessed) return read(side === "input" ? [String(value)] : String(value));
  if (type === "string") return refuse("cell-type", `The column holds texts, but the cell holds ${words}; format the cell as text and type it again.`);
  return refuse("cell-type", `The column is of type ${type}, but the cell holds ${words}.`);
}

function formula(message: string): CellReading {
  return refuse("formula-cell", message);
}
