import { describe, expect, it } from "vitest";
import { assessImpact } from "../../../engine/impact/assess-impact.ts";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import { evolve } from "../../../engine/order/evolve.ts";
import type { Order } from "../../../engine/order/order.ts";
import { readJournal } from "../../../server/store/journal-store.ts";
import { createReleasesStore } from "../../../server/store/releases-store.ts";
import { planRelease } from "../../bench/plan-release.ts";
import { failingDatabase } from "../../scenarios/failing-database.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createStand, DONE, type Stand } from "./stand.ts";

const PRESENT = planRelease({ name: "test.present", tasks: [{ key: "a" }, { key: "b", after: ["a"] }], mayMigrate: true });
const NEXT = planRelease({ name: "test.next", tasks: [{ key: "a" }, { key: "b", after: ["a"] }, { key: "c", after: ["a"], system: "other" }], systems: { bench: {}, other: {} }, mayMigrate: true });
const OLGA = { id: "olga", roles: ["senior-operations"], regions: ["*"] };

async function migrate(stand: Stand, orderId: string, to: CompiledRelease, messageId = "migrate-1") {
  const order = await stand.order(orderId);
  const previewHash = order.release.digest === to.digest ? "none" : (await assessImpact(order, [], PRESENT, to)).previewHash;
  const input = { type: "MigrateOrder", id: messageId, at: stand.clock.now(), toRelease: to.digest, reason: "the new step", expectedVersion: order.aggregateVersion, previewHash, actor: OLGA } as const;
  return stand.unitOfWork.handle({ orderId, input, inbox: { source: "api", messageId } });
}

forEachDatabase((_name, open) => {
  describe("G7 a migration through the unit of work", () => {
    it("moves the stored order, its list column and its journal, and what follows runs on the new release, also in a process that knows nothing", async () => {
      const { database, again } = await open();
      const stand = await createStand(database, PRESENT);
      await createReleasesStore(database).put(NEXT, stand.clock.now());
      await stand.begin("o1");
      await stand.report("o1", "a");

      expect(await migrate(stand, "o1", NEXT)).toMatchObject({ outcome: "applied" });

      const [row] = await stand.rows("SELECT release_digest FROM orders WHERE id='o1'");
      expect(row?.["release_digest"]).toBe(NEXT.digest);
      const commands = await stand.rows("SELECT task_id, target_system FROM outbox WHERE order_id='o1' ORDER BY created_at, task_id");
      expect(commands.map((command) => String(command["target_system"]))).toEqual(["bench", "bench", "other"]);

      const other = await createStand(again(), PRESENT, { clock: stand.clock });
      await other.report("o1", "b", DONE, "r-b");
      await other.unitOfWork.handle({ orderId: "o1", input: { type: "TaskReported", id: "r-c", at: stand.clock.now(), taskId: "o1/p2/1/c", via: "callback", attempt: null, report: DONE }, inbox: { source: "bench", messageId: "r-c" } });
      const order = await other.order("o1");
      expect(order.state).toBe("COMPLETED");
      const journal = await readJournal(database, "o1");
      expect(new Set(journal.map(({ releaseDigest }) => releaseDigest))).toEqual(new Set([PRESENT.digest, NEXT.digest]));
      expect(JSON.parse(JSON.stringify(journal.flatMap(({ events }) => events).reduce<Order | null>(evolve, null)))).toEqual(order);
      const usage = await stand.rows("SELECT target_system, dispatched, outstanding FROM target_usage WHERE target_system<>'*'");
      for (const row of usage) expect([Number(row["dispatched"]), Number(row["outstanding"])]).toEqual([0, 0]);
    });

    it("takes effect once, however often it is asked for", async () => {
      const { database } = await open();
      const stand = await createStand(database, PRESENT);
      await createReleasesStore(database).put(NEXT, stand.clock.now());
      await stand.begin("o1");
      await stand.report("o1", "a");
      expect((await migrate(stand, "o1", NEXT)).outcome).toBe("applied");
      expect((await migrate(stand, "o1", NEXT)).outcome).toBe("duplicate");
      expect((await migrate(stand, "o1", NEXT, "migrate-2")).outcome).toBe("applied");
      expect((await readJournal(database, "o1")).flatMap(({ events }) => events).filter(({ type }) => type === "OrderMigrated")).toHaveLength(1);
    });

    it.each([
      ["before it is durable leaves the order as it was, on its release", 10_000, PRESENT.digest],
      ["and its repetition leaves it moved, whole", 1, NEXT.digest],
    ])("a commit that fails %s", async (_title, failures, digest) => {
      const { database, again } = await open();
      const failing = failingDatabase(database);
      const stand = await createStand(failing.database, PRESENT);
      await createReleasesStore(database).put(NEXT, stand.clock.now());
      await stand.begin("o1");
      await stand.report("o1", "a");
      const before = await stand.order("o1");
      failing.failNext(failures, "SQLITE_FULL");
      await migrate(stand, "o1", NEXT).catch(() => undefined);
      failing.failNext(0, "");

      const witness = await createStand(again(), PRESENT, { clock: stand.clock });
      const order = await witness.order("o1");
      expect(order.release.digest).toBe(digest);
      if (digest === PRESENT.digest) expect(order).toEqual(before);
      const journal = await readJournal(database, "o1");
      expect(JSON.parse(JSON.stringify(journal.flatMap(({ events }) => events).reduce<Order | null>(evolve, null)))).toEqual(order);
      await stand.unitOfWork.drain();
    });
  });
});
