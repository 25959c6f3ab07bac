import type { Sweep } from "./admit-tasks.ts";
import type { Work, WorkResult } from "./contract.ts";
import { goesFirst } from "./work-class.ts";

/** A work that someone waits for. */
export interface Entry {
  readonly work: Work;
  readonly resolve: (result: WorkResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Share of every commit that the bulk gets however many people wait: a bulk work with n others before it waits for at most
 * n / (share of a commit) commits.
 */
export const BULK_SHARE = 0.25;

/**
 * Works in two lanes, what people ask for and the bulk, each in the order it came; and the wish to look at waiting tasks.
 * The works of one order keep their order: what stands before a person's work of the same order goes first with it.
 */
export class WorkQueue {
  /** Put back: they were first. */
  #again: Entry[] = [];
  #first: Entry[] = [];
  #bulk: Entry[] = [];
  #sweep: Sweep = null;
  #arrived: (() => void) | null = null;
  /** Orders that another process holds: left alone for a moment. */
  readonly #resting = new Set<string>();
  /** Called whenever something is added. */
  onAdded: () => void = () => undefined;

  get idle(): boolean {
    return this.length === 0 && this.#sweep === null;
  }

  /** Works that wait. */
  get length(): number {
    return this.#again.length + this.#first.length + this.#bulk.length;
  }

  push(entry: Entry): void {
    if (goesFirst(entry.work.input.type)) {
      this.#promote(entry.work.orderId);
      this.#first.push(entry);
    } else {
      this.#bulk.push(entry);
    }
    this.#announce();
  }

  /** Puts works back in front: they were first. */
  putBack(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.#again.unshift(...entries);
    this.#announce();
  }

  /** Puts works back in front and leaves their orders alone for a while; later works of these orders stay behind them. */
  rest(entries: readonly Entry[], ms: number): void {
    if (entries.length === 0) return;
    const orderIds = entries.map(({ work }) => work.orderId);
    for (const id of orderIds) this.#resting.add(id);
    this.putBack(entries);
    setTimeout(() => {
      for (const id of orderIds) this.#resting.delete(id);
      this.#announce();
    }, ms);
  }

  addSweep(sweep: Sweep): void {
    if (sweep === null) return;
    this.#sweep = sweep === "all" || this.#sweep === "all" ? "all" : new Set([...(this.#sweep ?? []), ...sweep]);
    this.#announce();
  }

  /** Takes the next works, leaving those of orders that are being worked on. */
  take(limit: number, underway: ReadonlySet<string> = new Set()): Entry[] {
    const passed = new Set([...underway, ...this.#resting]);
    if (this.#again.length === 0 && this.#first.length === 0 && passed.size === 0) return this.#bulk.splice(0, limit);
    const again = split(this.#again, limit, passed);
    const reserved = Math.min(this.#bulk.length, Math.max(1, Math.floor(limit * BULK_SHARE)));
    const first = split(this.#first, Math.max(1, limit - again.taken.length - reserved), passed);
    const bulk = split(this.#bulk, Math.max(0, limit - again.taken.length - first.taken.length), passed);
    this.#again = again.left;
    this.#first = first.left;
    this.#bulk = bulk.left;
    return [...again.taken, ...first.taken, ...bulk.taken];
  }

  takeSweep(): Sweep {
    const sweep = this.#sweep;
    this.#sweep = null;
    return sweep;
  }

  /** Resolves when something is added. */
  arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }

  #promote(orderId: string): void {
    if (!this.#bulk.some(({ work }) => work.orderId === orderId)) return;
    this.#first.push(...this.#bulk.filter(({ work }) => work.orderId === orderId));
    this.#bulk = this.#bulk.filter(({ work }) => work.orderId !== orderId);
  }

  #announce(): void {
    this.#arrived?.();
    this.#arrived = null;
    this.onAdded();
  }
}

/** The first works whose order is not in `passed`; orders of those left behind are added to it, so that none overtakes itself. */
function split(entries: readonly Entry[], limit: number, passed: Set<string>): { readonly taken: Entry[]; readonly left: Entry[] } {
  const taken: Entry[] = [];
  const left: Entry[] = [];
  for (const entry of entries) {
    if (taken.length < limit && !passed.has(entry.work.orderId)) {
      taken.push(entry);
    } else {
      left.push(entry);
      passed.add(entry.work.orderId);
    }
  }
  return { taken, left };
}
