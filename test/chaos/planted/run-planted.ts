import { CHECKERS } from "../checkers/all.ts";
import { performJob } from "../perform-job.ts";
import { inWorkers, type BugJob } from "../workers.ts";
import { FIRST_FIFTEEN } from "./first-fifteen.ts";
import { PLANTED, type Kill } from "./hunt.ts";
import type { Planted } from "./planted.ts";

/** Worlds, besides the one in which it was found, in which a bug is looked at for the matrix. */
const MATRIX_WORLDS = 4;

interface Row extends Kill {
  readonly bug: Planted;
}

/** The command `--planted` and `--matrix`; the exit code. */
export async function runPlanted({ seed, matrix, jobs, print }: { readonly seed: number; readonly matrix: boolean; readonly jobs: number; readonly print: (line: string) => void }): Promise<number> {
  const rows: Row[] = [];
  const hunts = PLANTED.map((_, position): BugJob => ({ kind: "bug", position, seed, worldsAfter: matrix ? MATRIX_WORLDS : 0 }));
  await inWorkers(hunts, jobs, performJob, (result, { position }) => {
    const bug = PLANTED[position] as Planted;
    const row = { ...(result as Kill), bug };
    rows.push(row);
    print(lineOf(row));
  });
  rows.sort((a, b) => PLANTED.indexOf(a.bug) - PLANTED.indexOf(b.bug));
  const survivors = rows.filter((row) => row.seed === null).length;
  const idle = decorations(rows, print);
  print(`${PLANTED.length - survivors} of ${PLANTED.length} planted bugs caught (${FIRST_FIFTEEN.length} listed).`);
  print(`${CHECKERS.length - idle} of ${CHECKERS.length} checkers are the only ones to find some planted bug${matrix ? `, over ${MATRIX_WORLDS + 1} worlds of each` : " in the world that showed it"}.`);
  return idle > 0 || survivors > 0 ? 1 : 0;
}

function lineOf({ bug, seed, orders, checkers }: Row): string {
  return `${seed === null ? "SURVIVED" : "caught  "} ${bug.listed ? "listed" : "own   "} ${bug.name}: ${seed === null ? `not within ${orders} orders` : `seed ${seed}, within ${orders} orders, by ${checkers.join(" ")}`}`;
}

/** Says for each checker which bugs only it finds; returns how many checkers could be deleted unnoticed. */
function decorations(rows: readonly Row[], print: (line: string) => void): number {
  let idle = 0;
  for (const { id, title } of CHECKERS) {
    const alone = rows.filter(({ checkers }) => checkers.length === 1 && checkers[0] === id);
    const all = rows.filter(({ checkers }) => checkers.includes(id));
    if (alone.length === 0) idle += 1;
    print(`${alone.length === 0 ? "NOT NEEDED" : "needed    "} ${id} ${title}: alone finds ${alone.map(({ bug }) => `"${bug.name}"`).join(", ") || "nothing"}; with others ${all.length - alone.length}`);
  }
  return idle;
}
