import type { Verdict, WorldName } from "./examine.ts";
import { performJob } from "./perform-job.ts";
import { inWorkers, type WorldJob } from "./workers.ts";

/** Every so many worlds one is run twice: the same seed must give the same history. */
const TWICE_EVERY = 50;

/** Examines worlds on several processes and tells of each as it ends. */
export async function examineAll(worlds: readonly WorldName[], processes: number, tell: (verdict: Verdict) => void): Promise<void> {
  const jobs = worlds.map((world, position): WorldJob => ({ kind: "world", world, twice: position % TWICE_EVERY === 0 }));
  await inWorkers(jobs, processes, performJob, (verdict) => tell(verdict as Verdict));
}
