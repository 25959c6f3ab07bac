import { FeelRange } from "feelin";
import type { ColumnType } from "../language/table-kinds.ts";
import type { CellLiteral } from "./cell-domain.ts";
import { literalOfFeel, literalOfJson } from "./cell-domain.ts";
import { boundIterations } from "./bound-iterations.ts";
import { checkNames } from "./check-names.ts";
import { evaluateConstant } from "./feel-program.ts";
import { parseFeelUnaryTests, partsOf, type SyntaxNode } from "./syntax.ts";

export type Ordering = "<" | "<=" | ">" | ">=";

/** One test of a cell; a cell matches when one of its tests does. */
export type CellTest =
  | { readonly kind: "equals"; readonly literals: readonly CellLiteral[]; readonly wanted: boolean }
  | { readonly kind: "compares"; readonly operator: Ordering; readonly literal: NonNullable<CellLiteral> }
  | {
      readonly kind: "between";
      readonly low: NonNullable<CellLiteral>;
      readonly high: NonNullable<CellLiteral>;
      readonly lowIncluded: boolean;
      readonly highIncluded: boolean;
    }
  /** A boolean expression about `?`. */
  | { readonly kind: "asks"; readonly source: string };

/** A cell as written: `-`, tests, or `not(tests)`. */
export type ParsedCell =
  | { readonly any: true }
  | { readonly any: false; readonly negated: boolean; readonly tests: readonly CellTest[] };

/** What is wrong with a cell, with the code to report it under. */
export class CellProblem extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Reads a cell given as a list of literals, or as one that is no text. */
export function parseLiteralCell(literals: readonly unknown[], type: ColumnType): ParsedCell {
  if (literals.length === 0) throw new CellProblem("cell-syntax", "An empty list matches nothing; leave the cell out to match anything.");
  const read = literals.map((literal) => {
    if (typeof literal === "object" && literal !== null) {
      throw new CellProblem("cell-syntax", "A cell is a list of texts, numbers, true, false or null, or one FEEL unary test.");
    }
    return typed(literalOfJson(literal as string | number | boolean | null, type), JSON.stringify(literal), type);
  });
  return { any: false, negated: false, tests: [{ kind: "equals", literals: read, wanted: true }] };
}

/** Reads a cell given as FEEL unary tests. Throws a `CellProblem`. */
export function parseFeelCell(source: string, type: ColumnType): ParsedCell {
  if (source.trim() === "-") return { any: true };
  const root = parseFeelUnaryTests(source);
  if (!root) throw syntax(`${JSON.stringify(source)} is no FEEL unary test.`);
  const parts = partsOf(root);
  if (parts.length === 1 && parts[0]?.name === "Wildcard") return { any: true };
  const negated = parts[0]?.name === "not";
  const tests = parts.filter((part) => part.name === "PositiveUnaryTests").flatMap(partsOf);
  if (tests.length === 0) throw syntax(`${JSON.stringify(source)} is no FEEL unary test.`);
  return { any: false, negated, tests: tests.map((test) => parseTest(test, source, type)) };
}

const syntax = (message: string): CellProblem => new CellProblem("cell-syntax", message);

const WITHOUT_QUESTION: ReadonlySet<string> = new Set(["Conjunction", "Disjunction", "Comparison", "QuantifiedExpression"]);

function parseTest(test: SyntaxNode, source: string, type: ColumnType): CellTest {
  const [node] = partsOf(test);
  if (!node) throw syntax(`${JSON.stringify(source)} is no FEEL unary test.`);
  const text = textOf(node, source);
  const { problems, asksForValue } = checkNames(node, source, new Set());
  for (const problem of problems) {
    if (problem.code !== "unknown-fact") throw new CellProblem(problem.code, problem.message);
    throw syntax(`${text}: a cell knows no facts, only ? for the value under test. A text stands in quotes or in a list.`);
  }
  if (node.name === "SimplePositiveUnaryTest") {
    if (asksForValue) throw syntax(`${text}: write a condition about ?, such as ? > 1 and ? < 9.`);
    return parseSimpleTest(node, source, type);
  }
  if (asksForValue) return { kind: "asks", source: boundIterations(node, source) };
  if (WITHOUT_QUESTION.has(node.name)) throw syntax(`${text}: write a condition about ?, such as ? > 1 and ? < 9.`);
  return constantTest(evaluateConstant(boundIterations(node, source)), text, type);
}

function parseSimpleTest(node: SyntaxNode, source: string, type: ColumnType): CellTest {
  const [operator, operand] = partsOf(node);
  if (operator?.name === "Interval") return parseInterval(operator, source, type);
  if (!operator || !operand) throw syntax(`${textOf(node, source)} compares with nothing.`);
  if (WITHOUT_QUESTION.has(operand.name) || operand.name === "SimplePositiveUnaryTest") {
    throw syntax(`${textOf(node, source)}: write an interval such as [1..9], or a condition about ?.`);
  }
  const literal = literalAt(operand, source, type);
  const sign = textOf(operator, source);
  if (sign === "=" || sign === "!=") return { kind: "equals", literals: [literal], wanted: sign === "=" };
  return { kind: "compares", operator: sign as Ordering, literal: ordered(literal, textOf(node, source)) };
}

function parseInterval(node: SyntaxNode, source: string, type: ColumnType): CellTest {
  const text = textOf(node, source);
  const [open, low, , high, close] = partsOf(node);
  if (!open || !low || !high || !close) throw syntax(`${text} is no interval.`);
  return interval(
    literalAt(low, source, type), literalAt(high, source, type), textOf(open, source) === "[", textOf(close, source) === "]", text,
  );
}

function constantTest(value: unknown, text: string, type: ColumnType): CellTest {
  if (value === null && text.trim() !== "null") throw syntax(`${text} has no value.`);
  if (value instanceof FeelRange) {
    const low = typed(literalOfFeel(value.start, type), text, type);
    const high = typed(literalOfFeel(value.end, type), text, type);
    return interval(low, high, value["start included"], value["end included"], text);
  }
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return { kind: "equals", literals: values.map((one) => typed(literalOfFeel(one, type), text, type)), wanted: true };
}

function interval(low: CellLiteral, high: CellLiteral, lowIncluded: boolean, highIncluded: boolean, text: string): CellTest {
  const ends = { low: ordered(low, text), high: ordered(high, text) };
  if (ends.low.domain !== ends.high.domain) throw new CellProblem("type-mismatch", `The ends of ${text} are of different types.`);
  return { kind: "between", ...ends, lowIncluded, highIncluded };
}

function literalAt(node: SyntaxNode, source: string, type: ColumnType): CellLiteral {
  const text = textOf(node, source);
  const value = evaluateConstant(text);
  if (value === null && text !== "null") throw syntax(`${text} has no value.`);
  return typed(literalOfFeel(value, type), text, type);
}

function ordered(literal: CellLiteral, text: string): NonNullable<CellLiteral> {
  if (literal === null || literal.domain === "boolean") {
    throw new CellProblem("type-mismatch", `${text}: null, true and false have no order.`);
  }
  return literal;
}

function typed(literal: CellLiteral | undefined, text: string, type: ColumnType): CellLiteral {
  if (literal === undefined) throw new CellProblem("type-mismatch", `${text} is no value for a column of type ${type}.`);
  return literal;
}

const textOf = (node: SyntaxNode, source: string): string => source.slice(node.from, node.to);
