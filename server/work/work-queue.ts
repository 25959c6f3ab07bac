import type { Sweep } from "./admit-tasks.ts";
import type { Work, WorkResult } from "./contract.ts";

/** A work that someone waits for. */
export interface Entry {
  readonly work: Work;
  readonly resolve: (result: WorkResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Works in the order they came, and the wish to look at waiting tasks. */
export class WorkQueue {
  #entries: Entry[] = [];
  #sweep: Sweep = null;
  #arrived: (() => void) | null = null;
  /** Called whenever something is added. */
  onAdded: () => void = () => undefined;

  get idle(): boolean {
    return this.#entries.length === 0 && this.#sweep === null;
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
    this.#announce();
  }

  /** Puts works back in front: they were first. */
  putBack(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.#entries.unshift(...entries);
    this.#announce();
  }

  addSweep(sweep: Sweep): void {
    if (sweep === null) return;
    this.#sweep = sweep === "all" || this.#sweep === "all" ? "all" : new Set([...(this.#sweep ?? []), ...sweep]);
    this.#announce();
  }

  /** Takes the next works, leaving those of orders that are being worked on. */
  take(limit: number, underway: ReadonlySet<string> = new Set()): Entry[] {
    if (underway.size === 0) return this.#entries.splice(0, limit);
    const taken: Entry[] = [];
    const left: Entry[] = [];
    for (const entry of this.#entries) (taken.length < limit && !underway.has(entry.work.orderId) ? taken : left).push(entry);
    this.#entries = left;
    return taken;
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

  #announce(): void {
    this.#arrived?.();
    this.#arrived = null;
    this.onAdded();
  }
}
