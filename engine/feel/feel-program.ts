import { evaluate, FeelFunction } from "feelin";
import type { Json } from "../support/json.ts";
import { ITERATION_GUARD } from "./bound-iterations.ts";
import { LINEAR_REGEX_FUNCTIONS } from "./linear-regex.ts";

/** A FEEL expression ready to run over the values of its parameters, in their order. Never throws; failure is null. */
export type FeelProgram = (values: readonly unknown[]) => unknown;

/** What every expression sees: no clock, and neither regular expressions nor counting that can run away. */
const SURROUNDINGS = { now: null, today: null, ...LINEAR_REGEX_FUNCTIONS, ...ITERATION_GUARD } as const;

/**
 * Parses a FEEL expression once. feelin's `evaluate` parses at every call, so the expression is made the body of a FEEL
 * function: that one is parsed here, and running it later only calls closures. Null when feelin refuses the text.
 */
export function compileProgram(source: string, parameters: readonly string[]): FeelProgram | null {
  return compileFunction(`function(${parameters.join(", ")}) (${source}\n)`);
}

/** The same for a test in which `?` stands for the value under test, the program's only parameter. */
export function compileTestProgram(source: string): FeelProgram | null {
  return compileFunction(`function(tested) {"?": tested, "answer": (${source}\n)}.answer`);
}

function compileFunction(definition: string): FeelProgram | null {
  let compiled: ReturnType<typeof evaluate>;
  try {
    compiled = evaluate(definition, SURROUNDINGS);
  } catch {
    return null;
  }
  const { value, warnings } = compiled;
  if (!(value instanceof FeelFunction)) return null;
  return (values) => {
    try {
      return value.invoke(values);
    } catch {
      return null;
    } finally {
      // Every run adds its warnings to the list of the one evaluation that made the function.
      warnings.length = 0;
    }
  };
}

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;
const PLAIN_TEXT = /^"[^"\\]*"$/;

/** The value of an expression that reads nothing, as FEEL sees it; null when it has none. Plain literals are read here. */
export function evaluateConstant(source: string): unknown {
  if (PLAIN_NUMBER.test(source)) return Number(source);
  if (PLAIN_TEXT.test(source)) return source.slice(1, -1);
  if (source === "true" || source === "false") return source === "true";
  return compileProgram(source, [])?.([]) ?? null;
}

/** An absent fact must be null: were it undefined, feelin would look for a builtin of its name. */
export const feelArgument = (value: Json | undefined): Json => value ?? null;
