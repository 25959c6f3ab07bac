import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Command } from "../../engine/order/commands.ts";
import { addMs } from "../../engine/support/instant.ts";
import type { Database } from "../../server/store/database.ts";
import { readJournal } from "../../server/store/journal-store.ts";
import { startWorkers } from "../../server/workers/start-workers.ts";
import { WORKER_LIMITS } from "../../server/workers/worker-limits.ts";
import { planRelease } from "../bench/plan-release.ts";
import { createClock, createStand, type Clock, type Stand } from "../server/work/stand.ts";
import type { Downstream } from "./downstream.ts";

export const LEASE_MS = WORKER_LIMITS.leaseMs;

/** First `a`, then `b`, at a system that can be asked what became of a command. */
export const CHAIN = planRelease({
  name: "scenario.chain", tasks: [{ key: "a" }, { key: "b", after: ["a"] }], maxAttempts: 5,
  systems: { bench: { effects: { class: "queryable", settleWindow: "PT10S" } } },
});

export interface ScenarioProcess {
  readonly stand: Stand;
  /** Lets the clock run, a second at a time, until something holds. */
  readonly until: (holds: () => Promise<boolean> | boolean) => Promise<void>;
  /** Lets real time pass on a clock that stands still, until something holds and for a while after. */
  readonly idle: (holds: () => boolean) => Promise<void>;
}

/** A whole process - unit of work and workers - at a database, in front of a downstream that outlives it. */
export async function startProcess(database: Database, downstream: Downstream, { clock = createClock(), release = CHAIN, name = "p1" }: { readonly clock?: Clock; readonly release?: CompiledRelease; readonly name?: string } = {}): Promise<ScenarioProcess> {
  const stand = await createStand(database, release, { clock, limits: { retryDelayMs: 1 } });
  const adapter = { send: (command: Parameters<Downstream["send"]>[0]) => downstream.send(command), query: (command: Parameters<Downstream["query"]>[0]) => downstream.query(command) };
  const workers = startWorkers({
    database, unitOfWork: stand.unitOfWork, releases: { get: () => release }, adapterFor: () => adapter, now: clock.now, log: pino({ level: "silent" }), processId: name,
    limits: { outboxPollMs: 10, inboxPollMs: 10, timerPollMs: 10, sweepMs: 5, sweepPollMs: 20, stopMs: 50, deliveryGraceMs: 20, deliveryTimeoutMs: 60 },
  });
  onTestFinished(() => workers.stop());
  return {
    stand,
    async idle(holds) {
      for (const giveUpAt = performance.now() + 15_000; !holds() && performance.now() < giveUpAt;) await pause(10);
      await pause(80);
    },
    async until(holds) {
      const giveUpAt = performance.now() + 15_000;
      while (!(await holds())) {
        if (performance.now() > giveUpAt) throw new Error("It never came to that.");
        clock.advance(1_000);
        await pause(10);
      }
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** A process that takes commands under its lease and is gone before it stores what came of them. */
export async function startDoomed(database: Database, release: CompiledRelease = CHAIN): Promise<{ readonly stand: Stand; readonly taken: Command[] }> {
  const stand = await createStand(database, release);
  const taken: Command[] = [];
  stand.unitOfWork.attach({
    delivery: {
      owner: "doomed", leaseUntil: (at) => addMs(at, LEASE_MS), reserve: () => true, cancel: () => undefined,
      deliver: (commands) => taken.push(...commands.map(({ command }) => command)),
    },
  });
  return { stand, taken };
}

export const isCompleted = (stand: Stand, orderId: string) => async (): Promise<boolean> => (await stand.order(orderId)).state === "COMPLETED";

/** Types of the stored events about one task. */
export async function storedEvents(database: Database, orderId: string, taskKey: string): Promise<readonly string[]> {
  const events = (await readJournal(database, orderId)).flatMap((entry) => entry.events);
  return events.filter((event) => "taskId" in event && event.taskId.endsWith(`/${taskKey}`)).map(({ type }) => type);
}
