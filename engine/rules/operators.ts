import type { Json } from "../support/json.ts";
import { isJsonObject } from "../support/json.ts";
import { parseInstant } from "../support/instant.ts";

/** The closed list of operators of the condition language. */
export const OPERATOR_NAMES = [
  "equal", "notEqual", "in", "notIn", "contains", "doesNotContain", "lessThan", "lessThanInclusive", "greaterThan",
  "greaterThanInclusive", "isPresent", "before", "after", "atOrBefore", "atOrAfter",
] as const;

export type OperatorName = (typeof OPERATOR_NAMES)[number];

/** One strict operator. No operator coerces, throws, or looks at anything but its two operands. */
export interface Operator {
  /** Whether a literal may stand as the value, so that a mistake is found when the release is compiled. */
  readonly takes: (literal: Json) => boolean;
  /** The literals it takes, in words, for the message of `type-mismatch`. */
  readonly expects: string;
  /** Whether another fact may stand as the value. */
  readonly takesFact: boolean;
  /** The answer for two operands; undefined stands for an absent path. */
  readonly test: (found: Json | undefined, expected: Json | undefined) => boolean;
  /** `test` with the value fixed, with what can be prepared once already prepared. */
  readonly bind: (expected: Json) => (found: Json | undefined) => boolean;
}

/** Structural equality of two JSON values. Values of different types are never equal; null equals only null. */
export function jsonEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((element: Json, index) => jsonEqual(element, right[index] as Json));
  }
  const a = left as { readonly [key: string]: Json | undefined };
  const b = right as { readonly [key: string]: Json | undefined };
  const keys = Object.keys(a).filter((key) => a[key] !== undefined);
  if (keys.length !== Object.keys(b).filter((key) => b[key] !== undefined).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && jsonEqual(a[key], b[key]));
}

const isScalar = (value: Json): boolean => value === null || typeof value !== "object";
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isScalarList = (value: Json): boolean => isList(value) && value.every(isScalar);
const member = (list: readonly Json[], value: Json): boolean =>
  isScalar(value) ? list.includes(value) : list.some((element) => jsonEqual(element, value));

function operator(
  takes: (literal: Json) => boolean, expects: string, test: Operator["test"], bind?: Operator["bind"],
): Operator {
  return { takes, expects, takesFact: true, test, bind: bind ?? ((expected) => (found) => test(found, expected)) };
}

const equality = (wanted: boolean): Operator =>
  operator(
    (literal) => isScalar(literal) || isScalarList(literal),
    "a text, a number, true, false, null or a list of these",
    (found, expected) => found !== undefined && expected !== undefined && jsonEqual(found, expected) === wanted,
    (expected) =>
      isScalar(expected)
        ? (found) => found !== undefined && (found === expected) === wanted
        : (found) => found !== undefined && jsonEqual(found, expected) === wanted,
  );

const membership = (wanted: boolean): Operator =>
  operator(
    isScalarList,
    "a list of texts, numbers, true, false or null",
    (found, expected) => found !== undefined && isList(expected) && member(expected, found) === wanted,
    (expected) => {
      if (!isList(expected)) return () => false;
      const set = new Set(expected);
      return (found) => found !== undefined && set.has(found) === wanted;
    },
  );

const containment = (wanted: boolean): Operator =>
  operator(isScalar, "a text, a number, true, false or null", (found, expected) =>
    isList(found) && expected !== undefined && member(found, expected) === wanted);

const ordering = (compare: (left: number, right: number) => boolean): Operator =>
  operator((literal) => typeof literal === "number", "a number", (found, expected) =>
    typeof found === "number" && typeof expected === "number" && compare(found, expected));

const instantOf = (value: Json | undefined): number | null => (typeof value === "string" ? parseInstant(value) : null);

const chronology = (compare: (left: number, right: number) => boolean): Operator => {
  const bind: Operator["bind"] = (expected) => {
    const right = instantOf(expected);
    if (right === null) return () => false;
    return (found) => {
      const left = instantOf(found);
      return left !== null && compare(left, right);
    };
  };
  return operator(
    (literal) => instantOf(literal) !== null,
    "an ISO 8601 instant with its offset, such as \"2026-11-06T08:00:00Z\"",
    (found, expected) => expected !== undefined && bind(expected)(found),
    bind,
  );
};

const presence: Operator = {
  takes: (literal) => typeof literal === "boolean",
  expects: "true or false",
  takesFact: false,
  test: (found, expected) => typeof expected === "boolean" && (found !== undefined && found !== null) === expected,
  bind: (expected) => (found) => typeof expected === "boolean" && (found !== undefined && found !== null) === expected,
};

/**
 * Every operator by its name. On an absent path, or with a value that is an absent fact, each one is false except
 * `isPresent: false`. `notEqual` and `notIn` hold for a present value of another type: it is certainly not that one.
 * `isPresent` asks for a value, and null is none.
 */
export const OPERATORS: { readonly [name in OperatorName]: Operator } = {
  equal: equality(true),
  notEqual: equality(false),
  in: membership(true),
  notIn: membership(false),
  contains: containment(true),
  doesNotContain: containment(false),
  lessThan: ordering((left, right) => left < right),
  lessThanInclusive: ordering((left, right) => left <= right),
  greaterThan: ordering((left, right) => left > right),
  greaterThanInclusive: ordering((left, right) => left >= right),
  isPresent: presence,
  before: chronology((left, right) => left < right),
  after: chronology((left, right) => left > right),
  atOrBefore: chronology((left, right) => left <= right),
  atOrAfter: chronology((left, right) => left >= right),
};

/** The operator of that name, or undefined for a name that is none (inherited names included). */
export function findOperator(name: unknown): Operator | undefined {
  return typeof name === "string" && Object.hasOwn(OPERATORS, name) ? OPERATORS[name as OperatorName] : undefined;
}

/** True for a value that stands for another fact: `{ "fact": …, "path"?: … }`. */
export function isFactReference(value: Json): value is { readonly fact: Json; readonly path?: Json } {
  return isJsonObject(value) && Object.hasOwn(value, "fact");
}
