import type { Report } from "../language/diagnostic.ts";
import { parsePath } from "../rules/fact-path.ts";
import { FORBIDDEN_SEGMENTS, type FactName, type Facts } from "../rules/facts.ts";
import type { Json } from "../support/json.ts";
import { isJsonObject } from "../support/json.ts";
import { boundIterations } from "./bound-iterations.ts";
import { checkNames } from "./check-names.ts";
import { matchDateArithmetic, moveInstant } from "./compile-date-arithmetic.ts";
import { compileProgram, evaluateConstant, feelArgument } from "./feel-program.ts";
import { feelToJson } from "./feel-to-json.ts";
import { parseFeelExpression, partsOf, type SyntaxNode } from "./syntax.ts";

/** A FEEL expression after compilation. `evaluate` never throws: what has no value is null. */
export interface Expression {
  readonly source: string;
  readonly evaluate: (facts: Facts) => Json;
}

type Evaluate = Expression["evaluate"];

/**
 * Compiles a FEEL expression (without the leading `=`). Literals and plain paths become closures of their own, everything
 * else one of feelin, parsed here and not again. What is wrong is reported; the expression is then always null.
 */
export function compileExpression(
  source: string, allowedNames: ReadonlySet<FactName>, report: Report, path: string,
): Expression {
  const evaluate = compile(source, allowedNames, (code, message) => report(code, path, message));
  return { source, evaluate: evaluate ?? (() => null) };
}

function compile(
  source: string, allowedNames: ReadonlySet<FactName>, fail: (code: string, message: string) => void,
): Evaluate | null {
  const path = compilePlainPath(source, allowedNames);
  if (path) return path;
  const root = parseFeelExpression(source, allowedNames);
  if (!root) {
    fail("expression-syntax", `${JSON.stringify(source)} is not a FEEL expression.`);
    return null;
  }
  const { facts, problems, asksForValue } = checkNames(root, source, allowedNames);
  for (const { code, message } of problems) fail(code, message);
  if (asksForValue) fail("expression-syntax", "? stands for the value under test and has a place only in decision table cells.");
  if (problems.length > 0 || asksForValue) return null;
  const simple = compileLiteral(root, source) ?? compileDottedPath(source);
  if (simple) return simple;
  const names = [...facts].sort() as FactName[];
  const program = compileProgram(boundIterations(root, source), names);
  if (!program) {
    fail("expression-syntax", `${JSON.stringify(source)} is not a FEEL expression.`);
    return null;
  }
  const evaluate: Evaluate = (given) => feelToJson(program(names.map((name) => feelArgument(given[name]))));
  return compileDateArithmetic(root, source, evaluate) ?? evaluate;
}

/** An instant with an offset, moved by a fixed length, needs no FEEL; any other value does. */
function compileDateArithmetic(root: SyntaxNode, source: string, otherwise: Evaluate): Evaluate | null {
  const match = matchDateArithmetic(root, source);
  const read = match && compileDottedPath(match.of);
  return match && read && ((facts) => moveInstant(read(facts), match.moveMs) ?? otherwise(facts));
}

const LITERALS: ReadonlySet<string> = new Set(["StringLiteral", "NumericLiteral", "BooleanLiteral", "null"]);

function compileLiteral(root: SyntaxNode, source: string): Evaluate | null {
  const [only] = partsOf(root);
  if (!only || !LITERALS.has(only.name)) return null;
  const value = feelToJson(evaluateConstant(source));
  return () => value;
}

/** Words that mean something else than a name in FEEL, or begin one that does. */
const RESERVED: ReadonlySet<string> = new Set(
  "and or not in if then else for some every return satisfies between instance of function external true false null date time duration years days".split(" "),
);

/** A path from a fact that is allowed, in words that can be nothing but names: most expressions are one, and need no parser. */
function compilePlainPath(source: string, allowed: ReadonlySet<FactName>): Evaluate | null {
  const [fact, ...rest] = source.trim().split(".");
  if (!allowed.has(fact as FactName) || rest.some((segment) => RESERVED.has(segment) || FORBIDDEN_SEGMENTS.has(segment))) return null;
  return compileDottedPath(source);
}

/** The names of a source that passed the checks are facts, so a text of names and dots is a path. */
function compileDottedPath(source: string): Evaluate | null {
  const text = source.trim();
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(text)) return null;
  const [name, ...segments] = parsePath(text) ?? [];
  if (name === undefined) return null;
  const fact = name as FactName;
  return (facts) => {
    let value: Json = facts[fact] ?? null;
    for (const segment of segments) value = readStep(value, segment);
    return value;
  };
}

/** FEEL's own step: like one of `readPath`, but of a list it gives the list of what its elements have there. */
function readStep(value: Json, segment: string): Json {
  if (typeof value !== "object" || value === null) return null;
  return Array.isArray(value) ? value.map((element: Json) => readField(element, segment)) : readField(value, segment);
}

function readField(value: Json, segment: string): Json {
  return isJsonObject(value) && Object.hasOwn(value, segment) ? (value[segment] ?? null) : null;
}
