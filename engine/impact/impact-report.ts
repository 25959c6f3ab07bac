import type { Instant } from "../language/kinds.ts";
import type { Order, ReleaseRef } from "../order/order.ts";
import type { BlockingRule } from "./blocking-rules.ts";
import type { DifferenceKind, ImpactClass, OrderImpact } from "./order-impact.ts";

/** Orders of one kind: how many, and some of them to look at. */
export interface ImpactGroup {
  readonly orders: number;
  readonly sampleOrderIds: readonly string[];
}

/** What a proposed release means for all open orders. */
export interface ImpactReport {
  readonly to: ReleaseRef;
  /** Forecasts begin here. */
  readonly assessedAt: Instant;
  readonly orders: number;
  readonly classes: { readonly [name in ImpactClass]: ImpactGroup };
  /** Releases the orders run on now. */
  readonly from: readonly (ReleaseRef & { readonly orders: number })[];
  /** Why orders are blocked, the most frequent first; an order may stand under several rules. */
  readonly rules: readonly (ImpactGroup & { readonly rule: BlockingRule; readonly example: string })[];
  /** By offering; an order counts for each offering it contains. */
  readonly products: readonly { readonly offering: string; readonly orders: number; readonly unaffected: number; readonly couldAdopt: number; readonly blocked: number }[];
  /** By kind of difference, of orders that could adopt. */
  readonly kinds: readonly (ImpactGroup & { readonly kind: DifferenceKind })[];
  /** What differs, by its name, the most frequent first; the rest is counted in `kinds`. */
  readonly differences: readonly (ImpactGroup & { readonly kind: DifferenceKind; readonly subject: string; readonly example: string; readonly assumed: boolean })[];
  readonly assumptions: readonly string[];
}

/** How much a report shows of each list. */
const REPORT_LIMITS = { samples: 5, differences: 50, assumptions: 50 } as const;

/** Gathers the impacts of many orders, one after the other, in the memory of a few counters. */
export class ImpactTally {
  readonly #to: ReleaseRef;
  readonly #assessedAt: Instant;
  #orders = 0;
  readonly #from = new Map<string, ReleaseRef & { orders: number }>();
  readonly #classes = new Map<string, Counter>();
  readonly #rules = new Map<string, Counter & { rule?: BlockingRule }>();
  readonly #kinds = new Map<string, Counter & { kind?: DifferenceKind }>();
  readonly #subjects = new Map<string, Counter & { kind?: DifferenceKind; subject?: string; assumed?: boolean }>();
  readonly #products = new Map<string, { orders: number; unaffected: number; couldAdopt: number; blocked: number }>();
  readonly #assumptions = new Set<string>();

  constructor(to: ReleaseRef, assessedAt: Instant) {
    this.#to = to;
    this.#assessedAt = assessedAt;
  }

  add(impact: OrderImpact, { items }: Pick<Order, "items">): void {
    const { orderId, from } = impact;
    this.#orders += 1;
    const known = this.#from.get(from.digest);
    if (known) known.orders += 1;
    else this.#from.set(from.digest, { ...from, orders: 1 });
    count(this.#classes, impact.class, orderId, "");
    for (const offering of new Set(items.map((item) => item.offering))) this.#countProduct(offering, impact.class);
    for (const { rule, why } of impact.blocked) Object.assign(count(this.#rules, rule, orderId, why), { rule });
    if (impact.class !== "could-adopt") return;
    for (const { kind, subject, why, assumed } of impact.differences) {
      Object.assign(count(this.#kinds, kind, orderId, why), { kind });
      Object.assign(count(this.#subjects, `${kind} ${subject}`, orderId, why), { kind, subject, assumed });
    }
    for (const assumption of impact.assumptions) if (this.#assumptions.size < REPORT_LIMITS.assumptions) this.#assumptions.add(assumption);
  }

  report(): ImpactReport {
    const group = ({ orders, samples }: Counter): ImpactGroup => ({ orders: orders.size, sampleOrderIds: samples });
    const classOf = (name: ImpactClass) => group(this.#classes.get(name) ?? newCounter(""));
    return {
      to: this.#to,
      assessedAt: this.#assessedAt,
      orders: this.#orders,
      classes: { unaffected: classOf("unaffected"), "could-adopt": classOf("could-adopt"), blocked: classOf("blocked") },
      from: [...this.#from.values()].sort((a, b) => b.orders - a.orders || (a.digest < b.digest ? -1 : 1)),
      rules: ranked(this.#rules).flatMap((counter) => (counter.rule ? [{ rule: counter.rule, ...group(counter), example: counter.example }] : [])),
      products: [...this.#products].sort(([a], [b]) => (a < b ? -1 : 1)).map(([offering, counts]) => ({ offering, ...counts })),
      kinds: ranked(this.#kinds).flatMap((counter) => (counter.kind ? [{ kind: counter.kind, ...group(counter) }] : [])),
      differences: ranked(this.#subjects).slice(0, REPORT_LIMITS.differences).flatMap((counter) =>
        counter.kind && counter.subject !== undefined ? [{ kind: counter.kind, subject: counter.subject, ...group(counter), example: counter.example, assumed: counter.assumed === true }] : []),
      assumptions: [...this.#assumptions].sort(),
    };
  }

  #countProduct(offering: string, name: ImpactClass): void {
    const counts = this.#products.get(offering) ?? { orders: 0, unaffected: 0, couldAdopt: 0, blocked: 0 };
    this.#products.set(offering, counts);
    counts.orders += 1;
    counts[name === "could-adopt" ? "couldAdopt" : name] += 1;
  }
}

interface Counter {
  readonly orders: Set<string>;
  readonly samples: string[];
  readonly example: string;
}

function newCounter(example: string): Counter {
  return { orders: new Set(), samples: [], example };
}

/** Counts an order once, however often it is named. */
function count<C extends Counter>(counters: Map<string, C>, name: string, orderId: string, example: string): C {
  const counter = counters.get(name) ?? (newCounter(example) as C);
  counters.set(name, counter);
  if (counter.orders.has(orderId)) return counter;
  counter.orders.add(orderId);
  if (counter.samples.length < REPORT_LIMITS.samples) counter.samples.push(orderId);
  return counter;
}

function ranked<C extends Counter>(counters: ReadonlyMap<string, C>): readonly C[] {
  return [...counters].sort(([a, left], [b, right]) => right.orders.size - left.orders.size || (a < b ? -1 : 1)).map(([, counter]) => counter);
}
