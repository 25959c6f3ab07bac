import { pino } from "pino";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Json } from "../../engine/support/json.ts";
import type { UnmatchedMessage } from "../../server/callbacks/apply-callback.ts";
import { inboxKey, type InboxStatus, type PendingMessage } from "../../server/store/inbox-store.ts";
import { createOrderCache } from "../../server/store/order-cache.ts";
import type { LeasedCommand, OutboxCommand } from "../../server/store/outbox-store.ts";
import { applyWork } from "../../server/work/apply-work.ts";
import type { Work, WorkResult } from "../../server/work/contract.ts";
import { keyId, WorkBatch, type BatchFacts, type KnownKey } from "../../server/work/work-batch.ts";
import type { WorkContext } from "../../server/work/work-context.ts";
import { WORK_LIMITS } from "../../server/work/work-limits.ts";
import { SQLITE } from "../../server/store/dialect.ts";
import { WorkMemory } from "../../server/work/work-memory.ts";
import { MemoryAdmission } from "./memory-admission.ts";
import type { Committed, Dump, Store, StoreDeps } from "./store.ts";

interface StoredCommand {
  readonly command: OutboxCommand;
  readonly releaseDigest: string;
  readonly createdAt: string;
  status: "pending" | "leased" | "settled";
  owner: string | null;
  until: string | null;
  epoch: number;
}

interface InboxEntry {
  readonly row: Dump["inbox"][number] & { readonly status: InboxStatus };
  readonly message: PendingMessage;
}

const first = (a: StoredCommand, b: StoredCommand) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.command.commandId < b.command.commandId ? -1 : 1);

/**
 * The transactional map: the unit of work's own `applyWork` over maps instead of tables. A commit gathers everything first
 * and writes at the end, so that a failure on the way leaves nothing behind.
 */
export function createMemoryStore(deps: StoreDeps): Store {
  const orders = new Map<string, Order>();
  const journal: JournalEntry[] = [];
  const timers = new Map<string, { readonly orderId: string; readonly dueAt: string }>();
  const inbox = new Map<string, InboxEntry>();
  const outbox = new Map<string, StoredCommand>();
  const unsettled = new Set<string>();
  const byKey = new Map<string, string[]>();
  const unmatched = new Map<string, UnmatchedMessage>();
  const intents = new Map<string, string>();
  const answers = new Map<string, { readonly hash: string; readonly response: string; readonly orderId: string | null }>();
  const releases = new Map<string, CompiledRelease>();
  const admission = new MemoryAdmission(deps);

  const get = (digest: string): CompiledRelease => {
    const release = releases.get(digest);
    if (!release) throw new Error(`Release ${digest} is not stored`);
    return release;
  };
  const context: WorkContext = {
    // applyWork asks the facts and the engine only.
    database: { dialect: { singleWriter: true } } as WorkContext["database"], releases: { get }, engine: deps.engine, now: deps.now,
    log: pino({ level: "silent" }), limits: WORK_LIMITS, cache: createOrderCache(1), memory: new WorkMemory(SQLITE), listeners: {},
  };

  function factsFor(works: readonly Work[]): BatchFacts {
    const facts = { orders: new Map<string, Order>(), inbox: new Map<string, InboxStatus>(), leases: new Map<string, number>(), timers: new Map<string, string>(), idempotency: new Map<string, KnownKey>() };
    for (const { orderId, input, settles, inbox: message, intake } of works) {
      const order = orders.get(orderId);
      if (order) facts.orders.set(orderId, order);
      const sent = settles && outbox.get(settles.outboxId);
      if (settles && sent?.status === "leased") facts.leases.set(settles.outboxId, sent.epoch);
      const entry = message && inbox.get(inboxKey(message));
      if (message && entry) facts.inbox.set(inboxKey(message), entry.row.status);
      const timer = input.type === "TimerFired" ? timers.get(input.timerId) : undefined;
      if (input.type === "TimerFired" && timer) facts.timers.set(input.timerId, timer.dueAt);
      const id = intake?.idempotency && keyId(intake.idempotency.scope, intake.idempotency.key);
      const known = id === undefined ? undefined : answers.get(id);
      if (id !== undefined && known) facts.idempotency.set(id, { requestHash: known.hash, answered: true });
    }
    return { ...facts, busy: new Set(), intents, admission: null };
  }

  function write(batch: WorkBatch): { leased: LeasedCommand[]; changed: Order[] } {
    const leased: LeasedCommand[] = [];
    const changed: Order[] = [];
    for (const working of batch.orders.values()) {
      for (const command of working.commands) {
        if (command.type === "SetTimer" || command.type === "CancelTimer") batch.setTimer(working.id, command);
        else if (command.type !== "RecordProduct") leased.push(...storeCommand(command, working.release.digest, batch.at));
      }
      if (!working.changed || !working.order) continue;
      orders.set(working.id, working.order);
      journal.push(...working.journal);
      changed.push(working.order);
    }
    for (const { outboxId } of batch.settlements.values()) settle(outboxId);
    for (const [id, { orderId, dueAt }] of batch.timers) {
      if (dueAt === null) timers.delete(id);
      else timers.set(id, { orderId, dueAt });
    }
    for (const [intentKey, orderId] of batch.intents) intents.set(intentKey, orderId);
    for (const [id, row] of batch.idempotencyRows) answers.set(id, { hash: String(row.request_hash), response: String(row.response), orderId: row.order_id === null ? null : String(row.order_id) });
    for (const [key, row] of batch.inboxRows) {
      const known = inbox.get(key);
      if (known && known.row.status !== "pending") continue;
      const message = { source: String(row.source), messageId: String(row.message_id) };
      const input = row.input === null ? (known?.message.input ?? null) : (JSON.parse(String(row.input)) as PendingMessage["input"]);
      inbox.set(key, {
        row: { ...message, orderId: String(row.order_id), inputId: String(row.input_id), status: String(row.status) as InboxStatus, error: row.error === null ? null : String(row.error) },
        message: { ...message, orderId: String(row.order_id), input: input as PendingMessage["input"] },
      });
    }
    return { leased, changed };
  }

  function storeCommand(command: OutboxCommand, releaseDigest: string, at: string): LeasedCommand[] {
    if (outbox.has(command.commandId)) throw new Error(`UNIQUE constraint failed: outbox.id ${command.commandId}`);
    const mine = deps.reserve(command.targetSystem);
    outbox.set(command.commandId, { command, releaseDigest, createdAt: at, status: mine ? "leased" : "pending", owner: mine ? deps.owner() : null, until: mine ? deps.leaseUntil(at) : null, epoch: mine ? 1 : 0 });
    unsettled.add(command.commandId);
    if (command.type === "DispatchTask") byKey.set(command.idempotencyKey, [...(byKey.get(command.idempotencyKey) ?? []), command.commandId]);
    return mine ? [{ command, releaseDigest, leaseEpoch: 1 }] : [];
  }

  function settle(outboxId: string): void {
    const row = outbox.get(outboxId);
    if (row) row.status = "settled";
    unsettled.delete(outboxId);
  }

  function* open(): Iterable<StoredCommand> {
    for (const id of unsettled) {
      const row = outbox.get(id);
      if (row) yield row;
    }
  }

  function claim(which: (row: StoredCommand) => boolean, limit: number, at: string): LeasedCommand[] {
    const rows = Array.from(open()).filter(which).sort(first).slice(0, limit);
    return rows.map((row) => {
      Object.assign(row, { status: "leased", owner: deps.owner(), until: deps.leaseUntil(at), epoch: row.epoch + 1 });
      return { command: row.command, releaseDigest: row.releaseDigest, leaseEpoch: row.epoch };
    });
  }

  return {
    put: (release) => {
      releases.set(release.digest, release);
      return Promise.resolve();
    },
    async commit(works, sweep): Promise<Committed> {
      const batch = new WorkBatch(() => Promise.reject(new Error("The memory store has no SQL.")), factsFor(works), deps.now(), null);
      const results = new Map<Work, WorkResult>();
      for (const work of works) {
        const result = await applyWork(context, batch, work);
        if (result === "busy") throw new Error("Nothing is busy in memory.");
        if (result.outcome === "quarantined") deps.defect(work, result.error);
        results.set(work, result);
      }
      const tasksWait = await admission.admit(batch, sweep, { order: (id) => orders.get(id), release: get, failed: (input, orderId, error) => deps.defect({ orderId, input }, error) });
      const { leased, changed } = write(batch);
      return { results: finalResults(results, batch), leased, pending: batch.pending, tasksWait, timerSet: earliest(batch), changed };
    },
    restart: () => undefined,
    order: (id) => Promise.resolve(orders.get(id) ?? null),
    dueTimers: (at, limit) => {
      const due: { timerId: string; orderId: string; dueAt: string }[] = [];
      for (const [timerId, timer] of timers) if (timer.dueAt <= at) due.push({ timerId, ...timer });
      return Promise.resolve(due.sort((a, b) => (a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.timerId < b.timerId) ? -1 : 1)).slice(0, limit));
    },
    nextDueAt: () => {
      let least: string | null = null;
      for (const { dueAt } of timers.values()) if (least === null || dueAt < least) least = dueAt;
      return Promise.resolve(least);
    },
    pendingMessages: (limit) => Promise.resolve(Array.from(inbox.values()).filter(({ row }) => row.status === "pending").map(({ message }) => message).slice(0, limit)),
    takeOver: (at, limit) => Promise.resolve(claim((row) => row.status === "leased" && (row.owner !== deps.owner() || (row.until ?? "") < at), limit, at)),
    crowdedTargets: () => Promise.resolve([...new Set(Array.from(open()).flatMap(({ status, command }) => (status === "pending" ? [command.targetSystem] : [])))]),
    takePending: (targetSystem, limit, at) => Promise.resolve(claim((row) => row.status === "pending" && row.command.targetSystem === targetSystem, limit, at)),
    findCommand: (key) => {
      const newest = (byKey.get(key) ?? []).map((id) => outbox.get(id)?.command).sort((a, b) => (b?.attempt ?? 0) - (a?.attempt ?? 0))[0];
      return Promise.resolve(newest ? { orderId: newest.orderId, taskId: newest.taskId, attempt: newest.attempt } : null);
    },
    knownInputId: (source, messageId) => Promise.resolve(inbox.get(inboxKey({ source, messageId }))?.row.inputId ?? null),
    recordUnmatched: (message) => {
      const key = inboxKey(message);
      if (!unmatched.has(key)) unmatched.set(key, message);
      return Promise.resolve();
    },
    findAnswer: (scope, key) => Promise.resolve(answers.get(keyId(scope, key))?.response ?? null),
    dump: () =>
      Promise.resolve({
        orders: [...orders.values()], journal, timers: Array.from(timers, ([timerId, timer]) => ({ timerId, ...timer })), inbox: Array.from(inbox.values(), ({ row }) => row),
        outbox: Array.from(outbox.values(), ({ command, status }) => ({ id: command.commandId, orderId: command.orderId, taskId: command.taskId, kind: command.type === "DispatchTask" ? "dispatch" : "query", targetSystem: command.targetSystem, idempotencyKey: command.idempotencyKey, status, attempt: command.attempt })),
        unmatched: [...unmatched.values()], ...admission.dump(), intents: Array.from(intents, ([intentKey, orderId]) => ({ intentKey, orderId })),
        answers: Array.from(answers, ([key, { response, orderId }]) => ({ key, response, orderId })),
        releases: Array.from(releases.values(), ({ digest, definitions }) => ({ digest, definitions: definitions as unknown as Json })),
      }),
    close: () => Promise.resolve(),
  };
}

/** An applied work is answered with the order as it was committed. */
function finalResults(results: ReadonlyMap<Work, WorkResult>, { orders }: WorkBatch): ReadonlyMap<Work, WorkResult> {
  return new Map(Array.from(results, ([work, result]) => {
    const order = orders.get(work.orderId)?.order;
    return [work, result.outcome === "applied" && order ? { ...result, order } : result];
  }));
}

function earliest({ timers }: WorkBatch): string | null {
  let least: string | null = null;
  for (const { dueAt } of timers.values()) if (dueAt !== null && (least === null || dueAt < least)) least = dueAt;
  return least;
}
