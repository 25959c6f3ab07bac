import type { Worker, WorkerContext } from "./worker-context.ts";

export interface SweepWorker extends Worker {
  /** A commit left tasks waiting for admission. */
  readonly tasksWait: () => void;
}

/**
 * Has waiting tasks looked at again while some wait: a rate limit fills up with time, and another process may have
 * freed what they wait for. A commit that leaves tasks waiting asks for the next look; now and then it looks unasked, for
 * tasks that a process left behind which is gone.
 */
export function sweepWaiting({ unitOfWork, limits }: Pick<WorkerContext, "unitOfWork" | "limits">): SweepWorker {
  let asked: NodeJS.Timeout | undefined;
  const poll = setInterval(() => unitOfWork.sweep("all"), limits.sweepPollMs);
  poll.unref();
  unitOfWork.sweep("all");
  return {
    tasksWait() {
      asked ??= setTimeout(() => {
        asked = undefined;
        unitOfWork.sweep("all");
      }, limits.sweepMs);
    },
    stop() {
      clearInterval(poll);
      clearTimeout(asked);
      return Promise.resolve();
    },
  };
}
