import { repeat, type RepeatingWorker } from "./repeat.ts";
import type { WorkerContext } from "./worker-context.ts";

/**
 * Has waiting tasks looked at again while some wait: a rate limit fills up with time, and another process may have
 * freed what they wait for. Every commit that leaves tasks waiting wakes it; it rests when none wait.
 */
export function sweepWaiting({ unitOfWork, log, limits }: Pick<WorkerContext, "unitOfWork" | "log" | "limits">): RepeatingWorker {
  let first = true;
  let due = Promise.resolve();
  const worker = repeat("sweep-waiting", log, limits, async () => {
    await due;
    unitOfWork.sweep("all");
    if (!first) due = new Promise((resolve) => setTimeout(resolve, limits.sweepMs).unref());
    first = false;
    return null;
  });
  return worker;
}
