import { describe, expect, it } from "vitest";
import { planRelease } from "../../bench/plan-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createStand, type Stand } from "../work/stand.ts";
import { createFlowApp } from "./flow-app.ts";
import { startFlowProcess, until } from "./flow-process.ts";

const RELEASE = planRelease({
  name: "test.targets", tasks: [{ key: "a" }, { key: "b", system: "other" }],
  systems: { bench: { limits: { concurrency: 8 }, breaker: { failureRate: 0.5, minimumCalls: 5, window: "PT1M", openFor: "PT10S", probes: 1 } }, other: {} },
});
const PAUSE = "/api/target-systems/bench/pause";
const RESUME = "/api/target-systems/bench/resume";

forEachDatabase((name, open) => {
  describe("pausing a target system", () => {
    it("holds its work with the operator's reason, leaves other systems alone, and resuming lets it out in waves", async () => {
      const { database } = await open();
      const stand = await createStand(database, RELEASE);
      const { get, post } = await createFlowApp(database, RELEASE, stand);
      const paused = await post(PAUSE, { reason: "database upgrade" }, "p1");
      expect(paused.status).toBe(200);
      expect(paused.body).toMatchObject({ key: "bench", state: "PAUSED", inFlightAtMost: 0, paused: { by: "senior-operations", reason: "database upgrade", since: stand.clock.now() } });

      for (let order = 0; order < 10; order++) await stand.begin(`o${order}`);
      expect(await dispatched(stand, "a")).toBe(0);
      expect(await dispatched(stand, "b")).toBe(10);
      expect(await stand.rows("SELECT DISTINCT reason, resource FROM ready_tasks")).toEqual([{ reason: "target-paused", resource: "flow:bench" }]);
      const list = await get("/api/target-systems");
      expect(list.body["targetSystems"]).toMatchObject([{ key: "bench", waiting: { total: 10, byReason: { "target-paused": 10 } } }, { key: "other", state: "RUNNING", usage: { inFlight: 10 } }]);
      const explained = await get("/api/orders/o0/explain?task=1/a");
      expect(JSON.stringify(explained.body)).toContain(`target-paused by senior-operations since ${stand.clock.now()}, \\"database upgrade\\"`);

      stand.clock.advance(1_000);
      expect((await post(RESUME, { reason: "done" }, "r1")).body).toMatchObject({ state: "RAMPING_UP", inFlightAtMost: 1, paused: null });
      const inFlight: number[] = [];
      for (let wave = 0; wave < 4; wave++) {
        stand.unitOfWork.sweep("all");
        await stand.unitOfWork.drain();
        inFlight.push(await dispatched(stand, "a"));
        stand.clock.advance(1_000);
      }
      expect(inFlight).toEqual([1, 2, 4, 7]);
      expect(await stand.rows("SELECT DISTINCT reason FROM ready_tasks")).toEqual([{ reason: "target-concurrency" }]);
    });

    it("is written down with who, when and why, before and after; a repeat does nothing twice", async () => {
      const { database } = await open();
      const stand = await createStand(database, RELEASE);
      const { get, post } = await createFlowApp(database, RELEASE, stand);
      const first = await post(PAUSE, { reason: "upgrade" }, "p1");
      const again = await post(PAUSE, { reason: "upgrade" }, "p1");
      expect([again.body, again.headers["idempotency-replayed"]]).toEqual([first.body, "true"]);
      expect((await post(PAUSE, { reason: "other" }, "p2")).body).toMatchObject({ status: 409, code: "invalid-transition" });
      await post(RESUME, { reason: "done" }, "r1", "support-lead");
      expect((await post(RESUME, { reason: "done" }, "r2")).body).toMatchObject({ code: "invalid-transition" });

      const log = await get("/api/operations-log?subject=bench");
      expect(log.body["total"]).toBe(2);
      expect(log.body["operations"]).toEqual(expect.arrayContaining([
        expect.objectContaining({ action: "target.pause", actor: "senior-operations", reason: "upgrade", at: stand.clock.now(), before: { paused: null, resumedAt: null } }),
        expect.objectContaining({ action: "target.resume", actor: "support-lead", reason: "done", after: { paused: null, resumedAt: stand.clock.now() } }),
      ]) as unknown);
    });

    it("asks for a reason, a role, a key, and a system there is", async () => {
      const { database } = await open();
      const stand = await createStand(database, RELEASE);
      const { get, post } = await createFlowApp(database, RELEASE, stand);
      expect((await post(PAUSE, {}, "k1")).body).toMatchObject({ status: 400, errors: [{ code: "required", pointer: "/reason" }] });
      expect((await post(PAUSE, { reason: "x", force: "yes" }, "k2")).body).toMatchObject({ errors: [{ pointer: "/force" }] });
      expect((await post(PAUSE, { reason: "x" }, "k3", "operator")).status).toBe(403);
      expect((await get("/api/target-systems", "channel")).status).toBe(403);
      expect((await post("/api/target-systems/nothing/pause", { reason: "x" }, "k4")).status).toBe(404);
      expect(await stand.rows("SELECT * FROM operations_log")).toEqual([]);
    });

    it("holds what waited for another reason, too, and everything goes out in the end", async () => {
      const { database } = await open();
      const { stand, system, tick } = await startFlowProcess(database, RELEASE);
      const { post } = await createFlowApp(database, RELEASE, stand);
      system.answerMs = 20;
      await Promise.all(Array.from({ length: 60 }, (_, index) => stand.begin(`o${index}`)));
      await post(PAUSE, { reason: "stop" }, "p1");
      await until(async () => (await dispatched(stand, "a")) === 0);
      const calls = toBench(system.calls);
      expect(calls).toBeLessThan(60);
      await until(async () => (await stand.rows("SELECT task_id FROM ready_tasks WHERE resource<>'flow:bench'")).length === 0);
      await tick(1_000);
      expect(toBench(system.calls)).toBe(calls);

      await post(RESUME, { reason: "go" }, "r1");
      for (let passed = 0; passed < 6_000; passed += 500) await tick(500);
      await until(async () => (await stand.rows("SELECT id FROM orders WHERE state<>'COMPLETED'")).length === 0);
      expect(toBench(system.calls)).toBe(60);
    });

    it.skipIf(name === "sqlite")("counts in every process", async () => {
      const { database, again } = await open();
      const first = await createStand(database, RELEASE);
      const second = await createStand(again(), RELEASE, { clock: first.clock });
      await second.begin("before");
      const { post } = await createFlowApp(database, RELEASE, first);
      await post(PAUSE, { reason: "stop" }, "p1");
      await second.begin("after");
      expect((await second.task("before", "a")).state).toBe("DISPATCHED");
      expect((await second.task("after", "a")).state).toBe("READY");
    });
  });
});

function toBench(calls: readonly { readonly taskId: string }[]): number {
  return calls.filter(({ taskId }) => taskId.endsWith("/a")).length;
}

async function dispatched(stand: Stand, key: string): Promise<number> {
  return (await stand.rows(`SELECT task_id FROM tasks WHERE state='DISPATCHED' AND task_id LIKE '%/${key}'`)).length;
}
