import { deliverOutbox } from "./deliver-outbox.ts";
import { fireTimers } from "./fire-timers.ts";
import { forgetExpired } from "./forget-expired.ts";
import { processInbox } from "./process-inbox.ts";
import { sweepWaiting } from "./sweep-waiting.ts";
import type { Worker, WorkerContext } from "./worker-context.ts";
import { WORKER_LIMITS, type WorkerLimits } from "./worker-limits.ts";

export interface WorkersDeps extends Omit<WorkerContext, "limits"> {
  readonly limits?: Partial<WorkerLimits>;
}

/**
 * Starts everything this process does after a commit: deliver commands, fire timers, take up stored messages, look at waiting
 * tasks again, forget what has expired. What an earlier process left unfinished is taken up first. `stop` takes on nothing new, waits for
 * deliveries under way and for the commits they lead to.
 */
export function startWorkers(deps: WorkersDeps): Worker {
  const context: WorkerContext = { ...deps, limits: { ...WORKER_LIMITS, ...deps.limits } };
  const { unitOfWork } = context;
  const delivery = deliverOutbox(context);
  const timers = fireTimers(context);
  const inbox = processInbox(context);
  const sweeper = sweepWaiting(context);
  const forgetter = forgetExpired(context);
  const detach = unitOfWork.attach({
    delivery: delivery.desk,
    timerSet: timers.timerSet,
    pendingStored: inbox.pendingStored,
    tasksWait: sweeper.tasksWait,
  });
  return {
    async stop() {
      await Promise.all([timers.stop(), inbox.stop(), sweeper.stop(), forgetter.stop()]);
      await delivery.stop();
      await unitOfWork.drain();
      detach();
    },
  };
}
