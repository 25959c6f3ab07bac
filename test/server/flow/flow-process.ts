import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { DispatchTask, QueryTask } from "../../../engine/order/commands.ts";
import type { TaskReport } from "../../../engine/order/inputs.ts";
import type { Database } from "../../../server/store/database.ts";
import { startWorkers } from "../../../server/workers/start-workers.ts";
import type { UnitOfWorkDeps } from "../../../server/work/handle-inputs.ts";
import { createClock, createStand, DONE, type Clock, type Stand } from "../work/stand.ts";

/** A target system in this process that can be down, and remembers every call. */
export interface FakeSystem {
  down: boolean;
  /** What it answers while it is down. */
  answer: TaskReport;
  /** Real time an answer takes. */
  answerMs: number;
  readonly calls: { readonly taskId: string; readonly at: string; readonly inFlight: number; readonly down: boolean }[];
  readonly questions: QueryTask[];
}

export const BUSY: TaskReport = { status: "failed", failure: { code: "BUSY", message: "503", httpStatus: 503, effect: "NONE" } };

/** A worker process at a database, with one fake system behind every adapter. */
export async function startFlowProcess(
  database: Database, release: CompiledRelease, { clock = createClock(), processId = "p1", ...more }: { readonly clock?: Clock; readonly processId?: string } & Partial<UnitOfWorkDeps> = {},
): Promise<{ readonly stand: Stand; readonly system: FakeSystem; readonly tick: (ms: number) => Promise<void> }> {
  const stand = await createStand(database, release, { clock, ...more });
  const system: FakeSystem = { down: false, answer: BUSY, answerMs: 2, calls: [], questions: [] };
  let inFlight = 0;
  const adapter = {
    async send(command: DispatchTask): Promise<TaskReport> {
      inFlight += 1;
      system.calls.push({ taskId: command.taskId, at: clock.now(), inFlight, down: system.down });
      const answer = system.down ? system.answer : DONE;
      await pause(system.answerMs);
      inFlight -= 1;
      return answer;
    },
    query(command: QueryTask): Promise<TaskReport> {
      system.questions.push(command);
      return Promise.resolve({ status: "notFound" });
    },
  };
  const workers = startWorkers({
    database, unitOfWork: stand.unitOfWork, releases: { get: () => release }, adapterFor: () => adapter, now: clock.now, log: pino({ level: "silent" }), processId,
    limits: { outboxPollMs: 10, inboxPollMs: 10, timerPollMs: 10, sweepMs: 5, sweepPollMs: 20, stopMs: 50, deliveryGraceMs: 20 },
  });
  onTestFinished(() => workers.stop());
  return {
    stand,
    system,
    async tick(ms) {
      clock.advance(ms);
      await pause(TICK_MS);
      await stand.unitOfWork.drain();
    },
  };
}

/** Real time in which workers notice that the clock has moved. */
const TICK_MS = 30;

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

export async function until(reached: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await reached())) {
    if (performance.now() > giveUpAt) throw new Error("It never came to that.");
    await pause(5);
  }
}
