/** Uniform 32-bit words from one seed word; only used to fill the state of the real generator. */
export function splitmix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
}

/** xoshiro128** (Blackman and Vigna, version 1.1) with the draws a world needs. The same state gives the same draws for ever. */
export class Random {
  readonly #state: Uint32Array;

  constructor(state: readonly [number, number, number, number]) {
    this.#state = Uint32Array.from(state);
  }

  /** A generator of its own for a seed and a stream of that seed. */
  static of(seed: number, stream: number): Random {
    const next = splitmix32((seed ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0);
    return new Random([next(), next(), next(), next() || 1]);
  }

  /** The next 32 bits as an unsigned number. */
  word(): number {
    const state = this.#state;
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const z = c ^ a;
    const w = d ^ b;
    state[1] = b ^ z;
    state[0] = a ^ w;
    state[2] = z ^ (b << 9);
    state[3] = rotate(w, 11);
    return result;
  }

  /** A number in [0, 1). */
  fraction(): number {
    return this.word() / 2 ** 32;
  }

  /** True in this share of all draws. A draw is made in any case, so that the rest of the stream does not depend on the share. */
  chance(share: number): boolean {
    return this.fraction() < share;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  /** A whole number from `least` to `most` that is small most of the time; the larger `power`, the more often. */
  skewed(least: number, most: number, power: number): number {
    return least + Math.floor(this.fraction() ** power * (most - least + 1));
  }

  /** A number whose magnitude is uniform: as often between 1 and 10 as between 10 and 100. */
  spread(least: number, most: number): number {
    return Math.round(Math.exp(Math.log(least) + this.fraction() * (Math.log(most) - Math.log(least))));
  }

  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.fraction() * list.length)];
    if (found === undefined) throw new RangeError("There is nothing to pick from.");
    return found;
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** The seven streams: what is drawn from one never moves what the others give, so that a shrunk workload meets the same faults. */
export const STREAMS = ["plan", "order", "workload", "network", "downstream", "crash", "clock"] as const;

export type Streams = { readonly [name in (typeof STREAMS)[number]]: Random };

/** All streams of one seed. */
export function streamsOf(seed: number): Streams {
  return Object.fromEntries(STREAMS.map((name, position) => [name, Random.of(seed, position)])) as unknown as Streams;
}
