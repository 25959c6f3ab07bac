import { findOperator } from "../../rules/operators.ts";
import { isJsonObject, type Json } from "../../support/json.ts";
import type { Condition } from "../kinds.ts";

/** All values a fact's path can ever have, an absent one as undefined; null when nothing is known about it. */
export type PossibleValues = (fact: string, path: string) => readonly (Json | undefined)[] | null;

/**
 * False when a condition can never hold, whatever happens. Looks at each comparison alone, so a true answer proves
 * nothing, but a false one is certain. What is malformed counts as possible: the compiler has reported it.
 */
export function canHold(condition: Condition, possible: PossibleValues): boolean {
  return visit(condition, possible, 0);
}

function visit(node: Json | undefined, possible: PossibleValues, depth: number): boolean {
  if (!isJsonObject(node) || depth > 64) return true;
  const { all, any, fact, path, operator: name, value } = node;
  if (Array.isArray(all)) return (all as readonly Json[]).every((part) => visit(part, possible, depth + 1));
  if (Array.isArray(any)) return (any as readonly Json[]).some((part) => visit(part, possible, depth + 1));
  if (typeof fact !== "string" || isJsonObject(value)) return true;
  const values = possible(fact, typeof path === "string" ? path : "");
  const operator = findOperator(name);
  return values === null || !operator || values.some((found) => operator.test(found, value));
}
