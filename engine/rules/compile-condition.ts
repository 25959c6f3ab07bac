import type { Report } from "../language/diagnostic.ts";
import type { Condition } from "../language/kinds.ts";
import { LIMITS } from "../language/limits.ts";
import type { Json } from "../support/json.ts";
import { isJsonObject } from "../support/json.ts";
import { parsePath, pointer } from "./fact-path.ts";
import type { FactName, Facts } from "./facts.ts";
import { readPath } from "./facts.ts";
import { findOperator, isFactReference, OPERATOR_NAMES } from "./operators.ts";

/** A condition compiled to a closure. */
export interface CompiledCondition {
  readonly source: Condition;
  /** Strict and synchronous: own properties only, no coercion, an absent path makes every operator but `isPresent` false. */
  readonly holds: (facts: Facts) => boolean;
  /** The same answer with its leaves, for explanations. Slower; not for the hot path. */
  readonly explain: (facts: Facts) => ConditionTrace;
}

/** Which leaf of a condition held and which did not, with the value that was found. */
export interface ConditionTrace {
  readonly holds: boolean;
  readonly leaves: readonly {
    readonly fact: string;
    readonly path: string;
    readonly operator: string;
    readonly expected: Json;
    readonly found: Json;
    readonly holds: boolean;
  }[];
}

type Holds = (facts: Facts) => boolean;
type Leaf = (facts: Facts) => ConditionTrace["leaves"][number];
type Read = (facts: Facts) => Json | undefined;

interface Compilation {
  readonly allowedFacts: ReadonlySet<FactName>;
  readonly report: Report;
  /** Leaves in the order in which they are written. */
  readonly leaves: Leaf[];
}

/**
 * Compiles a condition to closures. Never throws: what is wrong is reported under a JSON Pointer that begins with
 * `path`, and the result is then a condition that never holds.
 */
export function compileCondition(
  condition: Condition, allowedFacts: ReadonlySet<FactName>, report: Report, path: string,
): CompiledCondition {
  const leaves: Leaf[] = [];
  const holds = compileNode(condition, path, 1, { allowedFacts, report, leaves });
  if (!holds) return { source: condition, holds: () => false, explain: () => ({ holds: false, leaves: [] }) };
  return {
    source: condition,
    holds,
    explain: (facts) => ({ holds: holds(facts), leaves: leaves.map((leaf) => leaf(facts)) }),
  };
}

function compileNode(node: Json, path: string, depth: number, at: Compilation): Holds | null {
  if (depth > LIMITS.depth) {
    at.report("too-deep", path, `Conditions may be nested ${LIMITS.depth} deep at most; split this one up.`);
    return null;
  }
  if (!isJsonObject(node)) return malformed(at, path, "A condition is an object with all, any, not or fact.");
  if (Object.hasOwn(node, "fact")) return compileLeaf(node, path, at);
  const keys = Object.keys(node);
  const [key] = keys;
  if (keys.length !== 1 || (key !== "all" && key !== "any" && key !== "not")) {
    return malformed(at, path, "A condition has exactly one of all, any and not, or else fact, path, operator and value.");
  }
  const inner = node[key] as Json;
  if (key === "not") {
    const negated = compileNode(inner, pointer(path, key), depth + 1, at);
    return negated && ((facts) => !negated(facts));
  }
  if (!Array.isArray(inner)) return malformed(at, pointer(path, key), `"${key}" needs a list of conditions.`);
  if (key === "any" && inner.length === 0) {
    return malformed(at, pointer(path, key), "\"any\" of nothing says nothing: leave it out or write { \"all\": [] }.");
  }
  const parts = (inner as readonly Json[]).map((part, index) =>
    compileNode(part, pointer(pointer(path, key), index), depth + 1, at));
  const compiled = parts.filter((part) => part !== null);
  if (compiled.length < parts.length) return null;
  if (compiled.length === 1) return compiled[0] as Holds;
  return key === "all"
    ? (facts) => {
        for (const part of compiled) if (!part(facts)) return false;
        return true;
      }
    : (facts) => {
        for (const part of compiled) if (part(facts)) return true;
        return false;
      };
}

const LEAF_KEYS: ReadonlySet<string> = new Set(["fact", "path", "operator", "value"]);

function compileLeaf(leaf: { readonly [key: string]: Json | undefined }, path: string, at: Compilation): Holds | null {
  const { operator: name, value } = leaf;
  const read = compileRead(leaf.fact, leaf.path, path, at);
  const odd = Object.keys(leaf).find((key) => !LEAF_KEYS.has(key));
  if (odd !== undefined && read) return malformed(at, pointer(path, odd), `A comparison has no "${odd}".`);
  const operator = findOperator(name);
  if (!operator) {
    at.report("unknown-operator", pointer(path, "operator"),
      `There is no operator ${JSON.stringify(name)}. The operators are ${OPERATOR_NAMES.join(", ")}.`);
  }
  if (value === undefined) return malformed(at, path, "A comparison needs a value.");
  const valuePath = pointer(path, "value");
  const reference = isFactReference(value);
  if (operator && (reference ? !operator.takesFact : !operator.takes(value))) {
    at.report("type-mismatch", valuePath, `The operator ${JSON.stringify(name)} takes ${operator.expects}.`);
    return null;
  }
  const readValue = reference ? compileReference(value, valuePath, at) : null;
  if (!read || !operator || (reference && !readValue)) return null;
  const trace = { fact: leaf.fact as string, path: (leaf.path ?? "") as string, operator: name as string };
  if (readValue) {
    const { test } = operator;
    at.leaves.push((facts) => {
      const [found, expected] = [read(facts), readValue(facts)];
      return { ...trace, expected: expected ?? null, found: found ?? null, holds: test(found, expected) };
    });
    return (facts) => test(read(facts), readValue(facts));
  }
  const bound = operator.bind(value);
  at.leaves.push((facts) => {
    const found = read(facts);
    return { ...trace, expected: value, found: found ?? null, holds: bound(found) };
  });
  return (facts) => bound(read(facts));
}

function compileReference(
  value: { readonly [key: string]: Json | undefined }, path: string, at: Compilation,
): Read | null {
  const odd = Object.keys(value).find((key) => key !== "fact" && key !== "path");
  if (odd !== undefined) return malformed(at, pointer(path, odd), `A value that is a fact has no "${odd}".`);
  return compileRead(value.fact, value.path, path, at);
}

function compileRead(fact: Json | undefined, dotted: Json | undefined, path: string, at: Compilation): Read | null {
  if (typeof fact !== "string" || !at.allowedFacts.has(fact as FactName)) {
    at.report("unknown-fact", pointer(path, "fact"),
      `The fact ${JSON.stringify(fact)} does not exist here. Known here: ${[...at.allowedFacts].join(", ")}.`);
    return null;
  }
  const name = fact as FactName;
  if (dotted === undefined) return (facts) => facts[name];
  const segments = typeof dotted === "string" ? parsePath(dotted) : null;
  if (!segments) {
    at.report("path-forbidden", pointer(path, "path"),
      `${JSON.stringify(dotted)} is no path: write property names of letters, digits, _ and - joined by dots.`);
    return null;
  }
  return compilePath(name, segments);
}

function compilePath(name: FactName, segments: readonly string[]): Read {
  const [only] = segments;
  if (segments.length > 1 || only === undefined) return (facts) => readPath(facts[name], segments);
  return (facts) => {
    const value = facts[name];
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, only)) return undefined;
    return (value as { readonly [key: string]: Json | undefined })[only];
  };
}

function malformed(at: Compilation, path: string, message: string): null {
  at.report("condition-malformed", path, message);
  return null;
}
