import type { Select } from "../store/database.ts";
import type { Row } from "../store/dialect.ts";
import { inboxKey, inboxStatusQuery, type InboxStatus } from "../store/inbox-store.ts";
import { idempotencyQuery, intentQuery } from "../store/intake-store.ts";
import { loadOrders } from "../store/order-store.ts";
import { leaseQuery } from "../store/outbox-store.ts";
import { listOf } from "../store/sql.ts";
import { timersQuery } from "../store/timer-store.ts";
import type { Work } from "./contract.ts";
import { keyId, type BatchFacts, type WorkBatch } from "./work-batch.ts";
import type { WorkContext } from "./work-context.ts";

/**
 * Reads what a batch must know, each table once. Where several processes share the database, its orders are locked
 * first and those that someone else holds are left out. A single writer trusts its memory instead - unless it was just
 * proven wrong (`verify`) - and lets the guards of the commit decide.
 */
export async function readFacts(context: WorkContext, select: Select, works: readonly Work[], at: string, { verify, previous }: FactsOptions): Promise<BatchFacts> {
  const checks = verify || !context.database.dialect.singleWriter;
  const ids = new Set(works.map(({ orderId }) => orderId));
  const messages = works.flatMap(({ inbox }) => inbox ?? []);
  const settled = works.flatMap(({ settles }) => settles?.outboxId ?? []);
  const timerIds = works.flatMap(({ input }) => (input.type === "TimerFired" ? input.timerId : []));
  const intents = works.flatMap(({ intake }) => intake?.intentKeys ?? []);
  const keys = works.flatMap(({ intake }) => intake?.idempotency ?? []);

  const queries = new Queries();
  const { lock, lockFree } = context.database.dialect;
  const locked = queries.add(checks && ids.size > 0, () => `SELECT id, aggregate_version FROM orders WHERE id IN ${listOf(ids)} ORDER BY id${lockFree}`);
  const existing = queries.add(checks && lockFree !== "" && ids.size > 0, () => `SELECT id FROM orders WHERE id IN ${listOf(ids)}`);
  const leases = queries.add(checks && settled.length > 0, () => leaseQuery(settled, lock));
  const inbox = queries.add(messages.length > 0, () => inboxStatusQuery(messages));
  const timers = queries.add(timerIds.length > 0, () => timersQuery(timerIds));
  const intentRows = queries.add(intents.length > 0, () => intentQuery(intents));
  const keyRows = queries.add(keys.length > 0, () => idempotencyQuery(keys, at));
  const admission = asksForAdmission(context, works) ? context.memory.queries().map((query) => queries.add(true, () => query)) : null;
  await queries.run(select);

  const versions = checks ? new Map(locked().map((row) => [String(row["id"]), Number(row["aggregate_version"])])) : null;
  const wanted = versions ? versions.keys() : works.filter(({ input }) => input.type !== "SubmitOrder").map(({ orderId }) => orderId);
  return {
    orders: await ordersOf(context, select, new Set(wanted), versions, previous),
    busy: new Set(existing().map((row) => String(row["id"])).filter((id) => versions !== null && !versions.has(id))),
    inbox: new Map(inbox().map((row) => [inboxKey({ source: String(row["source"]), messageId: String(row["message_id"]) }), String(row["status"]) as InboxStatus])),
    leases: checks ? new Map(leases().filter((row) => row["status"] === "leased").map((row) => [String(row["id"]), Number(row["lease_epoch"])])) : null,
    timers: new Map(timers().map((row) => [String(row["timer_id"]), String(row["due_at"])])),
    intents: new Map(intentRows().map((row) => [String(row["intent_key"]), String(row["order_id"])])),
    idempotency: new Map(keyRows().map((row) => [keyId(String(row["scope"]), String(row["key"])), { requestHash: String(row["request_hash"]), answered: row["status"] !== null }])),
    admission: admission && context.memory.factsFrom(admission.map((rows) => rows())),
  };
}

/** Where the lock of admission must be asked for: for a few works it is waited for at once, which spares them a question of its own. */
function asksForAdmission({ database, limits }: WorkContext, works: readonly Work[]): boolean {
  return !database.dialect.singleWriter && works.length <= limits.promptAdmissionWorks && works.some(({ input }) => input.type !== "SubmitOrder");
}

export interface FactsOptions {
  readonly verify: boolean;
  /** The batch that is being written while this one is prepared. */
  readonly previous: WorkBatch | null;
}

/** Obtains further orders in the middle of a batch: those whose tasks wait for what just came free. */
export async function obtainOrders(context: WorkContext, { select, previous }: WorkBatch, ids: readonly string[]): Promise<BatchFacts["orders"]> {
  if (ids.length === 0) return new Map();
  const { singleWriter, lockFree } = context.database.dialect;
  if (singleWriter) return ordersOf(context, select, new Set(ids), null, previous);
  const [rows = []] = await select(`SELECT id, aggregate_version FROM orders WHERE id IN ${listOf(ids)} ORDER BY id${lockFree}`);
  const versions = new Map(rows.map((row) => [String(row["id"]), Number(row["aggregate_version"])]));
  return ordersOf(context, select, new Set(versions.keys()), versions, null);
}

/** From memory where that is the stored version, from the rows otherwise. */
async function ordersOf(
  { cache }: WorkContext, select: Select, ids: ReadonlySet<string>, versions: ReadonlyMap<string, number> | null, previous: WorkBatch | null,
): Promise<BatchFacts["orders"]> {
  const orders: BatchFacts["orders"] = new Map();
  const missing: string[] = [];
  for (const id of ids) {
    const known = previous?.orders.get(id)?.order ?? cache.get(id);
    if (known && (versions === null || versions.get(id) === known.aggregateVersion)) orders.set(id, known);
    else missing.push(id);
  }
  if (missing.length > 0) for (const [id, order] of await loadOrders(select, missing)) orders.set(id, order);
  return orders;
}

/** Queries that go out together, each only when it is needed. */
class Queries {
  readonly #texts: string[] = [];
  #answers: Row[][] = [];

  /** Adds a query; the returned function gives its rows once `run` has ended. */
  add(needed: boolean, text: () => string): () => Row[] {
    if (!needed) return () => [];
    const position = this.#texts.push(text()) - 1;
    return () => this.#answers[position] ?? [];
  }

  async run(select: Select): Promise<void> {
    if (this.#texts.length > 0) this.#answers = await select(...this.#texts);
  }
}
