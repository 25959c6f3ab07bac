import { WorkMemory } from "../../server/work/work-memory.ts";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Order } from "../../engine/order/order.ts";
import type { Json } from "../../engine/support/json.ts";
import { openDatabase, type Database } from "../../server/store/database.ts";
import type { Row } from "../../server/store/dialect.ts";
import { knownInputId, readPending } from "../../server/store/inbox-store.ts";
import { createOrderCache } from "../../server/store/order-cache.ts";
import { journalEntry } from "../../server/store/journal-store.ts";
import { loadOrders, readOrder } from "../../server/store/order-store.ts";
import { claim, findCommand, type LeasedCommand } from "../../server/store/outbox-store.ts";
import { createReleasesStore } from "../../server/store/releases-store.ts";
import { literal } from "../../server/store/sql.ts";
import { readDueTimers, readNextDueAt } from "../../server/store/timer-store.ts";
import { recordUnmatched } from "../../server/store/unmatched-store.ts";
import type { PendingMessage } from "../../server/store/inbox-store.ts";
import { commitGroup, recoverGroup, type Group } from "../../server/work/commit-group.ts";
import type { Work, WorkResult } from "../../server/work/contract.ts";
import type { WorkContext } from "../../server/work/work-context.ts";
import { WORK_LIMITS } from "../../server/work/work-limits.ts";
import { WorkQueue, type Entry } from "../../server/work/work-queue.ts";
import type { Committed, Dump, Store, StoreDeps } from "./store.ts";

/** Where databases of worlds lie: in memory where the machine has such a folder, so that a flush costs nothing. */
const FOLDER = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "orderloom-chaos-"));
process.once("exit", () => rmSync(FOLDER, { recursive: true, force: true }));
let migrated: Promise<string> | null = null;
let files = 0;

/** A migrated, empty database, made once and copied for each world. */
async function freshFile(): Promise<string> {
  migrated ??= migrateOne();
  const from = await migrated;
  files += 1;
  const file = join(FOLDER, `world-${files}.db`);
  copyFileSync(from, file);
  return file;
}

async function migrateOne(): Promise<string> {
  const file = join(FOLDER, "empty.db");
  const database = openDatabase(file);
  await database.migrate();
  await database.knex.raw("PRAGMA wal_checkpoint(TRUNCATE)");
  await database.close();
  return file;
}

/** The real unit of work and the real SQL, one commit at a time: what `run-pipeline` does, without its races. */
export async function createSqlStore(deps: StoreDeps): Promise<Store> {
  const file = await freshFile();
  const database = openDatabase(file);
  const releases = createReleasesStore(database);
  let pending: PendingMessage[] = [];
  let leased: LeasedCommand[] = [];
  let changed = new Map<string, Order>();
  let tasksWait = false;
  let timerSet: string | null = null;
  const context: WorkContext = {
    database, releases, engine: deps.engine, now: deps.now, log: pino({ level: "silent" }),
    limits: { ...WORK_LIMITS, commandsInFlight: deps.commandsInFlight, retryDelayMs: 0, worksPerCommit: 1_000 },
    cache: createOrderCache(200), memory: new WorkMemory(database.dialect),
    listeners: {
      delivery: {
        get owner() { return deps.owner(); }, leaseUntil: deps.leaseUntil, reserve: deps.reserve, cancel: deps.cancel,
        deliver: (commands) => leased.push(...commands),
      },
      pendingStored: (messages) => pending.push(...messages),
      tasksWait: () => { tasksWait = true; },
      timerSet: (dueAt) => { if (timerSet === null || dueAt < timerSet) timerSet = dueAt; },
      committed: (orders) => { for (const order of orders) changed.set(order.id, order); },
    },
  };
  const forget = () => {
    context.cache.clear();
    context.memory.forget();
  };

  async function commitOnce(queue: WorkQueue, group: Group): Promise<void> {
    try {
      await commitGroup(context, queue, group, false);
    } catch {
      forget();
      await commitGroup(context, queue, group, true).catch((error: unknown) => recoverGroup(context, queue, group, error));
    }
  }

  const rows = async (sql: string): Promise<Row[]> => (await database.select(sql))[0] ?? [];
  const claimRows = (which: string, limit: number, at: string) =>
    database.transaction(async ({ select }) => ({ write: [], result: await claim(select, which, limit, { owner: deps.owner(), until: deps.leaseUntil(at) }, "") }));

  return {
    put: async (release) => void (await releases.put(release, deps.now())),
    async commit(works, sweep): Promise<Committed> {
      [pending, leased, changed, tasksWait, timerSet] = [[], [], new Map(), false, null];
      const results = new Map<Work, WorkResult>();
      const queue = new WorkQueue();
      const failures: unknown[] = [];
      const entries = works.map((work): Entry => ({ work, resolve: (result) => results.set(work, result), reject: (error) => failures.push(error) }));
      queue.addSweep(sweep);
      await commitOnce(queue, { entries, sweep: queue.takeSweep() });
      while (!queue.idle) await commitOnce(queue, { entries: queue.take(1_000), sweep: queue.takeSweep() });
      if (failures.length > 0) throw failures[0] instanceof Error ? failures[0] : new Error(String(failures[0]));
      for (const [work, result] of results) if (result.outcome === "quarantined") deps.defect(work, result.error);
      return { results, leased, pending, tasksWait, timerSet, changed: [...changed.values()] };
    },
    restart: forget,
    order: (id) => readOrder(database, id),
    dueTimers: (at, limit) => readDueTimers(database, at, limit),
    nextDueAt: () => readNextDueAt(database),
    pendingMessages: (limit) => readPending(database.select, limit),
    takeOver: (at, limit) => claimRows(`status='leased' AND (lease_owner<>${literal(deps.owner())} OR lease_until<${literal(at)})`, limit, at),
    crowdedTargets: async () => (await rows("SELECT DISTINCT target_system FROM outbox WHERE status='pending' ORDER BY target_system")).map((row) => String(row["target_system"])),
    takePending: (targetSystem, limit, at) => claimRows(`status='pending' AND target_system=${literal(targetSystem)}`, limit, at),
    findCommand: (key) => findCommand(database, key),
    knownInputId: (source, messageId) => knownInputId(database, source, messageId),
    recordUnmatched: (message) => recordUnmatched(database, message),
    findAnswer: async (scope, key) => {
      const [row] = await rows(`SELECT response FROM idempotency_keys WHERE scope=${literal(scope)} AND key=${literal(key)}`);
      return row ? String(row["response"]) : null;
    },
    dump: () => dumpOf(database),
    async close() {
      await database.close();
      for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
    },
  };
}

async function dumpOf(database: Database): Promise<Dump> {
  const rows = async (sql: string): Promise<Row[]> => (await database.select(sql))[0] ?? [];
  const ids = (await rows("SELECT id FROM orders ORDER BY rowid")).map((row) => String(row["id"]));
  const text = (row: Row, column: string) => String(row[column]);
  const maybe = (row: Row, column: string) => (row[column] === null || row[column] === undefined ? null : String(row[column]));
  return {
    orders: [...(await loadOrders(database.select, ids)).values()],
    journal: (await rows("SELECT * FROM journal ORDER BY rowid")).map(journalEntry),
    timers: (await rows("SELECT * FROM timers ORDER BY timer_id")).map((row) => ({ timerId: text(row, "timer_id"), orderId: text(row, "order_id"), dueAt: text(row, "due_at") })),
    inbox: (await rows("SELECT * FROM inbox")).map((row) => ({ source: text(row, "source"), messageId: text(row, "message_id"), orderId: text(row, "order_id"), inputId: text(row, "input_id"), status: text(row, "status"), error: maybe(row, "error") })),
    outbox: (await rows("SELECT * FROM outbox ORDER BY rowid")).map((row) => ({ id: text(row, "id"), orderId: text(row, "order_id"), taskId: text(row, "task_id"), kind: text(row, "kind"), targetSystem: text(row, "target_system"), idempotencyKey: text(row, "idempotency_key"), status: text(row, "status"), attempt: Number(row["attempt"]) })),
    unmatched: (await rows("SELECT * FROM unmatched_results")).map((row) => ({ source: text(row, "source"), messageId: text(row, "message_id"), reason: text(row, "reason") })),
    locks: (await rows("SELECT * FROM locks")).map((row) => ({ name: text(row, "name"), orderId: text(row, "order_id"), taskId: text(row, "task_id") })),
    waiting: (await rows("SELECT * FROM ready_tasks")).map((row) => ({ orderId: text(row, "order_id"), taskId: text(row, "task_id") })),
    usage: (await rows("SELECT * FROM target_usage WHERE target_system<>'*'")).map((row) => ({ targetSystem: text(row, "target_system"), dispatched: Number(row["dispatched"]), outstanding: Number(row["outstanding"]) })),
    intents: (await rows("SELECT * FROM intent_keys")).map((row) => ({ intentKey: text(row, "intent_key"), orderId: text(row, "order_id") })),
    answers: (await rows("SELECT * FROM idempotency_keys")).map((row) => ({ key: JSON.stringify([row["scope"], row["key"]]), response: maybe(row, "response"), orderId: maybe(row, "order_id") })),
    releases: (await rows("SELECT * FROM releases")).map((row) => ({ digest: text(row, "digest"), definitions: (JSON.parse(text(row, "bundle")) as { definitions: Json }).definitions })),
  };
}
