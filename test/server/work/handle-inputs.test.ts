import { describe, expect, it } from "vitest";
import { interpret } from "../../../engine/interpret/interpret.ts";
import { admissionCandidates } from "../../../engine/interpret/admission-candidates.ts";
import { evolve } from "../../../engine/order/evolve.ts";
import type { Order } from "../../../engine/order/order.ts";
import { readJournal } from "../../../server/store/journal-store.ts";
import { readOrder } from "../../../server/store/order-store.ts";
import { planRelease } from "../../bench/plan-release.ts";
import { diamondRelease } from "../../bench/diamond-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createStand, DONE } from "./stand.ts";

const CHAIN = planRelease({ name: "test.chain", tasks: [{ key: "a" }, { key: "b", after: ["a"] }] });

forEachDatabase((name, open) => {
  describe("a message from outside", () => {
    it("is applied once, however often it comes", async () => {
      const { database } = await open();
      const stand = await createStand(database, CHAIN);
      await stand.begin("o1");

      const results = await Promise.all([1, 2, 3].map(() => stand.report("o1", "a", DONE, "m-1")));
      const later = await stand.report("o1", "a", DONE, "m-1");

      expect(results.map(({ outcome }) => outcome).sort()).toEqual(["applied", "duplicate", "duplicate"]);
      expect(later.outcome).toBe("duplicate");
      expect((await stand.task("o1", "a")).state).toBe("SUCCEEDED");
    });

    it("for an order that does not exist leaves nothing behind, so that it can be matched later", async () => {
      const { database } = await open();
      const stand = await createStand(database, CHAIN);

      expect((await stand.report("nobody", "a")).outcome).toBe("order-not-found");
      expect(await stand.rows("SELECT * FROM inbox")).toEqual([]);
    });

    it("that the engine refuses is remembered with the reason and changes nothing", async () => {
      const { database } = await open();
      const stand = await createStand(database, CHAIN);
      const before = await stand.begin("o1");

      const result = await stand.report("o1", "no-such-task", DONE, "m-1");

      expect(result).toMatchObject({ outcome: "rejected", rejection: { code: "task-not-found" } });
      expect(await stand.order("o1")).toEqual(before);
      expect(await stand.rows("SELECT status FROM inbox WHERE message_id='m-1'")).toEqual([{ status: "rejected" }]);
      expect((await stand.report("o1", "no-such-task", DONE, "m-1")).outcome).toBe("duplicate");
    });
  });

  describe("one commit", () => {
    it("settles the delivery, applies the answer and sends what follows, all or nothing", async () => {
      const { database } = await open();
      const stand = await createStand(database, CHAIN);
      const delivered: string[] = [];
      stand.unitOfWork.attach({
        delivery: { owner: "p1", leaseUntil: () => "2026-03-02T10:00:00.000Z", reserve: () => true, cancel: () => undefined, deliver: (commands) => delivered.push(...commands.map(({ command }) => command.commandId)) },
      });
      await stand.begin("o1");

      const result = await stand.unitOfWork.handle({
        orderId: "o1",
        input: { type: "TaskReported", id: "r1", at: stand.clock.now(), taskId: "o1/p1/1/a", via: "response", attempt: 1, report: DONE },
        settles: { outboxId: "o1/p1/1/a/work/1", leaseEpoch: 1 },
      });

      expect(result.outcome).toBe("applied");
      expect(delivered).toEqual(["o1/p1/1/a/work/1", "o1/p1/1/b/work/1"]);
      expect(await stand.rows("SELECT id, status, lease_owner, answer FROM outbox ORDER BY id")).toEqual([
        { id: "o1/p1/1/a/work/1", status: "settled", lease_owner: "p1", answer: '{"status":"succeeded"}' },
        { id: "o1/p1/1/b/work/1", status: "leased", lease_owner: "p1", answer: null },
      ]);
    });

    it("of a worker whose lease is gone settles nothing and changes nothing", async () => {
      const { database } = await open();
      const stand = await createStand(database, CHAIN);
      stand.unitOfWork.attach({ delivery: { owner: "p1", leaseUntil: () => "2026-03-02T10:00:00.000Z", reserve: () => true, cancel: () => undefined, deliver: () => undefined } });
      await stand.begin("o1");
      await database.write([{ sql: "UPDATE outbox SET lease_epoch=2, lease_owner='p2'" }]);

      const result = await stand.unitOfWork.handle({
        orderId: "o1",
        input: {
          type: "TaskReported", id: "r1", at: stand.clock.now(), taskId: "o1/p1/1/a", via: "response", attempt: 1,
          report: { status: "failed", failure: { code: "TIMEOUT", message: "", httpStatus: null, effect: "POSSIBLE" } },
        },
        settles: { outboxId: "o1/p1/1/a/work/1", leaseEpoch: 1 },
      });

      expect(result.outcome).toBe("duplicate");
      expect((await stand.task("o1", "a")).state).toBe("DISPATCHED");
      expect(await stand.rows("SELECT status FROM outbox")).toEqual([{ status: "leased" }]);
    });

    it("that the database refuses leaves nothing behind and is tried again", async () => {
      const { database } = await open();
      let refusals = 0;
      const flaky: typeof database = {
        ...database,
        write: (statements) => (refusals-- > 0 ? Promise.reject(Object.assign(new Error("disk"), { code: "SQLITE_IOERR" })) : database.write(statements)),
        transaction: (work) =>
          database.transaction(async (session) => {
            const done = await work(session);
            if (refusals-- > 0) throw Object.assign(new Error("disk"), { code: "SQLITE_IOERR" });
            return done;
          }),
      };
      const stand = await createStand(flaky, CHAIN, { limits: { retryDelayMs: 1 }, releases: { get: () => CHAIN } });
      refusals = 2;

      expect((await stand.submit("o1")).outcome).toBe("applied");
      expect(await stand.rows("SELECT first_version FROM journal")).toEqual([{ first_version: 1 }]);
    });

    it.skipIf(name === "sqlite")("goes through on a new connection when the server ends the old ones", async () => {
      const { database, again } = await open();
      const stand = await createStand(database, CHAIN);
      await stand.begin("o1");
      const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname=current_database() AND pid<>pg_backend_pid()";
      const other = again();

      const [result] = await Promise.all([stand.report("o1", "a"), other.select(end)]);
      await other.select(end);
      const next = await stand.report("o1", "b");

      expect([result.outcome, next.outcome]).toEqual(["applied", "applied"]);
      expect((await stand.order("o1")).state).toBe("COMPLETED");
    });

    it("holds the inputs of many orders and leaves each order as if it had been alone", async () => {
      const { database } = await open();
      const stand = await createStand(database, diamondRelease());
      const ids = Array.from({ length: 20 }, (_, index) => `o${index}`);

      await Promise.all(ids.map((id) => stand.begin(id)));
      for (const step of [["t1", "t2"], ["t3", "t4"], ["t5"], ["t6"], ["t7", "t8"], ["t9"], ["t10"]]) {
        await Promise.all(ids.flatMap((id) => step.map((key) => stand.report(id, key))));
      }

      const orders = await Promise.all(ids.map(stand.order));
      expect(orders.map(({ state }) => state)).toEqual(ids.map(() => "COMPLETED"));
      expect(await stand.rows("SELECT * FROM target_usage WHERE dispatched<>0 OR outstanding<>0 OR waiting<>0")).toEqual([]);
      expect(await stand.rows("SELECT * FROM timers")).toEqual([]);
    });
  });

  describe("a defect while interpreting", () => {
    it("quarantines that input with its error and harms no neighbour", async () => {
      const { database } = await open();
      const stand = await createStand(database, CHAIN, {
        engine: {
          admissionCandidates,
          interpret: (order, input, release) => {
            if (order?.id === "bad" && input.type === "TaskReported") throw new Error("a defect of ours");
            return interpret(order, input, release);
          },
        },
      });
      await Promise.all(["good", "bad"].map((id) => stand.begin(id)));
      const before = await stand.order("bad");

      const [good, bad] = await Promise.all([stand.report("good", "a"), stand.report("bad", "a", DONE, "m-bad")]);

      expect(good.outcome).toBe("applied");
      expect(bad).toEqual({ outcome: "quarantined", error: "a defect of ours" });
      expect(await stand.order("bad")).toEqual(before);
      const [row] = await stand.rows("SELECT status, error, input FROM inbox WHERE message_id='m-bad'");
      expect(row?.["status"]).toBe("quarantined");
      expect(row?.["error"]).toContain("a defect of ours");
      expect(JSON.parse(String(row?.["input"]))).toMatchObject({ type: "TaskReported" });
    });

    it("in an input that cannot be stored is quarantined too, and its neighbours are committed", async () => {
      const { database } = await open();
      const stand = await createStand(database, CHAIN, {
        limits: { retryDelayMs: 1, conflictAttempts: 2 },
        engine: {
          admissionCandidates,
          interpret: async (order, input, release) => {
            const decided = await interpret(order, input, release);
            if (!decided.accepted || decided.order.id !== "bad" || input.type !== "TaskReported") return decided;
            return { ...decided, commands: decided.commands.concat({ type: "SetTimer", timerId: null as unknown as string, dueAt: "x" }) };
          },
        },
      });
      await Promise.all(["good", "bad"].map((id) => stand.begin(id)));

      const [good, bad] = await Promise.all([stand.report("good", "a"), stand.report("bad", "a", DONE, "m-bad")]);

      expect(good.outcome).toBe("applied");
      expect(bad.outcome).toBe("quarantined");
      expect((await stand.task("good", "a")).state).toBe("SUCCEEDED");
      expect((await stand.task("bad", "a")).state).toBe("DISPATCHED");
    });
  });

  describe("what is stored", () => {
    it("is the state: the rows and the replayed journal give the order of the last commit", async () => {
      const { database } = await open();
      const stand = await createStand(database, diamondRelease());
      await stand.begin("o1");
      await stand.report("o1", "t1");
      await stand.report("o1", "t2", { status: "failed", failure: { code: "NOPE", message: "it's \"no\"", httpStatus: 400, effect: "NONE" } });
      const result = await stand.report("o1", "t3");

      const committed = result.outcome === "applied" ? result.order : null;
      const stored = await readOrder(database, "o1");
      const events = (await readJournal(database, "o1")).flatMap((entry) => entry.events);
      const replayed = events.reduce<Order | null>(evolve, null);

      expect(stored).toEqual(json(committed));
      expect(json(replayed)).toEqual(stored);
      expect(stored?.aggregateVersion).toBe(events.length);
    });

    it("survives a process that knows nothing: the next one goes on from the rows", async () => {
      const { database, again } = await open();
      const first = await createStand(database, CHAIN);
      await first.begin("o1");

      const second = await createStand(again(), CHAIN, { clock: first.clock });
      await second.report("o1", "a");
      await second.report("o1", "b");

      expect((await second.order("o1")).state).toBe("COMPLETED");
    });
  });

  describe("an order that was written by someone else", () => {
    it("is loaded anew and the input applied to what it is now", async () => {
      const { database, again } = await open();
      const first = await createStand(database, planRelease({ name: "test.two", tasks: [{ key: "a" }, { key: "b" }] }));
      await first.begin("o1");
      const second = await createStand(again(), planRelease({ name: "test.two", tasks: [{ key: "a" }, { key: "b" }] }), { clock: first.clock });
      await second.report("o1", "a", DONE, "m-second");

      const result = await first.report("o1", "b", DONE, "m-first");

      expect(result.outcome).toBe("applied");
      const order = await first.order("o1");
      expect(order.state).toBe("COMPLETED");
      const versions = (await readJournal(database, "o1")).map(({ firstVersion, events }) => [firstVersion, events.length]);
      for (let entry = 1; entry < versions.length; entry++) expect(versions[entry]?.[0]).toBe((versions[entry - 1]?.[0] ?? 0) + (versions[entry - 1]?.[1] ?? 0));
    });
  });

  describe("several works for one order at once", () => {
    it("are applied one after the other, each to the state the one before left", async () => {
      const { database } = await open();
      const tasks = Array.from({ length: 30 }, (_, index) => ({ key: `k${index}` }));
      const stand = await createStand(database, planRelease({ name: "test.wide", tasks }), { limits: { worksPerCommit: 7 } });
      await stand.begin("o1");

      const results = await Promise.all(tasks.map(({ key }) => stand.report("o1", key)));

      expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["applied"]));
      expect((await stand.order("o1")).state).toBe("COMPLETED");
    });
  });

  it.skipIf(name === "sqlite")("two processes never work on one order at once, and both get through", async () => {
    const { database, again } = await open();
    const tasks = Array.from({ length: 40 }, (_, index) => ({ key: `k${index}` }));
    const release = planRelease({ name: "test.shared", tasks });
    let inside = 0;
    let most = 0;
    const watched: typeof interpret = async (order, input, interpreted) => {
      if (order?.id !== "o1") return interpret(order, input, interpreted);
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => {
        setTimeout(resolve, 1);
      });
      inside -= 1;
      return interpret(order, input, interpreted);
    };
    const engine = { interpret: watched, admissionCandidates };
    const first = await createStand(database, release, { engine });
    const second = await createStand(again(), release, { engine, clock: first.clock });
    await first.begin("o1");

    const results = await Promise.all(tasks.map(({ key }, index) => (index % 2 === 0 ? first : second).report("o1", key, DONE, `m-${key}`)));

    expect(most).toBe(1);
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["applied"]));
    const order = await first.order("o1");
    expect(order.state).toBe("COMPLETED");
    const events = (await readJournal(database, "o1")).flatMap((entry) => entry.events);
    expect(json(events.reduce<Order | null>(evolve, null))).toEqual(order);
  });
});

function json(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
