import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { examine, type Verdict, type WorldName } from "./examine.ts";

/** One world to be examined by a worker process. */
interface Job {
  readonly world: WorldName;
  readonly twice: boolean;
}

/** Every so many worlds one is run twice: the same seed must give the same history. */
const TWICE_EVERY = 50;

/**
 * Examines worlds on several processes and tells of each as it ends. What comes of a world does not depend on the number
 * of processes.
 */
export async function examineAll(worlds: readonly WorldName[], jobs: number, tell: (verdict: Verdict) => void): Promise<void> {
  let next = 0;
  const take = (): Job | null => {
    const world = worlds[next];
    next += 1;
    return world ? { world, twice: (next - 1) % TWICE_EVERY === 0 } : null;
  };
  if (jobs <= 1) {
    for (let job = take(); job; job = take()) tell(await examine(job.world, job.twice));
    return;
  }
  await Promise.all(Array.from({ length: Math.min(jobs, worlds.length) }, () => employ(take, tell)));
}

function employ(take: () => Job | null, tell: (verdict: Verdict) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(fileURLToPath(new URL("./main.ts", import.meta.url)), ["--worker"]);
    let idle = false;
    const give = (): void => {
      const job = take();
      idle = job === null;
      if (job) worker.send(job);
      else worker.disconnect();
    };
    worker.on("message", (verdict) => {
      tell(verdict as Verdict);
      give();
    });
    worker.on("error", reject);
    worker.on("exit", (code) => (idle && code === 0 ? resolve() : reject(new Error(`A worker ended with code ${String(code)}; its own words are above.`))));
    give();
  });
}
