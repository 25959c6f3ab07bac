import { literalOfJson } from "../feel/cell-domain.ts";
import type { ColumnType } from "../language/table-kinds.ts";
import type { Json } from "../support/json.ts";
import { readNumber } from "./localized-number.ts";

/** What a cell came to, or why it cannot be read. */
export type CellReading =
  /** Undefined: the cell says nothing. */
  | { readonly ok: true; readonly cell: Json | undefined }
  | { readonly ok: false; readonly code: "cell-type" | "cell-value" | "formula-cell"; readonly message: string };

const TRUTH: ReadonlyMap<string, boolean> = new Map([["true", true], ["yes", true], ["wahr", true], ["vrai", true], ["false", false], ["no", false], ["falsch", false], ["faux", false]]);
const DOTTED_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const SLASHED_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/** Reads one value that stands for itself, without quotes or operators. */
export function readLiteral(text: string, type: ColumnType): CellReading {
  if (type === "string") return read(text);
  if (type === "boolean") {
    const value = TRUTH.get(text.toLowerCase());
    return value === undefined ? wrong("cell-type", text, "true or false") : read(value);
  }
  if (type === "number") {
    const number = readNumber(text);
    if (number === "ambiguous") return refuse("cell-type", "The number means different things in different countries; write it without separators of thousands, with a decimal point.");
    return number === null ? wrong("cell-type", text, "a number") : read(number.value);
  }
  if (type === "date") {
    const date = readDate(text);
    return date === null ? wrong("cell-type", text, "a date such as 2026-11-02") : read(date);
  }
  if (type === "duration") return literalOfJson(text, "duration") === undefined ? wrong("cell-type", text, "a duration such as P3D") : read(text);
  return read(readElement(text));
}

export function refuse(code: "cell-type" | "cell-value" | "formula-cell", message: string): CellReading {
  return { ok: false, code, message };
}

export function read(cell: Json | undefined): CellReading {
  return { ok: true, cell };
}

/** An element of a list: a number, true, false or null where it is written so, else a text. */
function readElement(text: string): Json {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? readNumber(text) : null;
  return number === null || number === "ambiguous" ? text : number.value;
}

/** An ISO date or instant, or a day as 31.12.2026 or 12/31/2026 where only one reading is possible. */
function readDate(text: string): string | null {
  if (literalOfJson(text, "date") !== undefined) return text;
  const dotted = DOTTED_DATE.exec(text);
  if (dotted) return isoDate(dotted[3], dotted[2], dotted[1]);
  const slashed = SLASHED_DATE.exec(text);
  if (!slashed) return null;
  const [, first, second, year] = slashed;
  const [monthFirst, dayFirst] = [isoDate(year, first, second), isoDate(year, second, first)];
  if (monthFirst !== null && dayFirst !== null && monthFirst !== dayFirst) return null;
  return monthFirst ?? dayFirst;
}

function isoDate(year = "", month = "", day = ""): string | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return literalOfJson(text, "date") === undefined ? null : text;
}

function wrong(code: "cell-type" | "cell-value", text: string, expected: string): CellReading {
  return refuse(code, `${quote(text)} is not ${expected}.`);
}

/** A cell's text in a message, not longer than a line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}
