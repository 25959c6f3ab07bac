import { findOperator } from "../../rules/operators.ts";
import type { Json } from "../../support/json.ts";
import type { Condition } from "../kinds.ts";

/** All values a fact's path can ever have, an absent one as undefined; null when nothing is known about it. */
export type PossibleValues = (fact: string, path: string) => readonly (Json | undefined)[] | null;

/**
 * False when a condition can never hold, whatever happens. Looks at each comparison alone, so a true answer proves
 * nothing, but a false one is certain.
 */
export function canHold(condition: Condition, possible: PossibleValues): boolean {
  if ("all" in condition) return condition.all.every((part) => canHold(part, possible));
  if ("any" in condition) return condition.any.some((part) => canHold(part, possible));
  if ("not" in condition) return true;
  const { fact, path, operator: name, value } = condition;
  if (typeof value === "object" && value !== null && "fact" in value) return true;
  const values = possible(fact, path ?? "");
  const operator = findOperator(name);
  return values === null || !operator || values.some((found) => operator.test(found, value));
}
