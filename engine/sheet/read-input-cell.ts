import type { CellLiteral } from "../feel/cell-domain.ts";
import { CellProblem, parseFeelCell, type ParsedCell } from "../feel/parse-cell.ts";
import type { ColumnType } from "../language/table-kinds.ts";
import type { Json } from "../support/json.ts";
import { type CellReading, quote, read, readLiteral, refuse } from "./read-literal.ts";

/** Words that mean themselves in a column of texts; FEEL would take them for names, which a cell may not use. */
const PLAIN_WORDS = /^(?!(?:null|not)$)[\p{L}_][\p{L}\p{N}_.:/ -]*$/u;
/** `> 10` and `[1..5]`: FEEL that needs no parser to be told. */
const PLAIN_TEST = /^(?:(?:<=|>=|<|>) ?-?\d+(?:\.\d+)?|[[(]-?\d+(?:\.\d+)?\.\.-?\d+(?:\.\d+)?[\])])$/;
/** Numbers as FEEL writes them, told without a parser: sheets are full of them. */
const PLAIN_NUMBERS = /^\d{1,15}(?:\.\d{1,10})?(?:, \d{1,15}(?:\.\d{1,10})?)*$/;
const DASHES = new Set(["", "-", "–", "—"]);
const COMPARISON = /^(<=|>=|=<|=>|≤|≥|!=|<>|≠|<|>|=)\s*([^<>=].*)$/s;
const OPERATORS: Readonly<Record<string, string>> = { "≤": "<=", "=<": "<=", "≥": ">=", "=>": ">=", "<>": "!=", "≠": "!=" };
const RANGE = /^([[\](])?\s*([^.\s](?:.*?[^.\s])?)\s*(?:\.{2,3}|…)\s*([^.\s](?:.*?[^\s])?)\s*?([[\])])?$/s;
/** Only where a minus cannot be meant: `10 - 20`, `10–20`. */
const SPACED_RANGE = /^(\d[\d.,]*)\s*(?: - |–)\s*(\d[\d.,]*)$/;
const NEGATION = /^not\s*\((.*)\)$/is;
const MEANT_AS_FEEL = /["≤≥]|^[<>?]|^!=|^not\s*\(|^[[\](].*\.\..*[[\])]$|\(\s*\?/is;
/** `10,5` and `1,234,567` are several numbers in FEEL and one where people write a comma in it. */
const DOUBTFUL_COMMA = /^[+-]?(?:\d+,\d+|\d{1,3}(?:,\d{3})+)$/;
/** A comma inside a number, in a cell of nothing but numbers and operators: FEEL would cut the number in two. */
const COMMA_IN_NUMBER = /^(?!\[[^.]*\]$)(?!\d+(?:,\d+){2,}$)(?=.*\d,\d)(?:not|[\d\s.,;'’<>=!≤≥≠+\-–…()[\]\u00A0\u202F])+$/i;
/** Digits behind a leading zero are an id, not a number. */
const LEADING_ZERO = /(?:^|\.\.|[<>=≤≥[\](;-]|,\s)\s*0\d/;

/**
 * Reads an input cell as people write it: a FEEL unary test, unquoted texts, localized numbers, `> 10`, `10..20`, `A, B`,
 * `not(A)`; empty or a dash matches anything. Literals come back as the list the language stores, everything else as FEEL.
 */
export function readInputCell(written: string, type: ColumnType): CellReading {
  const text = written.trim();
  if (DASHES.has(text)) return read(undefined);
  if (type === "string" && text.split(",").every((word) => PLAIN_WORDS.test(word.trim()))) return readList(text, type);
  if (type === "number" && LEADING_ZERO.test(text)) return refuse("cell-type", `${quote(text)} has leading zeros, so it is no number.`);
  if (type === "number" && PLAIN_TEST.test(text)) return read(text);
  if (type === "number" && PLAIN_NUMBERS.test(text)) return read(text.split(", ").map(Number));
  // FEEL would subtract.
  if (type === "number" && SPACED_RANGE.test(text)) return readRange(text, type) ?? doubtful(text);
  const feel = type === "number" && (DOUBTFUL_COMMA.test(text) || COMMA_IN_NUMBER.test(text)) ? doubtful(text) : readFeel(text, type);
  if (feel.ok) return feel;
  if (type === "string" || type === "list") return MEANT_AS_FEEL.test(text) ? readNegated(text, type) ?? feel : readList(text, type);
  return readComparison(text, type) ?? readRange(text, type) ?? readNegated(text, type) ?? readList(text, type);
}

/** The FEEL text of a literal, for cells that are tests. */
export function feelLiteral(value: Json, type: ColumnType): string {
  if (type === "date" && typeof value === "string") return value.includes("T") ? `date and time(${JSON.stringify(value)})` : `date(${JSON.stringify(value)})`;
  if (type === "duration" && typeof value === "string") return `duration(${JSON.stringify(value)})`;
  return JSON.stringify(value);
}

function doubtful(text: string): CellReading {
  return refuse("cell-type", `${quote(text)} is one number or several; write 10.5 or 10, 5.`);
}

function readFeel(text: string, type: ColumnType): CellReading {
  try {
    return read(listOf(parseFeelCell(text, type)) ?? text);
  } catch (error) {
    if (!(error instanceof CellProblem)) throw error;
    const remedy = type === "string" || type === "list" ? " A text that is meant as it stands needs quotes." : "";
    return refuse("cell-value", error.message + remedy);
  }
}

/** The literals of a cell that only lists some, as the language stores them; null for any other test. */
function listOf(cell: ParsedCell): Json | null {
  if (cell.any || cell.negated) return null;
  const values: Json[] = [];
  for (const test of cell.tests) {
    if (test.kind !== "equals" || !test.wanted) return null;
    for (const literal of test.literals) {
      if (!isPlain(literal)) return null;
      values.push(literal && literal.value);
    }
  }
  return values.length === 0 ? null : values;
}

function isPlain(literal: CellLiteral): boolean {
  return literal === null || literal.domain === "text" || literal.domain === "number" || literal.domain === "boolean";
}

function readComparison(text: string, type: ColumnType): CellReading | null {
  const match = COMPARISON.exec(text);
  if (!match) return null;
  const operator = OPERATORS[match[1] ?? ""] ?? match[1] ?? "";
  return tested((match[2] ?? "").trim(), type, (value) => (operator === "!=" ? `not(${value})` : operator === "=" ? value : `${operator} ${value}`));
}

function readRange(text: string, type: ColumnType): CellReading | null {
  const spaced = SPACED_RANGE.exec(text);
  const match = spaced ?? RANGE.exec(text);
  if (!match) return null;
  const [open, low, high, close] = spaced ? [undefined, spaced[1], spaced[2], undefined] : match.slice(1);
  const first = readLiteral((low ?? "").trim(), type);
  if (!first.ok) return first;
  return tested((high ?? "").trim(), type, (value) => `${open ?? "["}${feelLiteral(first.cell ?? null, type)}..${value}${close ?? "]"}`);
}

function readNegated(text: string, type: ColumnType): CellReading | null {
  const match = NEGATION.exec(text);
  if (!match) return null;
  const list = readList(match[1] ?? "", type);
  if (!list.ok) return list;
  return readFeel(`not(${(list.cell as readonly Json[]).map((value) => feelLiteral(value, type)).join(", ")})`, type);
}

/** One or several values, between commas, semicolons or lines. */
function readList(text: string, type: ColumnType): CellReading {
  const values: Json[] = [];
  const separator = type === "number" ? /,(?!\d)|[;\n]|(?<!\d),/ : /[,;\n]/;
  for (const part of text.split(separator).map((one) => one.trim())) {
    if (type === "number" && DOUBTFUL_COMMA.test(part)) return doubtful(part);
    if (part === "") return refuse("cell-value", `${quote(text)} has an empty place in its list; write the value, or put the text in quotes.`);
    const reading = readLiteral(part, type);
    if (!reading.ok) return reading;
    values.push(reading.cell ?? null);
  }
  return read(values);
}

/** A test made of one value, checked as FEEL. */
function tested(text: string, type: ColumnType, toFeel: (value: string) => string): CellReading {
  const reading = readLiteral(text, type);
  return reading.ok ? readFeel(toFeel(feelLiteral(reading.cell ?? null, type)), type) : reading;
}
