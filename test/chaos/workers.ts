import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { WorldName } from "./examine.ts";

/** One world to be examined. `twice`: the same seed must give the same history. */
export interface WorldJob {
  readonly kind: "world";
  readonly world: WorldName;
  readonly twice: boolean;
}

/** One planted bug to be hunted, and to be looked at in some worlds after the one that showed it. */
export interface BugJob {
  readonly kind: "bug";
  readonly position: number;
  readonly seed: number;
  readonly worldsAfter: number;
}

export type Job = WorldJob | BugJob;

/** Does jobs in several processes and tells of each as it ends. What comes of a job does not depend on the number of processes. */
export async function inWorkers<J extends Job>(list: readonly J[], processes: number, perform: (job: J) => Promise<unknown>, tell: (result: unknown, job: J) => void): Promise<void> {
  const open = [...list];
  if (processes > 1) await Promise.all(Array.from({ length: Math.min(processes, list.length) }, () => employ(() => open.shift() ?? null, tell)));
  else for (const job of list) tell(await perform(job), job);
}

function employ<J extends Job>(take: () => J | null, tell: (result: unknown, job: J) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(fileURLToPath(new URL("./main.ts", import.meta.url)), ["--worker"]);
    let job = take();
    const give = (): void => {
      if (job) worker.send(job);
      else worker.disconnect();
    };
    worker.on("message", (result) => {
      if (job) tell(result, job);
      job = take();
      give();
    });
    worker.on("error", reject);
    worker.on("exit", (code) => (job === null && code === 0 ? resolve() : reject(new Error(`A worker ended with code ${String(code)}; its own words are above.`))));
    give();
  });
}
