import type { Shape } from "../../engine/language/vocabulary/shape.ts";
import type { Vocabulary } from "../../engine/language/vocabulary/vocabulary-of.ts";
import type { OperatorName } from "../../engine/rules/operators.ts";

/** A field of a fact that a condition may compare. */
export interface KnownPath {
  /** `item.characteristics.speed` */
  readonly key: string;
  readonly shape: Shape;
}

/** Fields deeper than this are written, not picked. */
const DEPTH_MAX = 4;

/** Every field of the facts known at a place, facts that are no objects included. */
export function knownPaths(vocabulary: Vocabulary): readonly KnownPath[] {
  return Object.entries(vocabulary).flatMap(([fact, shape]) => below(fact, shape, 1));
}

function below(key: string, shape: Shape, depth: number): KnownPath[] {
  if (shape.type !== "object") return [{ key, shape }];
  return depth > DEPTH_MAX ? [] : Object.entries(shape.fields ?? {}).flatMap(([name, field]) => below(`${key}.${name}`, field, depth + 1));
}

const EQUALITY = ["equal", "notEqual", "in", "notIn"] as const;
const ORDER = ["lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"] as const;
const CHRONOLOGY = ["before", "after", "atOrBefore", "atOrAfter"] as const;

/** The operators that mean something for a type; all for a value nothing is known of. */
const BY_TYPE: { readonly [type in Shape["type"]]: readonly OperatorName[] } = {
  text: [...EQUALITY, "isPresent"],
  number: [...EQUALITY, ...ORDER, "isPresent"],
  boolean: ["equal", "notEqual", "isPresent"],
  instant: [...CHRONOLOGY, "isPresent"],
  list: ["contains", "doesNotContain", "isPresent"],
  object: ["isPresent"],
  any: [...EQUALITY, ...ORDER, ...CHRONOLOGY, "contains", "doesNotContain", "isPresent"],
};

export function operatorsFor(type: Shape["type"]): readonly OperatorName[] {
  return BY_TYPE[type];
}

/** What a comparison's value is made of: one of a list, several of it, yes or no, a number, an instant, a text, or anything. */
export type ValueForm = "boolean" | "choice" | "choices" | "list" | "number" | "instant" | "text" | "any";

export function valueFormOf(operator: string, shape: Shape): ValueForm {
  if (operator === "isPresent" || shape.type === "boolean") return "boolean";
  if (operator === "in" || operator === "notIn") return shape.values === undefined ? "list" : "choices";
  if (shape.values !== undefined) return "choice";
  const type = shape.type === "list" ? (shape.items?.type ?? "any") : shape.type;
  return type === "number" || type === "instant" || type === "text" ? type : "any";
}
