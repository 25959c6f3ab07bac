import { CHECKERS } from "../checkers/all.ts";
import { examine, type Verdict } from "../examine.ts";
import { FIRST_FIFTEEN } from "./first-fifteen.ts";
import { OWN_ENGINE } from "./own-engine.ts";
import { OWN_PARTS } from "./own-parts.ts";
import type { Planted } from "./planted.ts";

export const PLANTED: readonly Planted[] = [...FIRST_FIFTEEN, ...OWN_ENGINE, ...OWN_PARTS];

/** Orders within which a planted bug must be found. */
export const DEADLINE_ORDERS = 10_000;

const WORLD = { store: "memory", profile: "storm", orders: 40 } as const;

/** How a planted bug was found: by which world after how many orders, and by whom. */
export interface Kill {
  readonly bug: Planted;
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
export async function found(bug: Planted, seed: number): Promise<ReadonlySet<string>> {
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
    if (checkers.size > 0) return { bug, seed: next, orders, checkers: [...checkers].sort() };
  }
  return { bug, seed: null, orders: deadline, checkers: [] };
}

/** Worlds, besides the one in which it was found, in which a bug is looked at for the matrix. */
const MATRIX_WORLDS = 4;

/** The command `--planted` and `--matrix`; the exit code. */
export async function runPlanted({ seed, matrix, print }: { readonly seed: number; readonly matrix: boolean; readonly print: (line: string) => void }): Promise<number> {
  const kills: Kill[] = [];
  for (const bug of PLANTED) {
    const kill = await hunt(bug, seed);
    print(`${kill.seed === null ? "SURVIVED" : "caught  "} ${bug.listed ? "listed" : "own   "} ${bug.name}: ${kill.seed === null ? `not within ${kill.orders} orders` : `seed ${kill.seed}, within ${kill.orders} orders, by ${kill.checkers.join(" ")}`}`);
    const checkers = matrix && kill.seed !== null ? await foundAfter(bug, kill) : kill.checkers;
    if (matrix) print(`         with the ${MATRIX_WORLDS} worlds after it: ${checkers.join(" ")}`);
    kills.push({ ...kill, checkers });
  }
  const survivors = kills.filter((kill) => kill.seed === null).length;
  print(`${PLANTED.length - survivors} of ${PLANTED.length} planted bugs caught (${FIRST_FIFTEEN.length} listed).`);
  return decorations(kills, print) > 0 || survivors > 0 ? 1 : 0;
}

/** Who finds a bug in the world that showed it or in those after it. */
async function foundAfter(bug: Planted, { seed, checkers }: Kill): Promise<readonly string[]> {
  const all = new Set(checkers);
  for (let n = 1; n <= MATRIX_WORLDS; n += 1) for (const invariant of await found(bug, (seed ?? 0) + n)) all.add(invariant);
  return [...all].sort();
}

/** Says for each checker which bugs only it finds; returns how many checkers could be deleted unnoticed. */
function decorations(kills: readonly Kill[], print: (line: string) => void): number {
  let idle = 0;
  for (const { id, title } of CHECKERS) {
    const alone = kills.filter(({ checkers }) => checkers.length === 1 && checkers[0] === id);
    const all = kills.filter(({ checkers }) => checkers.includes(id));
    if (alone.length === 0) idle += 1;
    print(`${alone.length === 0 ? "NOT NEEDED" : "needed    "} ${id} ${title}: alone finds ${alone.map(({ bug }) => `"${bug.name}"`).join(", ") || "nothing"}; with others ${all.length - alone.length}`);
  }
  print(`${CHECKERS.length - idle} of ${CHECKERS.length} checkers are the only ones to find some planted bug.`);
  return idle;
}
