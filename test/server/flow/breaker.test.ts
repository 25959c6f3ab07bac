import { describe, expect, it } from "vitest";
import { msBetween } from "../../../engine/support/instant.ts";
import { flowFromRows } from "../../../server/store/flow-store.ts";
import { planRelease } from "../../bench/plan-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createClock, createStand } from "../work/stand.ts";
import { BUSY, startFlowProcess, until } from "./flow-process.ts";

const BREAKER = { failureRate: 0.5, minimumCalls: 5, window: "PT1M", openFor: "PT10S", probes: 1 };
const OPEN_FOR_MS = 10_000;
const RELEASE = planRelease({
  name: "test.breaker", tasks: [{ key: "a" }], maxAttempts: 20, systems: { bench: { limits: { concurrency: 16 }, breaker: BREAKER } },
});
const ORDERS = 40;
const ids = Array.from({ length: ORDERS }, (_, index) => `o${String(index).padStart(2, "0")}`);

forEachDatabase((name, open) => {
  describe("C9 a system that answers 503 for a while", () => {
    it("gets the calls it takes to be sure, then its probes; healed, it is loaded in waves and every order completes", async () => {
      const { database } = await open();
      const { stand, system, tick } = await startFlowProcess(database, RELEASE);
      system.down = true;
      await stand.begin("o-first");
      await until(() => system.calls.length === 1);
      await until(async () => (await stand.rows("SELECT breaker FROM target_flow")).length === 1);
      await Promise.all(ids.map((id) => stand.begin(id)));
      for (let passed = 0; passed < 60_000; passed += 1_000) await tick(1_000);

      // A minute is at most six open windows.
      expect(system.calls.length).toBeGreaterThanOrEqual(BREAKER.minimumCalls + 4);
      expect(system.calls.length).toBeLessThanOrEqual(BREAKER.minimumCalls + 6 * BREAKER.probes);
      const waiting = await stand.rows("SELECT DISTINCT resource FROM ready_tasks");
      expect(waiting).toEqual([{ resource: "flow:bench" }]);

      system.down = false;
      const outage = system.calls.length;
      await tick(OPEN_FOR_MS);
      await until(async () => flowFromRows(await stand.rows("SELECT * FROM target_flow")).get("bench")?.breaker.state === "CLOSED");
      const healedAt = flowFromRows(await stand.rows("SELECT * FROM target_flow")).get("bench")?.breaker.since ?? "";
      for (let passed = 0; passed < 8_000; passed += 500) await tick(500);
      await until(async () => (await stand.rows("SELECT id FROM orders WHERE state<>'COMPLETED'")).length === 0);

      const healed = system.calls.slice(outage);
      expect(healed).toHaveLength(ORDERS + 1);
      for (const call of healed) expect(call.inFlight).toBeLessThanOrEqual(Math.max(1, 2 ** Math.floor(msBetween(healedAt, call.at) / 1_000)));
      expect(await stand.rows("SELECT task_id FROM fallout_cases")).toEqual([]);
    }, 60_000);
  });

  it("every command that was in flight when it died is heard, and nothing more goes out", async () => {
    const { database } = await open();
    const stand = await createStand(database, RELEASE);
    const leased: string[] = [];
    stand.unitOfWork.attach({ delivery: { owner: "p1", leaseUntil: () => "2026-03-02T10:00:00.000Z", reserve: () => true, cancel: () => undefined, deliver: (commands) => leased.push(...commands.map(({ command }) => command.commandId)) } });
    await Promise.all(ids.map((id) => stand.begin(id)));
    // One of sixteen places is kept for critical work.
    expect(leased).toHaveLength(15);

    await Promise.all(leased.map((outboxId) => fail(stand, outboxId)));

    expect(leased).toHaveLength(15);
    expect(await stand.rows("SELECT DISTINCT reason FROM ready_tasks")).toEqual([{ reason: "breaker-open" }]);
  });

  it("what it knows survives a restart, and other processes know it too", async () => {
    const { database, again } = await open();
    const first = await createStand(database, RELEASE);
    first.unitOfWork.attach({ delivery: { owner: "p1", leaseUntil: () => "2026-03-02T10:00:00.000Z", reserve: () => true, cancel: () => undefined, deliver: () => undefined } });
    for (const id of ids.slice(0, 5)) await first.begin(id);
    for (const id of ids.slice(0, 5)) await fail(first, `${id}/p1/1/a/work/1`);

    const second = await createStand(again(), RELEASE, { clock: first.clock });
    await second.begin("later");

    expect(await second.rows("SELECT reason FROM ready_tasks WHERE order_id='later'")).toEqual([{ reason: "breaker-open" }]);
    expect(second.unitOfWork.breakerOpen("bench")).toBe(true);
    second.clock.advance(OPEN_FOR_MS);
    second.unitOfWork.sweep("all");
    await second.unitOfWork.drain();
    expect(await second.rows("SELECT order_id FROM tasks WHERE state='DISPATCHED'")).toEqual([{ order_id: "later" }]);
  });

  it("a business refusal is an answer: the breaker stays closed", async () => {
    const { database } = await open();
    const stand = await createStand(database, RELEASE);
    stand.unitOfWork.attach({ delivery: { owner: "p1", leaseUntil: () => "2026-03-02T10:00:00.000Z", reserve: () => true, cancel: () => undefined, deliver: () => undefined } });
    for (const id of ids.slice(0, 10)) await stand.begin(id);
    for (const id of ids.slice(0, 10)) await fail(stand, `${id}/p1/1/a/work/1`, 422);
    await stand.begin("later");
    expect((await stand.task("later", "a")).state).toBe("DISPATCHED");
  });

  it("a system nobody watches leaves no trace: no row, no statement", async () => {
    const { database } = await open();
    const { stand } = await startFlowProcess(database, planRelease({ name: "test.unwatched", tasks: [{ key: "a" }] }));
    await stand.submit("o1");
    await until(async () => (await stand.order("o1")).state === "COMPLETED");
    expect(await stand.rows("SELECT * FROM target_flow")).toEqual([]);
  });

  it("retries never take more than their share of the calls; first attempts go on", async () => {
    const { database } = await open();
    const release = planRelease({ name: "test.budget", tasks: [{ key: "a" }], maxAttempts: 9, systems: { bench: { retryBudget: { share: 0.1, minimum: 2, window: "PT1M" } } } });
    const clock = createClock();
    const { stand, system, tick } = await startFlowProcess(database, release, { clock });
    system.down = true;
    await Promise.all(ids.map((id) => stand.begin(id)));
    for (let passed = 0; passed < 10_000; passed += 1_000) await tick(1_000);

    const retries = system.calls.length - ORDERS;
    expect(retries).toBe(Math.floor(ORDERS * 0.1) + 2);
    expect(await stand.rows("SELECT DISTINCT reason, resource FROM ready_tasks")).toEqual([{ reason: "retry-budget", resource: "retries:bench" }]);
    await stand.begin("fresh");
    await until(() => system.calls.some(({ taskId }) => taskId.startsWith("fresh/")));

    system.down = false;
    for (let passed = 0; passed < 26 * 60_000; passed += 30_000) await tick(30_000);
    await until(async () => (await stand.rows("SELECT id FROM orders WHERE state<>'COMPLETED'")).length === 0);
  }, 60_000);

  it("while the breaker is open not even questions are asked: the engine asks again later", async () => {
    const { database } = await open();
    const release = planRelease({
      name: "test.questions", tasks: [{ key: "a" }, { key: "b", system: "asked" }],
      systems: { bench: {}, asked: { effects: { class: "queryable", settleWindow: "PT10S" }, breaker: { ...BREAKER, minimumCalls: 1, openFor: "PT2M" } } },
    });
    const { stand, system, tick } = await startFlowProcess(database, release, { clock: createClock() });
    system.down = true;
    system.answer = { status: "failed", failure: { code: "TIMEOUT", message: "", httpStatus: null, effect: "POSSIBLE" } };
    await stand.begin("o1");
    await until(async () => (await stand.task("o1", "b")).state === "OUTCOME_UNKNOWN");
    for (let passed = 0; passed < 60_000; passed += 5_000) await tick(5_000);
    const asked = () => stand.rows("SELECT answer FROM outbox WHERE kind='query' AND target_system='asked' AND status='settled'");
    expect((await asked()).length).toBeGreaterThan(0);
    expect(system.questions.filter(({ targetSystem }) => targetSystem === "asked")).toEqual([]);

    system.down = false;
    for (let passed = 0; passed < 240_000; passed += 20_000) await tick(20_000);
    expect(system.questions.some(({ targetSystem }) => targetSystem === "asked")).toBe(true);
  });
});

function fail(stand: Awaited<ReturnType<typeof createStand>>, outboxId: string, httpStatus = 503) {
  const taskId = outboxId.replace(/\/work\/1$/, "");
  const report = httpStatus === 503 ? BUSY : ({ status: "failed", failure: { code: "NOPE", message: "", httpStatus, effect: "NONE" } } as const);
  return stand.unitOfWork.handle({
    orderId: taskId.split("/")[0] ?? "",
    input: { type: "TaskReported", id: `r/${outboxId}`, at: stand.clock.now(), taskId, via: "response", attempt: 1, report },
    settles: { outboxId, leaseEpoch: 1, sentAt: stand.clock.now() },
  });
}
