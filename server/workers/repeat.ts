import type { Logger } from "pino";
import type { Worker } from "./worker-context.ts";
import type { WorkerLimits } from "./worker-limits.ts";

/** A worker that can be told to look now. */
export interface RepeatingWorker extends Worker {
  readonly wake: () => void;
}

/**
 * Runs `round` again and again, one at a time: at once when it is woken, otherwise after the wait that the last round
 * returned (null: only when woken). A round that fails is logged and tried again more and more slowly; nothing ends the worker but
 * `stop`, which waits for the round under way.
 */
export function repeat(name: string, log: Logger, limits: Pick<WorkerLimits, "backoffMs" | "maxBackoffMs">, round: () => Promise<number | null>): RepeatingWorker {
  let stopped = false;
  let woken = true;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  function schedule(waitMs: number | null): void {
    clearTimeout(timer);
    if (stopped || waitMs === null) return;
    timer = setTimeout(wake, Math.min(waitMs, MAX_TIMEOUT_MS));
    timer.unref();
  }

  async function run(): Promise<void> {
    let waitMs: number | null = null;
    const due = () => woken && !stopped;
    while (due()) {
      woken = false;
      try {
        waitMs = await round();
        failures = 0;
      } catch (error) {
        waitMs = Math.min(limits.backoffMs * 2 ** failures, limits.maxBackoffMs);
        failures += 1;
        log.warn({ err: error, worker: name, retryInMs: waitMs }, "A worker failed and tries again");
      }
    }
    schedule(waitMs);
  }

  function wake(): void {
    woken = true;
    if (stopped || running) return;
    running = run().finally(() => {
      running = null;
      if (woken && !stopped) wake();
    });
  }

  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** The longest wait a timer of Node takes. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
