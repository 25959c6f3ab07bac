interface Entry {
  readonly at: number;
  readonly sequence: number;
  readonly run: () => void | Promise<void>;
}

/** The one clock of a world: what happens next, by time and then by the order in which it was planned; never by the order of promises. */
export class Heap {
  readonly #entries: Entry[] = [];
  #sequence = 0;
  /** Virtual milliseconds since the epoch. */
  now: number;

  constructor(now: number) {
    this.now = now;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Instant of what comes next; Infinity when nothing does. */
  get nextAt(): number {
    return this.#entries[0]?.at ?? Infinity;
  }

  after(ms: number, run: () => void | Promise<void>): void {
    this.#sequence += 1;
    const entry = { at: this.now + Math.max(0, Math.round(ms)), sequence: this.#sequence, run };
    let position = this.#entries.push(entry) - 1;
    while (position > 0) {
      const above = (position - 1) >> 1;
      if (!before(entry, this.#entries[above] as Entry)) break;
      this.#entries[position] = this.#entries[above] as Entry;
      position = above;
    }
    this.#entries[position] = entry;
  }

  /** Takes the next event and moves the clock to it. */
  take(): Entry | null {
    const [top] = this.#entries;
    const last = this.#entries.pop();
    if (!top || !last) return null;
    if (this.#entries.length > 0) this.#sink(last);
    this.now = Math.max(this.now, top.at);
    return top;
  }

  #sink(entry: Entry): void {
    const entries = this.#entries;
    let position = 0;
    for (;;) {
      let child = 2 * position + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && before(entries[child + 1] as Entry, entries[child] as Entry)) child += 1;
      if (!before(entries[child] as Entry, entry)) break;
      entries[position] = entries[child] as Entry;
      position = child;
    }
    entries[position] = entry;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}
