import type { Json } from "../support/json.ts";

/**
 * The closed vocabulary of facts a rule, a table or an expression may read. Which of them exist at which place is fixed
 * in `engine/language/fact-scopes.ts`; a name outside its place is refused when the release is compiled.
 */
export const FACT_NAMES = [
  "order", "item", "task", "predecessor", "edge", "milestone", "milestones", "plan", "failure", "request", "repair",
  "charge", "case", "actor", "now", "with", "inputs", "result", "source", "counterpart",
] as const;

export type FactName = (typeof FACT_NAMES)[number];

/** The facts handed to one evaluation. Plain JSON; an absent fact is simply missing. */
export type Facts = { readonly [name in FactName]?: Json };

/** Path segments that are refused everywhere: they reach into the prototype instead of the data. */
export const FORBIDDEN_SEGMENTS: ReadonlySet<string> = new Set(["__proto__", "prototype", "constructor"]);

/** Reads an own property path such as `["characteristics", "speed"]`; undefined when any step is missing. */
export function readPath(value: Json | undefined, segments: readonly string[]): Json | undefined {
  let current: Json | undefined = value;
  for (const segment of segments) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, segment)) return undefined;
    current = (current as { readonly [key: string]: Json | undefined })[segment];
  }
  return current;
}
