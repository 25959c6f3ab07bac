import type { Condition } from "../language/kinds.ts";
import type { Json } from "../support/json.ts";
import type { Facts } from "./facts.ts";

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
