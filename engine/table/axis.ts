import { literalOfJson, type CellLiteral, type Comparable, type Domain } from "../feel/cell-domain.ts";
import type { CellTest } from "../feel/parse-cell.ts";
import type { CellTests, CompiledCell } from "../feel/unary-test.ts";
import type { InputColumn } from "../language/table-kinds.ts";
import type { Json } from "../support/json.ts";
import { toFact } from "./sample-values.ts";
import { Scale, type KnownValues, type Stretch } from "./scale.ts";

/** What is known of the values of a column: all of them, or their bounds. */
export interface ColumnValues extends KnownValues {
  readonly values?: readonly Json[] | null;
}

/** A cell on its axis: stretches in their order, everything, or something that cannot be reasoned about. */
export type CellSet = readonly Stretch[] | "any" | "unknown";

const NULL_AT = 0;

/**
 * One input of a table cut into positions at which every cell says one thing. The first position is an absent value, which
 * stands for a value of another type as well: only `-` and null match it. A list matches by any of its elements, so a
 * column of lists has, beside each single element, the empty list and the list of everything: whatever rows a list
 * matches, one of these decides whether they overlap, shadow each other or leave a gap.
 */
export class Axis {
  readonly columns: readonly InputColumn[];
  readonly size: number;
  /** Whether some value is at a position. */
  readonly valid: Uint8Array;
  /** Whether a gap at a position is worth a word: not at an absent value unless the column speaks of it. */
  readonly asked: Uint8Array;
  /** Why nothing can be said of this column; null when something can. */
  readonly leftOut: string | null;
  readonly #scales: readonly { readonly scale: Scale; readonly offset: number }[];
  /** How many positions before each one have a value. */
  readonly #validBefore: Int32Array;
  readonly #elements: Stretch;
  readonly #isList: boolean;

  constructor(columns: readonly InputColumn[], cells: Iterable<CompiledCell>, known: ColumnValues, correlated: boolean) {
    const [{ type } = { type: "string" as const }] = columns;
    this.columns = columns;
    this.#isList = type === "list";
    const named = new Map<Domain, Set<Comparable>>();
    let [ordered, speaksOfNull] = [false, known.values?.includes(null) ?? false];
    const name = (literal: CellLiteral): void => {
      if (literal === null) speaksOfNull = true;
      else named.set(literal.domain, (named.get(literal.domain) ?? new Set()).add(literal.value));
    };
    for (const test of testsOf(cells)) {
      if (test.kind === "equals") test.literals.forEach(name);
      else if (test.kind === "asks") continue;
      else {
        ordered = true;
        for (const literal of test.kind === "compares" ? [test.literal] : [test.low, test.high]) name(literal);
      }
    }
    for (const value of known.values ?? []) {
      const literal = literalOfJson(value, type);
      if (literal) name(literal);
    }
    if (named.size === 0) named.set(DEFAULT_DOMAIN[type], new Set());
    this.leftOut = correlated ? "it depends on another column" : hasMixedDomains(named) ? "it mixes kinds of values that are not told apart" : null;

    let offset = this.#isList ? 2 : 1;
    const scales: { scale: Scale; offset: number }[] = [];
    for (const domain of [...named.keys()].sort()) {
      const scale = new Scale(domain, named.get(domain) ?? [], ordered, known);
      scales.push({ scale, offset });
      offset += scale.size;
    }
    this.#scales = scales;
    this.#elements = [this.#isList ? 2 : 1, offset - 1];
    this.size = this.#isList ? offset + 1 : offset;
    this.valid = new Uint8Array(this.size);
    this.asked = new Uint8Array(this.size);
    this.#mark(known.values ?? null, type, speaksOfNull);
    this.#validBefore = new Int32Array(this.size + 1);
    for (let at = 0; at < this.size; at += 1) this.#validBefore[at + 1] = (this.#validBefore[at] ?? 0) + (this.valid[at] ?? 0);
  }

  #mark(values: readonly Json[] | null, type: InputColumn["type"], speaksOfNull: boolean): void {
    const listed = values === null ? null : new Set(values.flatMap((value) => {
      const literal = literalOfJson(value, type);
      return literal ? [`${literal.domain} ${String(literal.value)}`] : [];
    }));
    for (const { scale, offset } of this.#scales) {
      for (let position = 0; position < scale.size; position += 1) {
        const sample = scale.sample(position);
        const isListed = listed === null || (scale.isPoint(position) && listed.has(`${scale.domain} ${String(sample)}`));
        this.valid[offset + position] = this.asked[offset + position] = sample !== undefined && isListed ? 1 : 0;
      }
    }
    this.valid[NULL_AT] = 1;
    this.asked[NULL_AT] = speaksOfNull ? 1 : 0;
    if (!this.#isList) return;
    this.valid[1] = this.asked[1] = 1;
    this.valid[this.size - 1] = 1;
  }

  /** The positions at which the cells of one row on this axis, one for each of its columns, all match. */
  place(cells: readonly CompiledCell[]): CellSet {
    let result: CellSet = "any";
    for (const cell of cells) {
      if (cell.any) continue;
      if (this.leftOut !== null || cell.tests?.tests.some(({ kind }) => kind === "asks") === true) return "unknown";
      const own: readonly Stretch[] = cell.tests === null ? [] : this.#placeTests(cell.tests);
      result = result === "any" ? own : intersect(result, own);
    }
    return result === "any" ? result : result.filter(([from, to]) => this.hasValid(from, to));
  }

  #placeTests({ negated, tests }: CellTests): readonly Stretch[] {
    const stretches = merged(tests.flatMap((test) => this.#placeTest(test)));
    const matched = negated ? complement(stretches, this.#elements) : stretches;
    // A list of everything matches whatever some element matches.
    const full = this.size - 1;
    return this.#isList && matched.some(([, to]) => to >= this.#elements[0]) ? merged([...matched, [full, full]]) : matched;
  }

  #placeTest(test: CellTest): readonly Stretch[] {
    switch (test.kind) {
      case "equals": {
        const points = merged(test.literals.map((literal) => this.#point(literal)));
        return test.wanted ? points : complement(points, this.#elements);
      }
      case "compares": {
        const { scale, offset } = this.#scaleOf(test.literal.domain);
        return shifted(scale.compared(test.operator, test.literal.value), offset);
      }
      case "between": {
        const { scale, offset } = this.#scaleOf(test.low.domain);
        const [from] = scale.compared(test.lowIncluded ? ">=" : ">", test.low.value);
        const [, to] = scale.compared(test.highIncluded ? "<=" : "<", test.high.value);
        return shifted([from, to], offset);
      }
      case "asks":
        return [];
    }
  }

  #point(literal: CellLiteral): Stretch {
    if (literal === null) return [NULL_AT, NULL_AT];
    const { scale, offset } = this.#scaleOf(literal.domain);
    const at = offset + scale.pointAt(literal.value);
    return [at, at];
  }

  #scaleOf(domain: Domain): { readonly scale: Scale; readonly offset: number } {
    return this.#scales.find(({ scale }) => scale.domain === domain) ?? { scale: new Scale(domain, [], true, {}), offset: this.size };
  }

  /** True when some position of a stretch has a value. */
  hasValid(from: number, to: number): boolean {
    return (this.#validBefore[to + 1] ?? 0) > (this.#validBefore[from] ?? 0);
  }

  /** A value at the first position of a stretch that has one, where `wanted` holds; undefined when none has. */
  sample(from: number, to: number, wanted: Uint8Array): Json | undefined {
    for (let at = from; at <= to; at += 1) if (wanted[at] === 1 && this.valid[at] === 1) return this.#valueAt(at);
    return undefined;
  }

  #valueAt(at: number): Json {
    if (at === NULL_AT) return null;
    if (!this.#isList) return this.#elementAt(at);
    if (at === 1) return [];
    if (at < this.size - 1) return [this.#elementAt(at)];
    const elements: Json[] = [];
    for (let each = this.#elements[0]; each <= this.#elements[1]; each += 1) if (this.valid[each] === 1) elements.push(this.#elementAt(each));
    return elements;
  }

  #elementAt(at: number): Json {
    const found = this.#scales.findLast(({ offset }) => offset <= at);
    const value = found?.scale.sample(at - found.offset);
    return found === undefined || value === undefined ? null : toFact(found.scale.domain, value);
  }
}

const DEFAULT_DOMAIN: { readonly [type in InputColumn["type"]]: Domain } = {
  string: "text", number: "number", boolean: "boolean", date: "instant", duration: "days", list: "text",
};

function* testsOf(cells: Iterable<CompiledCell>): Generator<CellTest> {
  for (const cell of cells) yield* cell.tests?.tests ?? [];
}

/** A text may be an instant, a duration or a time too, so tests of such domains are not apart from tests of texts. */
function hasMixedDomains(named: ReadonlyMap<Domain, unknown>): boolean {
  return named.has("text") && (["instant", "days", "months", "time"] as const).some((domain) => named.has(domain));
}

function shifted([from, to]: Stretch, offset: number): readonly Stretch[] {
  return from > to ? [] : [[from + offset, to + offset]];
}

function merged(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...stretches].sort((left, right) => left[0] - right[0])) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

function complement(stretches: readonly Stretch[], [from, to]: Stretch): readonly Stretch[] {
  const result: Stretch[] = [];
  let next = from;
  for (const [low, high] of stretches) {
    if (low > next) result.push([next, low - 1]);
    next = Math.max(next, high + 1);
  }
  if (next <= to) result.push([next, to]);
  return result;
}

function intersect(left: readonly Stretch[], right: readonly Stretch[]): readonly Stretch[] {
  return left.flatMap(([from, to]) => right.flatMap(([low, high]): Stretch[] => (Math.max(from, low) <= Math.min(to, high) ? [[Math.max(from, low), Math.min(to, high)]] : [])));
}
