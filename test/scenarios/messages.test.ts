import { describe, expect, it } from "vitest";
import type { DispatchTask } from "../../engine/order/commands.ts";
import { evolve } from "../../engine/order/evolve.ts";
import type { Order } from "../../engine/order/order.ts";
import { readJournal } from "../../server/store/journal-store.ts";
import { forEachDatabase } from "../support/database.ts";
import { createStand } from "../server/work/stand.ts";
import { Downstream, DONE, NO_ANSWER } from "./downstream.ts";
import { failingDatabase } from "./failing-database.ts";
import { CHAIN, isCompleted, LEASE_MS, startDoomed, startProcess, storedEvents } from "./process.ts";

const once = (events: readonly string[], type: string) => expect(events.filter((each) => each === type), type).toHaveLength(1);

/** Seed 28 sections 25.2 and 25.5, on the real store and workers. */
forEachDatabase((name, open) => {
  describe("28 25.2 integration", () => {
    it("28 25.2 outbox publishing after commit: a command whose transaction failed is never sent, one that was committed always is", async () => {
      const { database } = await open();
      const failing = failingDatabase(database);
      const downstream = new Downstream();
      const { stand, until } = await startProcess(failing.database, downstream);
      await stand.submit("o1");
      await until(() => downstream.sent.length > 0);
      for (const { commandId } of downstream.sent) expect(await stand.rows(`SELECT id FROM outbox WHERE id='${commandId}'`)).toHaveLength(1);
      failing.failNext(3, "SQLITE_IOERR");
      await stand.submit("o2");
      await until(isCompleted(stand, "o2"));
      await until(isCompleted(stand, "o1"));
      expect([downstream.counts, failing.failed()]).toEqual([[1, 1, 1, 1], 3]);
      expect(await stand.rows("SELECT id FROM outbox WHERE status<>'settled'")).toEqual([]);
    });

    it("28 25.2 inbox deduplication: one id is applied once, in one transaction with what it changed", async () => {
      const { database, again } = await open();
      const stand = await createStand(database, CHAIN);
      // A SQLite file belongs to one process.
      const other = name === "sqlite" ? stand : await createStand(again(), CHAIN, { clock: stand.clock });
      await stand.begin("o1");
      const results = await Promise.all([stand, other, stand, other].map((each) => each.report("o1", "a", DONE, "m-1")));
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(["applied", "duplicate", "duplicate", "duplicate"]);
      once(await storedEvents(database, "o1", "a"), "TaskSucceeded");
      expect(await stand.rows("SELECT status FROM inbox WHERE message_id='m-1'")).toEqual([{ status: "applied" }]);
    });

    it("28 25.2 consumer replay: the stored events give the stored state, and reading them again sends nothing", async () => {
      const { database } = await open();
      const downstream = new Downstream();
      const { stand, until } = await startProcess(database, downstream);
      await stand.submit("o1");
      await until(isCompleted(stand, "o1"));
      const sent = downstream.sent.length;
      const replay = async () => (await readJournal(database, "o1")).flatMap(({ events }) => events).reduce<Order | null>(evolve, null);
      const stored = JSON.stringify(await stand.order("o1"));
      expect([JSON.stringify(await replay()), JSON.stringify(await replay())].map((text) => JSON.parse(text) as unknown)).toEqual([JSON.parse(stored), JSON.parse(stored)]);
      expect([downstream.sent.length, downstream.counts]).toEqual([sent, [1, 1]]);
    });

    it("28 25.2 external timeout behavior: an adapter that hangs is given up, the outcome is unknown, a question settles it", async () => {
      const { database } = await open();
      const downstream = new Downstream();
      downstream.fate = ({ taskId }, before) => (taskId.endsWith("/a") && before === 0 ? "silent" : "done");
      const { stand, until } = await startProcess(database, downstream);
      await stand.submit("o1");
      await until(isCompleted(stand, "o1"));
      const events = await storedEvents(database, "o1", "a");
      expect(events.indexOf("TaskOutcomeBecameUnknown")).toBeGreaterThan(events.indexOf("TaskDispatched"));
      expect(events.indexOf("TaskReconciled")).toBeLessThan(events.lastIndexOf("TaskDispatched"));
      expect([downstream.counts, new Set(downstream.sent.map(({ idempotencyKey }) => idempotencyKey)).size]).toEqual([[1, 1], 2]);
    });

    it("28 25.2 duplicate callback handling: response and callbacks say the same, the task succeeds once and b is sent once", async () => {
      const { database } = await open();
      const downstream = new Downstream();
      const { stand, until } = await startProcess(database, downstream);
      await stand.submit("o1");
      await until(async () => (await stand.order("o1")).tasks.some(({ id, state }) => id.endsWith("/a") && state === "SUCCEEDED"));
      await Promise.all(["m-1", "m-2", "m-1"].map((id) => stand.report("o1", "a", DONE, id)));
      await until(isCompleted(stand, "o1"));
      once(await storedEvents(database, "o1", "a"), "TaskSucceeded");
      once(await storedEvents(database, "o1", "b"), "TaskDispatched");
      expect((await stand.order("o1")).cases).toEqual([]);
    });
  });

  describe("28 25.5 failure injection", () => {
    it("28 25.5 broker outage: orders are accepted and commands kept while nobody takes them, and go out when someone does", async () => {
      const { database } = await open();
      const stand = await createStand(database, CHAIN);
      const ids = ["o1", "o2", "o3"];
      for (const id of ids) await stand.begin(id);
      expect(await stand.rows("SELECT id FROM outbox WHERE status='pending'")).toHaveLength(3);
      const downstream = new Downstream();
      const back = await startProcess(database, downstream, { clock: stand.clock });
      await back.until(async () => (await Promise.all(ids.map((id) => isCompleted(back.stand, id)()))).every(Boolean));
      expect([downstream.sent.length, downstream.counts]).toEqual([6, [1, 1, 1, 1, 1, 1]]);
    });

    it("28 25.5 downstream timeout: before and after the effect, both are done once", async () => {
      const { database } = await open();
      const downstream = new Downstream();
      downstream.fate = ({ taskId }, before) => (before > 0 ? "done" : taskId.endsWith("/a") ? "lost" : "absent");
      const { stand, until } = await startProcess(database, downstream);
      await stand.submit("o1");
      await until(isCompleted(stand, "o1"));
      expect(downstream.sent.map(({ taskId, attempt }) => `${taskId.at(-1)}${attempt}`)).toEqual(["a1", "b1", "b2"]);
      expect(downstream.counts).toEqual([1, 1]);
    });

    it("28 25.5 duplicate messages: a flood of the same news while the order runs leaves the order a clean run leaves", async () => {
      const { database } = await open();
      const downstream = new Downstream();
      const { stand, until } = await startProcess(database, downstream);
      await stand.submit("o1");
      await until(async () => {
        await Promise.all(["a", "a", "b"].map((key) => stand.report("o1", key, DONE)));
        return isCompleted(stand, "o1")();
      });
      for (const key of ["a", "b"]) once(await storedEvents(database, "o1", key), "TaskSucceeded");
      for (const count of downstream.counts) expect(count).toBe(1);
      expect((await stand.order("o1")).cases).toEqual([]);
    });

    it("28 25.5 out-of-order events: the success before the acceptance, the failure of an old attempt after it: the success stands", async () => {
      const { database } = await open();
      const stand = await createStand(database, CHAIN);
      await stand.begin("o1");
      await stand.report("o1", "a", DONE);
      await stand.report("o1", "a", { status: "accepted" });
      await stand.report("o1", "a", { status: "inProgress" });
      await stand.report("o1", "a", NO_ANSWER);
      expect((await stand.task("o1", "a")).state).toBe("SUCCEEDED");
      once(await storedEvents(database, "o1", "a"), "TaskSucceeded");
      expect((await stand.order("o1")).cases).toEqual([]);
    });

    it("28 25.5 database deadlock: the transaction that lost is done again from the start, on what the other left", async () => {
      const { database } = await open();
      const failing = failingDatabase(database);
      const stand = await createStand(failing.database, CHAIN, { limits: { retryDelayMs: 1 }, releases: { get: () => CHAIN } });
      await stand.begin("o1");
      failing.failNext(2, name === "sqlite" ? "SQLITE_BUSY" : "40P01");
      expect((await stand.report("o1", "a", DONE, "m-1")).outcome).toBe("applied");
      once(await storedEvents(database, "o1", "a"), "TaskSucceeded");
      once(await storedEvents(database, "o1", "b"), "TaskDispatched");
      expect(failing.failed()).toBe(2);
    });

    it("28 25.5 relay crash after publish before marking event published: the next relay does not publish blindly, it asks", async () => {
      const { database, again } = await open();
      const doomed = await startDoomed(database);
      const downstream = new Downstream();
      await doomed.stand.begin("o1");
      for (const command of doomed.taken as DispatchTask[]) await downstream.send(command);
      expect(await doomed.stand.rows("SELECT status FROM outbox")).toEqual([{ status: "leased" }]);
      doomed.stand.clock.advance(LEASE_MS + 1);
      const { stand, until } = await startProcess(again(), downstream, { clock: doomed.stand.clock, name: "p2" });
      await until(isCompleted(stand, "o1"));
      expect([downstream.sent.filter(({ taskId }) => taskId.endsWith("/a")).length, downstream.asked.length > 0, downstream.counts]).toEqual([1, true, [1, 1]]);
    });

    it("28 25.5 consumer crash after side effect before inbox commit: the message is not lost, comes again and is applied once", async () => {
      const { database, again } = await open();
      const failing = failingDatabase(database);
      const stand = await createStand(failing.database, CHAIN, { limits: { retryDelayMs: 1, transientAttempts: 1 }, releases: { get: () => CHAIN } });
      await stand.begin("o1");
      // The consumer has read the message; its commit, which would mark it and change the order, never happens.
      failing.failNext(1_000, "SQLITE_IOERR");
      const lost = await stand.report("o1", "a", DONE, "m-1").then(({ outcome }) => outcome, () => "threw");
      expect(["threw", "unavailable"]).toContain(lost);
      failing.failNext(0, "");
      const next = await createStand(again(), CHAIN, { clock: stand.clock });
      expect(await next.rows("SELECT message_id FROM inbox WHERE message_id='m-1' AND status='applied'")).toEqual([]);
      expect((await next.task("o1", "a")).state).toBe("DISPATCHED");
      expect([(await next.report("o1", "a", DONE, "m-1")).outcome, (await next.report("o1", "a", DONE, "m-1")).outcome]).toEqual(["applied", "duplicate"]);
      once(await storedEvents(database, "o1", "a"), "TaskSucceeded");
      once(await storedEvents(database, "o1", "b"), "TaskDispatched");
    });
  });
});
