import { msBetween } from "../../engine/support/instant.ts";
import { readDueTimers, readNextDueAt } from "../store/timer-store.ts";
import { repeat, type RepeatingWorker } from "./repeat.ts";
import type { WorkerContext } from "./worker-context.ts";

export interface TimerWorker extends RepeatingWorker {
  /** A timer was set: look then, unless an earlier look is planned. */
  readonly timerSet: (dueAt: string) => void;
}

/**
 * Fires timers that are due, the earliest first and none early. The rows are the truth: memory only holds when to look next.
 * A timer that was stopped or moved while it was in the queue is found out by the unit of work and says nothing.
 */
export function fireTimers({ database, unitOfWork, now, log, limits }: WorkerContext): TimerWorker {
  let alarm: NodeJS.Timeout | undefined;
  let alarmAt: string | null = null;

  function timerSet(dueAt: string): void {
    if (alarmAt !== null && alarmAt <= dueAt) return;
    clearTimeout(alarm);
    alarmAt = dueAt;
    const waitMs = msBetween(now(), dueAt);
    if (waitMs > limits.timerPollMs) {
      // The poll comes first and will look again.
      alarmAt = null;
      return;
    }
    alarm = setTimeout(() => {
      alarmAt = null;
      worker.wake();
    }, Math.max(0, waitMs));
    alarm.unref();
  }

  const worker = repeat("fire-timers", log, limits, async () => {
    const due = await readDueTimers(database, now(), limits.timerBatch);
    await Promise.all(
      due.map(({ timerId, orderId, dueAt }) =>
        unitOfWork.handle({ orderId, input: { type: "TimerFired", timerId, id: `timer/${timerId}@${dueAt}`, at: now() } }),
      ),
    );
    if (due.length === limits.timerBatch) return 0;
    const nextDueAt = await readNextDueAt(database);
    return nextDueAt === null ? limits.timerPollMs : Math.min(limits.timerPollMs, Math.max(0, msBetween(now(), nextDueAt)));
  });

  return {
    ...worker,
    timerSet,
    async stop() {
      clearTimeout(alarm);
      await worker.stop();
    },
  };
}
