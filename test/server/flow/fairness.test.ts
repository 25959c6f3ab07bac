import { describe, expect, it } from "vitest";
import { createIntakeGate } from "../../../server/flow/intake-gate.ts";
import type { Work } from "../../../server/work/contract.ts";
import { BULK_SHARE, WorkQueue, type Entry } from "../../../server/work/work-queue.ts";
import { AGENT, changeable } from "../../engine/change/change-kit.ts";
import { planRelease } from "../../bench/plan-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { after, task } from "../../support/release-of.ts";
import { createStand, DONE, type Stand } from "../work/stand.ts";

/** `a` reserves and is undone by `release` at the same, small system. */
const RELEASE = changeable(
  { GRAPH: { tasks: [task("a", "reserve"), task("b", "keyed-work", after("a"))] } },
  { kind: "target-system", key: "keyed", adapter: "http", endpoint: "KEYED_URL", completion: "response", effects: { class: "idempotent-key" }, limits: { concurrency: 10 }, failures: "failures" },
);
const FLOOD = 300;

forEachDatabase((_name, open) => {
  describe("I-41 a flood of bulk orders", () => {
    it("never keeps a cancellation waiting: its undoing goes out before any of the flood that waits", async () => {
      const { database } = await open();
      const stand = await createStand(database, RELEASE);
      await stand.begin("victim");
      await stand.report("victim", "a");
      const bulk = Array.from({ length: FLOOD }, (_, index) => `bulk${String(index).padStart(3, "0")}`);
      await Promise.all(bulk.map((id) => stand.submit(id)));
      const flood = bulk.map((id) => stand.fulfill(id));
      const cancelled = stand.unitOfWork.handle({
        orderId: "victim",
        input: { type: "RequestCancellation", id: "cancel", at: stand.clock.now(), itemIds: null, reason: "CUSTOMER_REQUEST", expectedVersion: null, actor: AGENT },
      });
      const before = await Promise.race([cancelled.then(() => "cancelled"), Promise.all(flood).then(() => "flood")]);
      await Promise.all([...flood, cancelled]);

      expect(before).toBe("cancelled");
      // Eight bulk commands and "b" of the victim fill what bulk may have; the undoing took the reserve or came before.
      await settle(stand, "victim", "b");
      const undo = await sent(stand, "victim", "release");
      const waiting = Number((await stand.rows("SELECT count(*) AS n FROM ready_tasks WHERE order_id LIKE 'bulk%'"))[0]?.["n"]);
      expect(undo).toHaveLength(1);
      expect(waiting).toBeGreaterThan(FLOOD - 15);
    });

    it("never keeps work that a person has repaired waiting", async () => {
      const { database } = await open();
      const stand = await createStand(database, RELEASE);
      await stand.begin("victim");
      await stand.report("victim", "a", { status: "failed", failure: { code: "SEMANTIC", message: "", httpStatus: 400, effect: "NONE" } });
      expect((await stand.task("victim", "a")).state).toBe("AWAITING_MANUAL_ACTION");
      for (let index = 0; index < 30; index++) await stand.begin(`bulk${index}`);

      const actor = { id: "sue", roles: ["support"], regions: ["*"] };
      await stand.unitOfWork.handle({ orderId: "victim", input: { type: "RetryTask", id: "retry", at: stand.clock.now(), taskId: "victim/p1/1/a", reason: "fixed", actor } });

      expect((await stand.task("victim", "a")).state).toBe("DISPATCHED");
      expect((await stand.rows("SELECT task_id FROM tasks WHERE state='DISPATCHED'")).length).toBe(10);
    });

    it("lets critical work go first when a place comes free, however many wait before it", async () => {
      const { database } = await open();
      const release = planRelease({ name: "test.rank", tasks: [{ key: "a" }], systems: { bench: { limits: { concurrency: 2 } } } });
      const stand = await createStand(database, release, { limits: { waitingTasksPerResource: 4 } });
      for (let index = 10; index < 60; index++) await stand.begin(`bulk${index}`);
      await stand.begin("urgent", { priority: 1 });
      expect((await stand.task("urgent", "a")).state).toBe("READY");
      await stand.report("bulk10", "a");
      expect((await stand.task("urgent", "a")).state).toBe("DISPATCHED");
    });
  });

  describe("the gate of intake", () => {
    it("refuses beyond the limit, keeps room for urgent orders, and opens when the queue is worked off", async () => {
      const { database } = await open();
      const stand = await createStand(database, planRelease({ name: "test.gate", tasks: [{ key: "a" }] }));
      const gate = createIntakeGate(database, stand.clock.now, { waitingOrders: 3, reservedOrders: 1, recountMs: 500, retryAfterSeconds: 5 });
      for (const id of ["o1", "o2"]) await stand.submit(id);
      expect([await gate.enter(0), await gate.enter(0), await gate.enter(1), await gate.enter(1)]).toEqual([true, false, true, false]);
      for (const id of ["o1", "o2"]) await stand.fulfill(id);
      expect(await gate.enter(0)).toBe(false);
      stand.clock.advance(500);
      expect(await gate.enter(0)).toBe(true);
    });
  });
});

describe("the queue of the unit of work", () => {
  const entry = (orderId: string, type: "FulfillOrder" | "RetryTask"): Entry => ({ work: { orderId, input: { type, id: `${orderId}/${type}`, at: "" } } as unknown as Work, resolve: () => undefined, reject: () => undefined });
  const names = (entries: readonly Entry[]) => entries.map(({ work }) => `${work.orderId}:${work.input.type === "FulfillOrder" ? "bulk" : "person"}`);
  const filled = (...orders: readonly (readonly [string, "FulfillOrder" | "RetryTask"])[]) => {
    const queue = new WorkQueue();
    for (const [id, type] of orders) queue.push(entry(id, type));
    return queue;
  };

  it("takes what people ask for first, each lane in the order it came", () => {
    const queue = filled(["a", "FulfillOrder"], ["b", "RetryTask"], ["c", "FulfillOrder"], ["d", "RetryTask"]);
    expect(names(queue.take(3))).toEqual(["b:person", "d:person", "a:bulk"]);
    expect(names(queue.take(3))).toEqual(["c:bulk"]);
  });

  it("gives the bulk its share of every commit, however many people wait", () => {
    const queue = filled(...Array.from({ length: 100 }, (_, index) => [`p${index}`, "RetryTask"] as const), ...Array.from({ length: 100 }, (_, index) => [`b${index}`, "FulfillOrder"] as const));
    const taken = names(queue.take(64));
    expect(taken.filter((name) => name.endsWith("bulk"))).toHaveLength(64 * BULK_SHARE);
    expect(taken).toHaveLength(64);
  });

  it("keeps the order of one order's works, also when some are put back or under way", () => {
    const queue = filled(["a", "FulfillOrder"], ["b", "FulfillOrder"], ["a", "RetryTask"]);
    expect(names(queue.take(1))).toEqual(["a:bulk"]);
    expect(names(queue.take(2, new Set(["a"])))).toEqual(["b:bulk"]);
    const again = queue.take(2);
    expect(names(again)).toEqual(["a:person"]);
    queue.push(entry("a", "FulfillOrder"));
    queue.putBack(again);
    expect(names(queue.take(2))).toEqual(["a:person", "a:bulk"]);
    expect(queue.idle).toBe(true);
  });
});

/** Answers a task of any plan version that is out. */
async function settle(stand: Stand, orderId: string, key: string): Promise<void> {
  const order = await stand.order(orderId);
  const out = order.tasks.find(({ id, state }) => id.endsWith(`/${key}`) && state === "DISPATCHED");
  if (!out) return;
  await stand.unitOfWork.handle({ orderId, input: { type: "TaskReported", id: `settle/${out.id}`, at: stand.clock.now(), taskId: out.id, via: "callback", attempt: null, report: DONE }, inbox: { source: "bench", messageId: `settle/${out.id}` } });
}

function sent(stand: Stand, orderId: string, action: string) {
  return stand.rows(`SELECT id FROM outbox WHERE order_id='${orderId}' AND id LIKE '%/${action}/1'`);
}
