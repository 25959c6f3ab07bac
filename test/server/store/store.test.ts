import { describe, expect, it } from "vitest";
import { openDatabase } from "../../../server/store/database.ts";
import { literal } from "../../../server/store/sql.ts";
import { insertInto } from "../../../server/store/table.ts";
import { UNMATCHED_RESULTS } from "../../../server/store/tables.ts";
import { createReleasesStore } from "../../../server/store/releases-store.ts";
import { MIGRATIONS } from "../../../server/store/migration-source.ts";
import { recordUnmatched } from "../../../server/store/unmatched-store.ts";
import { findCommand } from "../../../server/store/outbox-store.ts";
import { knownInputId } from "../../../server/store/inbox-store.ts";
import { planRelease } from "../../bench/plan-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createStand, DONE, START } from "../work/stand.ts";

const RELEASE = planRelease({ name: "test.store", tasks: [{ key: "a" }] });

/** Texts that mean something to SQL, to JSON or to a C library. */
const HOSTILE = ["it's", "''", "\\", "\\'; DROP TABLE orders; --", "a;b", "?", "$1", "%", "\n\r\t", "\u2028", "日本", "🏠", '{"a":1}', "NULL", ""];

forEachDatabase((name, open) => {
  it("the schema is brought up in numbered steps without a gap, and a second start changes nothing", async () => {
    const { database, again } = await open();
    await again().migrate();

    expect(MIGRATIONS.map(({ name: step }) => step.slice(0, 4))).toEqual(MIGRATIONS.map((_, index) => String(index + 1).padStart(4, "0")));
    expect((await database.knex("knex_migrations").select("name")).map((row: { name: string }) => row.name)).toEqual(MIGRATIONS.map(({ name: step }) => step));
  });

  it("every text comes back as it was written", async () => {
    const { database } = await open();
    const rows = HOSTILE.map((text, index) => ({ source: "s", message_id: `m${String(index).padStart(2, "0")}`, order_id: text, task_id: null, reason: text, input: JSON.stringify(text), received_at: START }));

    await database.write(insertInto(UNMATCHED_RESULTS, rows));

    const [stored = []] = await database.select("SELECT order_id, reason, input FROM unmatched_results ORDER BY message_id");
    expect(stored.map((row) => [row["order_id"], row["reason"], JSON.parse(String(row["input"]))])).toEqual(HOSTILE.map((text) => [text, text, text]));
  });

  it("a commit of several megabytes is one statement like any other", async () => {
    const { database } = await open();
    const input = JSON.stringify("'".repeat(6_000_000));

    await database.write(insertInto(UNMATCHED_RESULTS, [{ source: "s", message_id: "big", order_id: null, task_id: null, reason: "big", input, received_at: START }]));

    const [rows = []] = await database.select("SELECT LENGTH(input) AS length FROM unmatched_results");
    expect(rows).toEqual([{ length: input.length }]);
  });

  it("ids sort by code unit, whatever the language of the machine", async () => {
    const { database } = await open();
    const ids = ["a", "B", "á", "_", "Z", "z", "1"];
    await database.write(insertInto(UNMATCHED_RESULTS, ids.map((id) => ({ source: "s", message_id: id, order_id: null, task_id: null, reason: "r", input: "{}", received_at: START }))));

    const [rows = []] = await database.select("SELECT message_id FROM unmatched_results ORDER BY message_id");

    expect(rows.map((row) => row["message_id"])).toEqual(["1", "B", "Z", "_", "a", "z", "á"]);
  });

  it("a write that fails half way leaves nothing, and the connection is as good as new", async () => {
    const { database } = await open();
    const row = { source: "s", message_id: "m", order_id: null, task_id: null, reason: "r", input: "{}", received_at: START };

    await expect(database.write([...insertInto(UNMATCHED_RESULTS, [row]), ...insertInto(UNMATCHED_RESULTS, [row])])).rejects.toThrow();
    await expect(database.transaction(async ({ select }) => {
      await select("SELECT 1");
      throw new Error("changed my mind");
    })).rejects.toThrow("changed my mind");

    expect(await database.select("SELECT * FROM unmatched_results")).toEqual([[]]);
    await database.write(insertInto(UNMATCHED_RESULTS, [row]));
    expect((await database.select("SELECT message_id FROM unmatched_results"))[0]).toHaveLength(1);
  });

  it("a guard that is not met names its reason and undoes the commit", async () => {
    const { database } = await open();
    const guarded = { sql: "UPDATE target_usage SET waiting=5 WHERE target_system='nobody'", guard: { name: "stale_usage", rows: 1 } } as const;
    const row = { source: "s", message_id: "m", order_id: null, task_id: null, reason: "r", input: "{}", received_at: START };

    await expect(database.write([...insertInto(UNMATCHED_RESULTS, [row]), guarded])).rejects.toThrow(/stale_usage/);
    await database.write([{ ...guarded, guard: { ...guarded.guard, rows: 0 } }]);

    expect(await database.select("SELECT * FROM unmatched_results", "SELECT * FROM write_guard")).toEqual([[], []]);
  });

  it.skipIf(name === "postgresql")("SQLite is fully durable: WAL, flushed at every commit", async () => {
    const { database } = await open();
    expect(await database.select("PRAGMA journal_mode", "PRAGMA synchronous", "PRAGMA foreign_keys")).toEqual([[{ journal_mode: "wal" }], [{ synchronous: 2 }], [{ foreign_keys: 1 }]]);
  });

  describe("a release", () => {
    it("is stored once: the same content again changes nothing, and it compiles to what it was", async () => {
      const { database, again } = await open();
      const releases = createReleasesStore(database);

      expect(await releases.put(RELEASE, START)).toBe(true);
      expect(await releases.put(RELEASE, "2026-04-01T00:00:00.000Z")).toBe(false);
      const other = createReleasesStore(again());
      const read = await other.get(RELEASE.digest);

      expect(read.definitions).toEqual(RELEASE.definitions);
      expect(await other.list()).toEqual([{ name: RELEASE.name, digest: RELEASE.digest, storedAt: START }]);
      expect(await other.byDigest("unknown")).toBeNull();
    });

    it("is at hand while it is in use; one that others have pushed out is compiled again when an order needs it", async () => {
      const { database } = await open();
      const made = (maxAttempts: number) => planRelease({ name: `test.${maxAttempts}`, tasks: [{ key: "a" }], maxAttempts });
      const [first, second, third] = [made(1), made(2), made(3)];
      const releases = createReleasesStore(database, 2);
      for (const release of [first, second]) await releases.put(release, START);
      expect(releases.get(first.digest)).toBe(first);
      await releases.put(third, START);

      expect(releases.get(first.digest)).toBe(first);
      expect(releases.get(third.digest)).toBe(third);
      const again = await releases.get(second.digest);
      expect(again).not.toBe(second);
      expect(again.digest).toBe(second.digest);
    });

    it("whose stored content was changed is refused, not run", async () => {
      const { database, again } = await open();
      await createReleasesStore(database).put(RELEASE, START);
      const [rows = []] = await database.select("SELECT bundle FROM releases");
      const changed = String(rows[0]?.["bundle"]).replace("P-1", "P-2").replace('"maxAttempts":3', '"maxAttempts":9');
      await expect(database.write([{ sql: `UPDATE releases SET bundle=${literal(changed)}` }])).rejects.toThrow(/never change/);
      await expect(database.write([{ sql: "DELETE FROM releases" }])).rejects.toThrow(/never change/);
      // Somebody who owns the database can take the trigger away; the digest still gives the change away.
      await database.write([{ sql: name === "sqlite" ? "DROP TRIGGER releases_no_update" : "DROP TRIGGER releases_frozen ON releases" }]);
      await database.write([{ sql: `UPDATE releases SET bundle=${literal(changed)}` }]);

      await expect(Promise.resolve(createReleasesStore(again()).get(RELEASE.digest))).rejects.toThrow(/changed/);
    });

    it("is the one for new orders when it was activated last, also after a restart", async () => {
      const { database, again } = await open();
      const other = planRelease({ name: "test.other", tasks: [{ key: "b" }] });
      const releases = createReleasesStore(database);
      await releases.put(RELEASE, START);
      await releases.put(other, START);
      await releases.activate(other.digest, START);
      await releases.activate(RELEASE.digest, START);
      expect(releases.active()?.digest).toBe(RELEASE.digest);

      const restarted = createReleasesStore(again());
      expect(restarted.active()).toBeNull();
      expect((await restarted.refreshActive())?.digest).toBe(RELEASE.digest);
    });
  });

  it("an unmatched message is kept once", async () => {
    const { database } = await open();
    const message = { source: "billing", messageId: "m-1", receivedAt: START, reason: "command-unknown", body: { a: 1 } };

    await recordUnmatched(database, message);
    await recordUnmatched(database, { ...message, reason: "other" });

    expect((await database.select("SELECT source, message_id, reason, input FROM unmatched_results"))[0]).toEqual([{ source: "billing", message_id: "m-1", reason: "command-unknown", input: '{"a":1}' }]);
  });

  it("a command is found by its key and a message by its source and id", async () => {
    const { database } = await open();
    const stand = await createStand(database, RELEASE);
    await stand.begin("o1");
    const key = (await stand.task("o1", "a")).idempotencyKey ?? "";

    await stand.report("o1", "a", DONE, "m-1");

    expect(await findCommand(database, key)).toEqual({ orderId: "o1", taskId: "o1/p1/1/a", attempt: 1 });
    expect(await findCommand(database, "no such key")).toBeNull();
    expect(await knownInputId(database, "bench", "m-1")).toBe("report/m-1");
    expect(await knownInputId(database, "bench", "m-2")).toBeNull();
  });
});

it("an address decides about the database", () => {
  const databases = ["postgres://u:p@localhost/x", "postgresql://localhost/x", "/tmp/x.db", "file:/tmp/x.db"].map((url) => openDatabase(url));
  expect(databases.map(({ dialect }) => dialect.name)).toEqual(["postgresql", "postgresql", "sqlite", "sqlite"]);
  return Promise.all(databases.map((database) => database.close()));
});
