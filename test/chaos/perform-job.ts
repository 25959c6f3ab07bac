import { examine, type Verdict } from "./examine.ts";
import { foundAfter, hunt, PLANTED, type Kill } from "./planted/hunt.ts";
import type { Planted } from "./planted/planted.ts";
import type { Job } from "./workers.ts";

/** Does what a worker process is asked to do. */
export async function performJob(job: Job): Promise<Verdict | Kill> {
  if (job.kind === "world") return examine(job.world, job.twice);
  const bug = PLANTED[job.position] as Planted;
  const kill = await hunt(bug, job.seed);
  return { ...kill, checkers: await foundAfter(bug, kill, job.worldsAfter) };
}
