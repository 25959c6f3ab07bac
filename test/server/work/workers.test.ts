import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import type { DispatchTask, QueryTask } from "../../../engine/order/commands.ts";
import type { TaskReport } from "../../../engine/order/inputs.ts";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import { addMs } from "../../../engine/support/instant.ts";
import type { Database } from "../../../server/store/database.ts";
import { readDueTimers } from "../../../server/store/timer-store.ts";
import type { Worker } from "../../../server/workers/worker-context.ts";
import { startWorkers } from "../../../server/workers/start-workers.ts";
import { WORKER_LIMITS, type WorkerLimits } from "../../../server/workers/worker-limits.ts";
import { diamondRelease } from "../../bench/diamond-release.ts";
import { planRelease } from "../../bench/plan-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createClock, createStand, DONE, type Clock, type Stand } from "./stand.ts";

const ONE = planRelease({ name: "test.one", tasks: [{ key: "a" }] });
const QUERYABLE = planRelease({ name: "test.queryable", tasks: [{ key: "a" }], systems: { bench: { effects: { class: "queryable", settleWindow: "PT10S" } } } });

interface Process {
  readonly stand: Stand;
  readonly workers: Worker;
  readonly sent: DispatchTask[];
  readonly asked: QueryTask[];
}

interface ProcessOptions {
  readonly clock?: Clock;
  readonly processId?: string;
  readonly send?: (command: DispatchTask, signal: AbortSignal) => Promise<TaskReport>;
  readonly query?: (command: QueryTask) => Promise<TaskReport>;
  readonly limits?: Partial<WorkerLimits>;
}

async function startProcess(database: Database, release: CompiledRelease, { clock = createClock(), processId = "p1", ...options }: ProcessOptions = {}): Promise<Process> {
  const stand = await createStand(database, release, { clock });
  const sent: DispatchTask[] = [];
  const asked: QueryTask[] = [];
  const adapter = {
    send(command: DispatchTask, signal: AbortSignal) {
      sent.push(command);
      return options.send?.(command, signal) ?? Promise.resolve(DONE);
    },
    query(command: QueryTask) {
      asked.push(command);
      return options.query?.(command) ?? Promise.resolve<TaskReport>({ status: "notFound" });
    },
  };
  const workers = startWorkers({
    database, unitOfWork: stand.unitOfWork, releases: { get: () => release }, adapterFor: () => adapter, now: clock.now, log: pino({ level: "silent" }), processId,
    limits: { outboxPollMs: 20, inboxPollMs: 20, timerPollMs: 20, sweepMs: 10, stopMs: 50, deliveryGraceMs: 20, ...options.limits },
  });
  onTestFinished(() => workers.stop());
  return { stand, workers, sent, asked };
}

/** A process that took commands and ended before any answer was stored. */
async function deadProcess(database: Database, release: CompiledRelease): Promise<{ readonly stand: Stand; readonly leased: (DispatchTask | QueryTask)[] }> {
  const stand = await createStand(database, release);
  const leased: (DispatchTask | QueryTask)[] = [];
  stand.unitOfWork.attach({
    delivery: {
      owner: "dead", leaseUntil: (at) => addMs(at, LEASE_MS), reserve: () => true, cancel: () => undefined,
      deliver: (commands) => leased.push(...commands.map(({ command }) => command)),
    },
  });
  return { stand, leased };
}

const LEASE_MS = WORKER_LIMITS.leaseMs;

const never = () => new Promise<TaskReport>(() => undefined);

forEachDatabase((name, open) => {
  it("a submitted order is fulfilled without anyone asking: every command sent once, in the order of the plan", async () => {
    const { database } = await open();
    const { stand, sent } = await startProcess(database, diamondRelease());

    await stand.submit("o1");
    await until(async () => (await stand.order("o1")).state === "COMPLETED");

    const keys = sent.map(({ taskId }) => taskId.split("/").at(-1));
    expect(keys).toHaveLength(10);
    expect(new Set(keys)).toEqual(new Set(Array.from({ length: 10 }, (_, index) => `t${index + 1}`)));
    expect(keys.at(-1)).toBe("t10");
    expect(await stand.rows("SELECT id FROM outbox WHERE status<>'settled'")).toEqual([]);
    expect(await stand.rows("SELECT message_id FROM inbox WHERE status<>'applied'")).toEqual([]);
  });

  it("a submitted order whose process ended before fulfilling it is taken up by the next one", async () => {
    const { database, again } = await open();
    const before = await createStand(database, ONE);
    await before.submit("o1");

    const { stand } = await startProcess(again(), ONE, { clock: before.clock });

    await until(async () => (await stand.order("o1")).state === "COMPLETED");
  });

  describe("a process that ended between sending and settling", () => {
    it("leaves an unknown outcome: the command is never blindly sent again", async () => {
      const { database, again } = await open();
      const dead = await deadProcess(database, QUERYABLE);
      await dead.stand.begin("o1");

      const { stand, sent } = await startProcess(again(), QUERYABLE, { clock: dead.stand.clock, processId: "p2", query: never });
      if (name === "postgresql") {
        // Where processes share the database, a lease is waited for: its owner may be alive.
        await pause(60);
        expect((await stand.task("o1", "a")).state).toBe("DISPATCHED");
        stand.clock.advance(LEASE_MS + 1);
      }
      await until(async () => (await stand.task("o1", "a")).state === "OUTCOME_UNKNOWN");

      expect(sent).toEqual([]);
      expect((await stand.task("o1", "a")).lastFailure?.code).toBe("CONNECTION_LOST");
      expect(await stand.rows("SELECT status, lease_epoch FROM outbox WHERE kind='dispatch'")).toEqual([{ status: "settled", lease_epoch: 2 }]);
    });

    it("is found out by asking, and the order goes on", async () => {
      const { database, again } = await open();
      const dead = await deadProcess(database, QUERYABLE);
      await dead.stand.begin("o1");
      dead.stand.clock.advance(LEASE_MS + 1);

      const { stand, sent, asked } = await startProcess(again(), QUERYABLE, { clock: dead.stand.clock, processId: "p2", query: () => Promise.resolve(DONE) });
      await until(async () => {
        stand.clock.advance(1_000);
        return (await stand.order("o1")).state === "COMPLETED";
      });

      expect(sent).toEqual([]);
      expect(asked[0]?.idempotencyKey).toBe(dead.leased[0]?.idempotencyKey);
    });

    it("after a question leaves the question, which is simply asked again", async () => {
      const { database, again } = await open();
      const dead = await deadProcess(database, QUERYABLE);
      await dead.stand.begin("o1");
      await dead.stand.report("o1", "a", { status: "failed", failure: { code: "TIMEOUT", message: "", httpStatus: null, effect: "POSSIBLE" } });
      const [timer] = await readDueTimers(database, "2999-01-01T00:00:00.000Z", 1);
      dead.stand.clock.advance(LEASE_MS + 1);
      const timerId = timer?.timerId ?? "";
      await dead.stand.unitOfWork.handle({ orderId: "o1", input: { type: "TimerFired", id: "t", timerId, at: dead.stand.clock.now() } });
      expect(dead.leased.map(({ type }) => type)).toEqual(["DispatchTask", "QueryTask"]);
      dead.stand.clock.advance(LEASE_MS + 1);

      const { stand } = await startProcess(again(), QUERYABLE, { clock: dead.stand.clock, processId: "p2", query: () => Promise.resolve(DONE) });

      await until(async () => (await stand.order("o1")).state === "COMPLETED");
    });

    it.skipIf(name === "sqlite")("and comes back to life settles nothing, but the success it saw is a fact", async () => {
      const { database, again } = await open();
      const clock = createClock();
      let answer: (report: TaskReport) => void = () => undefined;
      const first = await startProcess(database, QUERYABLE, { clock, processId: "p1", send: () => new Promise((resolve) => (answer = resolve)) });
      await first.stand.submit("o1");
      await until(() => Promise.resolve(first.sent.length === 1));
      const { stand } = await startProcess(again(), QUERYABLE, { clock, processId: "p2", query: never });
      clock.advance(LEASE_MS + 1);
      await until(async () => (await stand.task("o1", "a")).state === "OUTCOME_UNKNOWN");

      answer(DONE);

      await until(async () => (await stand.task("o1", "a")).state === "SUCCEEDED");
    });
  });

  it("an adapter that throws has perhaps acted", async () => {
    const { database } = await open();
    const { stand } = await startProcess(database, QUERYABLE, { send: () => Promise.reject(new Error("bug")), query: never });

    await stand.submit("o1");

    await until(async () => (await stand.task("o1", "a")).state === "OUTCOME_UNKNOWN");
    expect((await stand.task("o1", "a")).lastFailure).toMatchObject({ code: "ADAPTER_FAILED", effect: "POSSIBLE" });
  });

  it("an adapter that never answers is told to stop waiting and then given up", async () => {
    const { database } = await open();
    let told = false;
    const send = (_: DispatchTask, signal: AbortSignal) => new Promise<TaskReport>(() => signal.addEventListener("abort", () => (told = true)));
    const { stand } = await startProcess(database, QUERYABLE, { send, query: never, limits: { deliveryTimeoutMs: 20, deliveryGraceMs: 20 } });

    await stand.submit("o1");

    await until(async () => (await stand.task("o1", "a")).state === "OUTCOME_UNKNOWN");
    expect(told).toBe(true);
  });

  describe("places of a target system", () => {
    it("are its own: a silent system keeps no other waiting", async () => {
      const { database } = await open();
      const release = planRelease({ name: "test.bulkhead", tasks: [{ key: "a", system: "slow" }, { key: "b", system: "quick" }], systems: { slow: {}, quick: {} } });
      const { stand, sent } = await startProcess(database, release, {
        limits: { deliveriesPerTarget: 2 },
        send: (command) => (command.targetSystem === "slow" ? never() : Promise.resolve(DONE)),
      });

      const ids = ["o1", "o2", "o3", "o4", "o5"];
      await Promise.all(ids.map((id) => stand.submit(id)));
      await until(async () => (await Promise.all(ids.map((id) => stand.task(id, "b")))).every(({ state }) => state === "SUCCEEDED"));

      expect(sent.filter(({ targetSystem }) => targetSystem === "slow")).toHaveLength(2);
      expect(await stand.rows("SELECT id FROM outbox WHERE status='pending'")).toHaveLength(3);
    });

    it("that come free are taken by commands that waited", async () => {
      const { database } = await open();
      const { stand, sent } = await startProcess(database, ONE, { limits: { deliveriesPerTarget: 1, outboxPollMs: 5_000 } });
      const ids = ["o1", "o2", "o3", "o4", "o5"];

      await Promise.all(ids.map((id) => stand.submit(id)));

      await until(async () => (await Promise.all(ids.map(stand.order))).every(({ state }) => state === "COMPLETED"));
      expect(sent).toHaveLength(5);
    });
  });

  describe("a timer", () => {
    it("fires when it is due, never early, and once", async () => {
      const { database } = await open();
      const { stand } = await startProcess(database, ONE, { send: never, limits: { leaseMs: 10 * 3_600_000 } });
      await stand.submit("o1");
      await until(async () => (await stand.rows("SELECT * FROM timers")).length === 1);

      stand.clock.advance(3_599_999);
      await pause(80);
      expect((await stand.order("o1")).cases).toEqual([]);

      stand.clock.advance(1);
      await until(async () => (await stand.order("o1")).cases.length === 1);
      await pause(50);
      expect((await stand.order("o1")).cases).toHaveLength(1);
      expect(await readDueTimers(database, "2999-01-01T00:00:00.000Z", 10)).toEqual([]);
    });

    it("survives the process that set it", async () => {
      const { database, again } = await open();
      const before = await createStand(database, ONE);
      await before.begin("o1");
      before.clock.advance(4_000_000);

      const { stand } = await startProcess(again(), ONE, { clock: before.clock, send: never });

      await until(async () => (await stand.order("o1")).cases.length === 1);
    });
  });

  it("tasks that a rate limit holds back go out as time passes", async () => {
    const { database } = await open();
    const release = planRelease({ name: "test.rate", tasks: [{ key: "a" }], systems: { bench: { limits: { concurrency: 9, ratePerSecond: 1 } } } });
    const { stand, sent } = await startProcess(database, release);
    await Promise.all(["o1", "o2"].map((id) => stand.submit(id)));
    await until(() => Promise.resolve(sent.length === 1));
    await pause(60);
    expect(sent).toHaveLength(1);

    stand.clock.advance(1_000);

    await until(() => Promise.resolve(sent.length === 2));
  });

  it("stored answers whose time is over are deleted, the others stay", async () => {
    const { database } = await open();
    const clock = createClock();
    const stored = (key: string, expiresAt: string) => ({ sql: `INSERT INTO idempotency_keys (scope, key, request_hash, status, response, expires_at) VALUES ('test','${key}','h',200,'{}','${expiresAt}')` });
    await database.write([stored("old", addMs(clock.now(), -1)), stored("new", addMs(clock.now(), 3_600_000))]);
    const { stand } = await startProcess(database, ONE, { clock });

    await until(async () => (await stand.rows("SELECT key FROM idempotency_keys")).length === 1);
    expect(await stand.rows("SELECT key FROM idempotency_keys")).toEqual([{ key: "new" }]);
  });

  it("stopping waits for deliveries under way, and takes on nothing new", async () => {
    const { database, again } = await open();
    let answer: (report: TaskReport) => void = () => undefined;
    const chain = planRelease({ name: "test.stop", tasks: [{ key: "a" }, { key: "b", after: ["a"] }] });
    const first = await startProcess(database, chain, { send: () => new Promise((resolve) => (answer = resolve)), limits: { stopMs: 5_000 } });
    await first.stand.submit("o1");
    await until(() => Promise.resolve(first.sent.length === 1));

    const stopped = first.workers.stop();
    await pause(30);
    answer(DONE);
    await stopped;

    expect((await first.stand.task("o1", "a")).state).toBe("SUCCEEDED");
    expect(first.sent).toHaveLength(1);
    expect(await first.stand.rows("SELECT id, status FROM outbox WHERE status<>'settled'")).toEqual([{ id: "o1/p1/1/b/work/1", status: "pending" }]);
    const second = await startProcess(again(), chain, { clock: first.stand.clock, processId: "p2" });
    await until(async () => (await second.stand.order("o1")).state === "COMPLETED");
  });

  it.skipIf(name === "sqlite")("two processes share the work, and every command is sent once", async () => {
    const { database, again } = await open();
    const clock = createClock();
    const release = diamondRelease();
    const first = await startProcess(database, release, { clock, processId: "p1" });
    const second = await startProcess(again(), release, { clock, processId: "p2" });
    const ids = Array.from({ length: 24 }, (_, index) => `o${index}`);

    await Promise.all(ids.map((id, index) => (index % 2 === 0 ? first : second).stand.submit(id)));
    await until(async () => (await Promise.all(ids.map(first.stand.order))).every(({ state }) => state === "COMPLETED"));

    const sent = [...first.sent, ...second.sent].map(({ commandId }) => commandId);
    expect(new Set(sent).size).toBe(240);
    expect(sent).toHaveLength(240);
    expect(await first.stand.rows("SELECT * FROM target_usage WHERE dispatched<>0 OR outstanding<>0 OR waiting<>0")).toEqual([]);
  });
});

async function until(holds: () => Promise<boolean>, patienceMs = 15_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > end) throw new Error("It did not happen in time");
    await pause(10);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
