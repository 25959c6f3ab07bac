import { examine, type Verdict } from "../examine.ts";
import { FIRST_FIFTEEN } from "./first-fifteen.ts";
import { OWN_ENGINE } from "./own-engine.ts";
import { OWN_PARTS } from "./own-parts.ts";
import type { Planted } from "./planted.ts";

export const PLANTED: readonly Planted[] = [...FIRST_FIFTEEN, ...OWN_ENGINE, ...OWN_PARTS];

/** Orders within which a planted bug must be found. */
const DEADLINE_ORDERS = 10_000;

const WORLD = { store: "memory", profile: "storm", orders: 40 } as const;

/** How a planted bug was found: by which world after how many orders, and by whom. */
export interface Kill {
  readonly seed: number | null;
  readonly orders: number;
  readonly checkers: readonly string[];
}

const clean = new Map<number, Promise<Verdict>>();

/** What the checkers say of a world without any bug; asked once per seed. */
function withoutBug(seed: number): Promise<Verdict> {
  const verdict = clean.get(seed) ?? examine({ ...WORLD, seed });
  clean.set(seed, verdict);
  return verdict;
}

/** The invariants a bug violates in one world and that hold there without it. */
async function found(bug: Planted, seed: number): Promise<ReadonlySet<string>> {
  const before = new Set((await withoutBug(seed)).violations.map(({ invariant }) => invariant));
  try {
    const { violations } = await examine({ ...WORLD, seed }, false, { parts: bug.parts() });
    return new Set(violations.map(({ invariant }) => invariant).filter((invariant) => !before.has(invariant)));
  } finally {
    bug.undo?.();
  }
}

/** Runs worlds until a checker finds the bug. */
export async function hunt(bug: Planted, seed: number, deadline = DEADLINE_ORDERS): Promise<Kill> {
  for (let orders = WORLD.orders, next = seed; orders <= deadline; orders += WORLD.orders, next += 1) {
    const checkers = await found(bug, next);
    if (checkers.size > 0) return { seed: next, orders, checkers: [...checkers].sort() };
  }
  return { seed: null, orders: deadline, checkers: [] };
}

/** Who finds a bug in the world that showed it or in the `worlds` after it. */
export async function foundAfter(bug: Planted, { seed, checkers }: Kill, worlds: number): Promise<readonly string[]> {
  const all = new Set(checkers);
  if (seed !== null) for (let n = 1; n <= worlds; n += 1) for (const invariant of await found(bug, seed + n)) all.add(invariant);
  return [...all].sort();
}
