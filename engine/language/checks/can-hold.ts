import { formatInstant, parseInstant } from "../../support/instant.ts";
import { findOperator } from "../../rules/operators.ts";
import { isJsonObject, type Json } from "../../support/json.ts";
import type { Condition } from "../kinds.ts";

/** All values a fact's path can ever have, an absent one as undefined; null when nothing is known about it. */
export type PossibleValues = (fact: string, path: string) => readonly (Json | undefined)[] | null;

/** One comparison that must come out as wanted. */
interface Demand {
  readonly fact: string;
  readonly path: string;
  readonly operator: string;
  readonly value: Json;
  readonly wanted: boolean;
}

/** Ways through `any` that are tried; with more the condition counts as possible. */
const WAYS_MAX = 2_000;
const DEPTH_MAX = 64;

/**
 * False when a condition can never hold, whatever happens: no choice among its `any` leaves every fact a value that
 * passes all comparisons with it. A true answer proves nothing, because facts may depend on each other; a false one is
 * certain. Comparisons with other facts, and what is malformed, count as possible.
 */
export function canHold(condition: Condition, possible: PossibleValues): boolean {
  let ways = 0;
  const visit = (todo: readonly { readonly node: Json | undefined; readonly wanted: boolean; readonly depth: number }[], demands: readonly Demand[]): boolean => {
    const [first, ...rest] = todo;
    if (first === undefined) {
      ways += 1;
      return ways > WAYS_MAX || areTogetherPossible(demands, possible);
    }
    const { node, wanted, depth } = first;
    if (!isJsonObject(node) || depth > DEPTH_MAX) return visit(rest, demands);
    const { all, any, not, fact, path, operator, value } = node;
    const parts: Json | undefined = all ?? any;
    if (Array.isArray(parts)) {
      const inner = (parts as readonly Json[]).map((part) => ({ node: part, wanted, depth: depth + 1 }));
      // All of them must hold; or, of a negated `all` and of `any`, one must.
      if ((all !== undefined) === wanted) return visit([...inner, ...rest], demands);
      return inner.some((part) => visit([part, ...rest], demands));
    }
    if (not !== undefined) return visit([{ node: not, wanted: !wanted, depth: depth + 1 }, ...rest], demands);
    if (typeof fact !== "string" || typeof operator !== "string" || value === undefined || findOperator(operator)?.takes(value) !== true) return visit(rest, demands);
    return visit(rest, [...demands, { fact, path: typeof path === "string" ? path : "", operator, value, wanted }]);
  };
  return visit([{ node: condition, wanted: true, depth: 0 }], []);
}

function areTogetherPossible(demands: readonly Demand[], possible: PossibleValues): boolean {
  const bySource = new Map<string, Demand[]>();
  for (const demand of demands) {
    const source = `${demand.fact}.${demand.path}`;
    const others = bySource.get(source);
    if (others) others.push(demand);
    else bySource.set(source, [demand]);
  }
  return [...bySource.values()].every((same) => {
    const [{ fact, path } = { fact: "", path: "" }] = same;
    const values = possible(fact, path) ?? witnesses(same.map(({ value }) => value));
    return values.some((found) => same.every(({ operator, value, wanted }) => findOperator(operator)?.test(found, value) === wanted));
  });
}

/** Values that pass every set of comparisons with these literals that any value passes: the literals, and what lies between them. */
function witnesses(literals: readonly Json[]): readonly (Json | undefined)[] {
  const scalars = literals.flatMap((literal) => (Array.isArray(literal) ? (literal as readonly Json[]) : [literal]));
  const numbers = scalars.filter((value) => typeof value === "number");
  const instants = scalars.flatMap((value) => (typeof value === "string" ? parseInstant(value) ?? [] : []));
  const sublists = scalars.map((left) => scalars.filter((value) => value !== left));
  return [
    undefined, null, true, false, "another text", 0.5, [], {}, ...literals, ...scalars, ...around(numbers),
    ...around(instants).map((ms) => formatInstant(Math.round(ms))), scalars, ...scalars.map((value) => [value]), ...sublists,
  ];
}

/** A number below all, between each two, and above all of them. */
function around(numbers: readonly number[]): number[] {
  const sorted = [...new Set(numbers)].sort((left, right) => left - right);
  return sorted.flatMap((value, position) => [position === 0 ? value - 1 : ((sorted[position - 1] ?? 0) + value) / 2, value, ...(position === sorted.length - 1 ? [value + 1] : [])]);
}
