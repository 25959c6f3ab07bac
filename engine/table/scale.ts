import type { Comparable, Domain } from "../feel/cell-domain.ts";
import type { Ordering } from "../feel/parse-cell.ts";
import { sampleBetween } from "./sample-values.ts";

/** What is known of the values a column may have, beyond its type. */
export interface KnownValues {
  readonly minimum?: number | null;
  readonly maximum?: number | null;
  readonly integer?: boolean;
}

/** A stretch of positions, both ends included. */
export type Stretch = readonly [from: number, to: number];

/**
 * The values of one domain cut into positions, so that every test of a column says the same of all values at a position:
 * each point that a test names, and what lies between. Where no test asks for an order, one position stands for all
 * values that are not named.
 */
export class Scale {
  readonly domain: Domain;
  readonly size: number;
  readonly #points: readonly Comparable[];
  readonly #indexOf: ReadonlyMap<Comparable, number>;
  readonly #ordered: boolean;
  readonly #known: KnownValues;

  constructor(domain: Domain, points: Iterable<Comparable>, ordered: boolean, known: KnownValues) {
    this.domain = domain;
    this.#points = [...new Set(points)].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
    this.#indexOf = new Map(this.#points.map((point, index) => [point, index]));
    this.#ordered = ordered && domain !== "boolean";
    this.#known = known;
    this.size = this.#ordered ? this.#points.length * 2 + 1 : this.#points.length + 1;
  }

  /** Where a named value is. */
  pointAt(value: Comparable): number {
    const index = this.#indexOf.get(value) ?? 0;
    return this.#ordered ? index * 2 + 1 : index;
  }

  /** Where values stand that compare so with a named one. */
  compared(operator: Ordering, value: Comparable): Stretch {
    const at = this.pointAt(value);
    switch (operator) {
      case "<": return [0, at - 1];
      case "<=": return [0, at];
      case ">": return [at + 1, this.size - 1];
      case ">=": return [at, this.size - 1];
    }
  }

  /** True for the position of a named value. */
  isPoint(position: number): boolean {
    return this.#ordered ? position % 2 === 1 : position < this.#points.length;
  }

  /** A value at a position; undefined when there is none, as between two whole numbers in a row. */
  sample(position: number): Comparable | undefined {
    if (this.isPoint(position)) {
      const point = this.#points[this.#ordered ? (position - 1) / 2 : position];
      return point !== undefined && isKnown(point, this.#known) ? point : undefined;
    }
    if (this.domain === "boolean") return [true, false].find((value) => !this.#indexOf.has(value));
    if (this.#ordered) return sampleBetween(this.domain, this.#points[position / 2 - 1], this.#points[position / 2], (value) => isKnown(value, this.#known), this.#known);
    return sampleBetween(this.domain, undefined, undefined, (value) => !this.#indexOf.has(value) && isKnown(value, this.#known), this.#known, this.#points);
  }
}

function isKnown(value: Comparable, { minimum = null, maximum = null, integer = false }: KnownValues): boolean {
  if (typeof value !== "number") return true;
  return (minimum === null || value >= minimum) && (maximum === null || value <= maximum) && (!integer || Number.isInteger(value));
}
