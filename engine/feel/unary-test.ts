import { duration, parseDate, parseDateTime } from "feelin";
import type { Report } from "../language/diagnostic.ts";
import type { ColumnType } from "../language/table-kinds.ts";
import type { Json } from "../support/json.ts";
import type { CellLiteral, Comparable } from "./cell-domain.ts";
import { isOfColumn, READ } from "./cell-domain.ts";
import { compileTestProgram } from "./feel-program.ts";
import type { CellTest, Ordering, ParsedCell } from "./parse-cell.ts";
import { CellProblem, parseFeelCell, parseLiteralCell } from "./parse-cell.ts";

/** Whether a fact's value matches a cell; undefined and null stand for an absent fact. */
export type UnaryTest = (value: Json | undefined) => boolean;

/** A cell of a decision table, compiled. */
export interface CompiledCell {
  readonly matches: UnaryTest;
  /** True for `-`. */
  readonly any: boolean;
  /** All values that match, when they can be listed and found by strict equality: what an index is made of. */
  readonly keys: readonly (string | number | boolean | null)[] | null;
  /** The tests themselves, for analysis; null for `-` and for a cell that is wrong. */
  readonly tests: CellTests | null;
}

/** What a cell that is not `-` tests. */
export type CellTests = Extract<ParsedCell, { readonly any: false }>;

const ANY: CompiledCell = { matches: () => true, any: true, keys: null, tests: null };
const NEVER: CompiledCell = { matches: () => false, any: false, keys: [], tests: null };

/**
 * Compiles a FEEL unary test, or a list of literals. Strict: a value of another type than the column's matches only `-`,
 * and an absent fact only `-` and null. Of a list any element may match, except that `?` is the whole list. What is wrong
 * is reported, and the test then never matches.
 */
export function compileUnaryTest(cell: Json | undefined, type: ColumnType, report: Report, path: string): UnaryTest {
  return compileCell(cell, type, report, path).matches;
}

/** `compileUnaryTest` with what a table needs to build an index. */
export function compileCell(cell: Json | undefined, type: ColumnType, report: Report, path: string): CompiledCell {
  try {
    if (cell === undefined) return ANY;
    const parsed = typeof cell === "string" ? parseFeelCell(cell, type) : parseLiteralCell(Array.isArray(cell) ? cell : [cell], type);
    return parsed.any ? ANY : compileTests(parsed, type);
  } catch (error) {
    if (!(error instanceof CellProblem)) throw error;
    report(error.code, path, error.message);
    return NEVER;
  }
}

function compileTests(parsed: CellTests, type: ColumnType): CompiledCell {
  const { negated, tests } = parsed;
  const keys = negated ? null : keysOf(tests);
  if (keys) return { matches: keyTest(keys), any: false, keys, tests: parsed };
  const elements = tests.filter((test) => test.kind !== "asks").map((test) => compileElementTest(test, type));
  const questions = tests.filter((test) => test.kind === "asks").map((test) => compileQuestion(test.source, type));
  if (negated) return { matches: compileNegation(elements, questions, type), any: false, keys: null, tests: parsed };
  const takesNull = elements.some((test) => test(null));
  const someElement = anyOf(elements);
  return {
    matches: (value) => {
      if (value === undefined || value === null) return takesNull;
      const matched = Array.isArray(value) ? value.some((element: Json) => someElement(element)) : someElement(value);
      return matched || questions.some((question) => question(value) === true);
    },
    any: false,
    keys: null,
    tests: parsed,
  };
}

type ElementTest = (element: Json) => boolean;
type Question = (value: Json) => unknown;

function anyOf(tests: readonly ElementTest[]): ElementTest {
  const [only] = tests;
  return tests.length === 1 && only ? only : (element) => tests.some((test) => test(element));
}

function compileNegation(elements: readonly ElementTest[], questions: readonly Question[], type: ColumnType): UnaryTest {
  const escapes: ElementTest = (element) => isOfColumn(type, element) && !elements.some((test) => test(element));
  return (value) => {
    if (value === undefined || value === null) return false;
    if (!questions.every((question) => question(value) === false)) return false;
    if (elements.length === 0) return true;
    return Array.isArray(value) ? value.some(escapes) : escapes(value);
  };
}

function keysOf(tests: readonly CellTest[]): CompiledCell["keys"] {
  const keys: (string | number | boolean | null)[] = [];
  for (const test of tests) {
    if (test.kind !== "equals" || !test.wanted) return null;
    for (const literal of test.literals) {
      if (literal && literal.domain !== "text" && literal.domain !== "number" && literal.domain !== "boolean") return null;
      keys.push(literal && literal.value);
    }
  }
  return keys;
}

function keyTest(keys: NonNullable<CompiledCell["keys"]>): UnaryTest {
  const [only] = keys;
  const set = new Set<Json>(keys);
  const holds: ElementTest = keys.length === 1 ? (element) => element === only : (element) => set.has(element);
  return (value) => (Array.isArray(value) ? value.some(holds) : holds(value ?? null));
}

function compileElementTest(test: Exclude<CellTest, { kind: "asks" }>, type: ColumnType): ElementTest {
  if (test.kind === "equals") {
    const equals = anyOf(test.literals.map(compileEquality));
    return test.wanted ? equals : (element) => isOfColumn(type, element) && !equals(element);
  }
  if (test.kind === "compares") return compileComparison(test.operator, test.literal);
  const aboveLow = compileComparison(test.lowIncluded ? ">=" : ">", test.low);
  const belowHigh = compileComparison(test.highIncluded ? "<=" : "<", test.high);
  return (element) => aboveLow(element) && belowHigh(element);
}

function compileEquality(literal: CellLiteral): ElementTest {
  if (literal === null) return (element) => element === null;
  const read = READ[literal.domain];
  return (element) => read(element) === literal.value;
}

const COMPARE: { readonly [operator in Ordering]: (value: Comparable, bound: Comparable) => boolean } = {
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

function compileComparison(operator: Ordering, literal: NonNullable<CellLiteral>): ElementTest {
  const read = READ[literal.domain];
  const compare = COMPARE[operator];
  const bound = literal.value;
  return (element) => {
    const value = read(element);
    return value !== undefined && compare(value, bound);
  };
}

function compileQuestion(source: string, type: ColumnType): Question {
  const program = compileTestProgram(source);
  if (!program) throw new CellProblem("cell-syntax", `${JSON.stringify(source)} is no FEEL unary test.`);
  return (value) => program([typeof value === "string" ? questioned(value, type) : value]);
}

/** In a column of dates or durations `?` is a FEEL date, date and time or duration, so that it can be compared with one. */
function questioned(value: string, type: ColumnType): unknown {
  if (type === "duration") return duration(value) ?? value;
  if (type !== "date") return value;
  return (value.includes("T") ? parseDateTime(value) : parseDate(value)) ?? value;
}
