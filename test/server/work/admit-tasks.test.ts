import { describe, expect, it } from "vitest";
import { planRelease, type SystemOptions } from "../../bench/plan-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createStand, type Stand } from "./stand.ts";

const limited = (limits: SystemOptions["limits"]) => planRelease({ name: "test.limited", tasks: [{ key: "a" }], systems: { bench: limits ? { limits } : {} } });

const LOCKING = planRelease({ name: "test.locking", tasks: [{ key: "a", lock: "=item.place.id" }, { key: "b", after: ["a"] }] });

forEachDatabase((name, open) => {
  describe("concurrency of a target system", () => {
    it("lets so many commands out and the next as soon as one is answered, the most urgent first", async () => {
      const { database } = await open();
      const stand = await createStand(database, limited({ concurrency: 2 }));
      for (const [id, priority] of [["o1", 0], ["o2", 0], ["o3", 1], ["o4", 5], ["o5", 5]] as const) await stand.begin(id, { priority });
      expect(await dispatched(stand)).toEqual(["o1", "o2"]);
      expect(await waiting(stand)).toEqual([
        { order_id: "o4", reason: "target-concurrency", resource: "target:bench" },
        { order_id: "o5", reason: "target-concurrency", resource: "target:bench" },
        { order_id: "o3", reason: "target-concurrency", resource: "target:bench" },
      ]);

      await stand.report("o1", "a");
      expect(await dispatched(stand)).toEqual(["o2", "o4"]);
      await stand.report("o2", "a");
      await stand.report("o4", "a");
      expect(await dispatched(stand)).toEqual(["o3", "o5"]);
      expect(await waiting(stand)).toEqual([]);
    });

    it("counts only commands in flight: one that was accepted makes room", async () => {
      const { database } = await open();
      const stand = await createStand(database, limited({ concurrency: 1 }));
      await stand.begin("o1");
      await stand.begin("o2");

      await stand.report("o1", "a", { status: "accepted" });

      expect((await stand.task("o1", "a")).state).toBe("WAITING");
      expect(await dispatched(stand)).toEqual(["o2"]);
    });

    it("never lets a new task overtake one that waits", async () => {
      const { database } = await open();
      const stand = await createStand(database, limited({ concurrency: 1 }));
      await stand.begin("o1");
      await stand.begin("o2");
      await stand.submit("o3");

      await Promise.all([stand.report("o1", "a"), stand.fulfill("o3")]);

      expect(await dispatched(stand)).toEqual(["o2"]);
      expect((await waiting(stand)).map((row) => row.order_id)).toEqual(["o3"]);
    });
  });

  it("outstanding commands are limited until their effect is settled", async () => {
    const { database } = await open();
    const stand = await createStand(database, limited({ concurrency: 5, outstanding: 1 }));
    await stand.begin("o1");
    await stand.begin("o2");
    await stand.report("o1", "a", { status: "accepted" });
    expect(await waiting(stand)).toEqual([{ order_id: "o2", reason: "target-outstanding", resource: "target:bench" }]);

    await stand.report("o1", "a");

    expect(await dispatched(stand)).toEqual(["o2"]);
  });

  it("commands in flight are limited over all target systems", async () => {
    const { database } = await open();
    const release = planRelease({ name: "test.global", tasks: [{ key: "a", system: "x" }, { key: "b", system: "y" }], systems: { x: {}, y: {} } });
    const stand = await createStand(database, release, { limits: { commandsInFlight: 1 } });
    await stand.begin("o1");
    expect((await stand.rows("SELECT task_id, reason, resource FROM ready_tasks"))).toEqual([{ task_id: "o1/p1/1/b", reason: "global-concurrency", resource: "global" }]);

    await stand.report("o1", "a");

    expect((await stand.task("o1", "b")).state).toBe("DISPATCHED");
  });

  describe("a rate limit", () => {
    it("lets a second's worth out at once and the others as time passes", async () => {
      const { database } = await open();
      const stand = await createStand(database, limited({ concurrency: 100, ratePerSecond: 2 }));
      for (const id of ["o1", "o2", "o3", "o4"]) await stand.begin(id);
      expect(await dispatched(stand)).toEqual(["o1", "o2"]);
      expect((await waiting(stand)).map((row) => row.resource)).toEqual(["rate:bench", "rate:bench"]);

      await sweep(stand);
      expect(await dispatched(stand)).toEqual(["o1", "o2"]);
      stand.clock.advance(500);
      await sweep(stand);
      expect(await dispatched(stand)).toEqual(["o1", "o2", "o3"]);
      stand.clock.advance(10_000);
      await sweep(stand);
      expect(await dispatched(stand)).toEqual(["o1", "o2", "o3", "o4"]);
    });
  });

  describe("a lock", () => {
    it("is held until the task is final, also while its outcome is unknown, and then goes to the next in rank", async () => {
      const { database } = await open();
      const stand = await createStand(database, LOCKING);
      await stand.begin("o1");
      await stand.begin("o2", { priority: 0 });
      await stand.begin("o3", { priority: 9 });
      await stand.begin("o4", { place: "P-2" });
      expect(await locks(stand)).toEqual([{ name: "service-location|P-1", task_id: "o1/p1/1/a" }, { name: "service-location|P-2", task_id: "o4/p1/1/a" }]);
      expect(await waiting(stand)).toEqual([
        { order_id: "o3", reason: "locked", resource: "lock:service-location|P-1" },
        { order_id: "o2", reason: "locked", resource: "lock:service-location|P-1" },
      ]);

      await stand.report("o1", "a", { status: "failed", failure: { code: "TIMEOUT", message: "no answer", httpStatus: null, effect: "POSSIBLE" } });
      expect((await stand.task("o1", "a")).state).toBe("OUTCOME_UNKNOWN");
      expect((await locks(stand))[0]).toEqual({ name: "service-location|P-1", task_id: "o1/p1/1/a" });

      await stand.report("o1", "a");
      expect((await locks(stand))[0]).toEqual({ name: "service-location|P-1", task_id: "o3/p1/1/a" });
      await stand.report("o3", "a");
      await stand.report("o2", "a");
      expect(await locks(stand)).toEqual([{ name: "service-location|P-2", task_id: "o4/p1/1/a" }]);
    });

    it("is taken by one of many that want it in the same commit", async () => {
      const { database } = await open();
      const stand = await createStand(database, LOCKING);
      const ids = ["o1", "o2", "o3", "o4", "o5"];
      await Promise.all(ids.map((id) => stand.submit(id)));

      await Promise.all(ids.map((id) => stand.fulfill(id)));

      expect(await dispatched(stand)).toEqual(["o1"]);
      for (const id of ids) await stand.report(id, "a");
      expect(await locks(stand)).toEqual([]);
    });

    it.skipIf(name === "sqlite")("is never given to two processes at once", async () => {
      const { database, again } = await open();
      const first = await createStand(database, LOCKING);
      const second = await createStand(again(), LOCKING, { clock: first.clock });
      const ids = Array.from({ length: 20 }, (_, index) => `o${String(index).padStart(2, "0")}`);

      await Promise.all(ids.map((id, index) => (index % 2 === 0 ? first : second).begin(id)));

      expect(await dispatched(first)).toHaveLength(1);
      expect(await waiting(first)).toHaveLength(ids.length - 1);
      expect(await first.rows("SELECT dispatched, waiting FROM target_usage WHERE target_system='*'")).toEqual([{ dispatched: 1, waiting: ids.length - 1 }]);
    });
  });

  it("internal work is done in the commit that made it ready, however long the chain", async () => {
    const { database } = await open();
    const chain = Array.from({ length: 12 }, (_, index) => ({ key: `k${index}`, internal: true, after: index === 0 ? [] : [`k${index - 1}`] }));
    const stand = await createStand(database, planRelease({ name: "test.internal", tasks: chain }), { limits: { admissionRoundsPerCommit: 5 } });

    await stand.begin("o1");
    await stand.unitOfWork.drain();

    expect((await stand.order("o1")).state).toBe("COMPLETED");
    expect(await waiting(stand)).toEqual([]);
    expect(await stand.rows("SELECT product_id, status FROM products")).toEqual([{ product_id: "o1/1", status: "ACTIVE" }]);
  });

  it("what is in use is what the tasks say, after many orders in any order", async () => {
    const { database } = await open();
    const release = planRelease({
      name: "test.mixed", tasks: [{ key: "a", lock: "=item.place.id" }, { key: "b", after: ["a"] }, { key: "c" }],
      systems: { bench: { limits: { concurrency: 3, outstanding: 5 } } },
    });
    const stand = await createStand(database, release, { limits: { worksPerCommit: 5, waitingTasksPerResource: 2 } });
    const ids = Array.from({ length: 15 }, (_, index) => `o${index}`);
    await Promise.all(ids.map((id, index) => stand.begin(id, { place: `P-${index % 4}`, priority: index % 3 })));

    for (let round = 0; round < 60; round++) {
      const sent = await stand.rows("SELECT order_id, task_id FROM tasks WHERE state='DISPATCHED' ORDER BY task_id");
      expect(sent.length).toBeLessThanOrEqual(3);
      const [usage] = await stand.rows("SELECT dispatched, waiting FROM target_usage WHERE target_system='*'");
      expect(usage).toEqual({ dispatched: sent.length, waiting: (await stand.rows("SELECT task_id FROM tasks WHERE state='READY'")).length });
      expect((await waiting(stand)).length).toBe(usage?.["waiting"]);
      await Promise.all(sent.map((row) => stand.report(String(row["order_id"]), String(row["task_id"]).split("/").at(-1) ?? "")));
      await stand.unitOfWork.drain();
    }

    expect(await stand.rows("SELECT id FROM orders WHERE state<>'COMPLETED'")).toEqual([]);
    expect(await locks(stand)).toEqual([]);
  });
});

async function dispatched(stand: Stand): Promise<string[]> {
  return (await stand.rows("SELECT order_id FROM tasks WHERE state='DISPATCHED' ORDER BY order_id")).map((row) => String(row["order_id"]));
}

function waiting(stand: Stand) {
  return stand.rows("SELECT order_id, reason, resource FROM ready_tasks ORDER BY priority DESC, depth, task_id");
}

function locks(stand: Stand) {
  return stand.rows("SELECT name, task_id FROM locks ORDER BY name");
}

async function sweep(stand: Stand): Promise<void> {
  stand.unitOfWork.sweep("all");
  await stand.unitOfWork.drain();
}
