import type { CancelTimer, SetTimer } from "../../engine/order/commands.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Select } from "../store/database.ts";
import type { NewDeadLetter } from "../store/dead-letter-store.ts";
import { inboxKey, type InboxKey, type InboxStatus, type PendingMessage } from "../store/inbox-store.ts";
import type { LeasedCommand, Settlement } from "../store/outbox-store.ts";
import type { RowOf } from "../store/table.ts";
import type { IDEMPOTENCY_KEYS, INBOX } from "../store/tables.ts";
import type { AdmissionResult } from "./admission-statements.ts";
import type { Work, WorkResult } from "./contract.ts";
import type { FinishedDelivery } from "./flow-round.ts";
import { Occupancy, type LockHolder } from "./occupancy.ts";
import type { AdmissionFacts } from "./work-memory.ts";
import type { WorkingOrder } from "./working-order.ts";

/** What the database said before anything was interpreted. */
export interface BatchFacts {
  /** Orders as stored, and locked for us where others could write. */
  readonly orders: Map<string, Order>;
  /** Orders another process is working on. */
  readonly busy: ReadonlySet<string>;
  readonly inbox: ReadonlyMap<string, InboxStatus>;
  /** Outbox id -> epoch of its lease; null: not known, the guard of the commit will tell. */
  readonly leases: ReadonlyMap<string, number> | null;
  readonly timers: ReadonlyMap<string, string>;
  readonly intents: ReadonlyMap<string, string>;
  readonly idempotency: ReadonlyMap<string, KnownKey>;
  /** What admission must know, when it was asked for already; then the lock of admission is ours. */
  readonly admission: AdmissionFacts | null;
}

/** An idempotency key that is in use. */
export interface KnownKey {
  readonly requestHash: string;
  /** False for the mark that a request left when it began. */
  readonly answered: boolean;
}

/**
 * Everything one commit gathers until it is written. Where one process owns the database a batch may be prepared while
 * the one before it is still being written (`previous`): each question is then answered by this batch, else by that one, else by
 * the database - whether or not the database shows that one already makes no difference.
 */
export class WorkBatch {
  readonly select: Select;
  readonly facts: BatchFacts;
  readonly at: string;
  /** Only while this batch is prepared: kept longer, every batch would keep all that came before it in memory. */
  previous: WorkBatch | null;
  readonly occupancy = new Occupancy();
  readonly orders = new Map<string, WorkingOrder>();
  readonly results = new Map<Work, WorkResult | "busy">();
  readonly settlements = new Map<string, Settlement>();
  readonly inboxRows = new Map<string, RowOf<typeof INBOX>>();
  /** Intent key -> order. */
  readonly intents = new Map<string, string>();
  readonly idempotencyRows = new Map<string, RowOf<typeof IDEMPOTENCY_KEYS>>();
  readonly pending: PendingMessage[] = [];
  readonly deadLetters: NewDeadLetter[] = [];
  readonly timers = new Map<string, { readonly orderId: string; readonly dueAt: string | null }>();
  readonly leased: LeasedCommand[] = [];
  /** What deliveries said about the health of their target systems. */
  readonly deliveries: FinishedDelivery[] = [];
  admission: AdmissionResult | null = null;
  /** Resources whose waiting tasks should be looked at in another commit. */
  again: ReadonlySet<string> = new Set();
  /** Tasks wait for admission. */
  tasksWait = false;

  constructor(select: Select, facts: BatchFacts, at: string, previous: WorkBatch | null) {
    this.select = select;
    this.facts = facts;
    this.at = at;
    this.previous = previous;
  }

  inboxStatus(message: InboxKey): InboxStatus | undefined {
    const key = inboxKey(message);
    const own = this.inboxRows.get(key) ?? this.previous?.inboxRows.get(key);
    return own ? (own.status as InboxStatus) : this.facts.inbox.get(key);
  }

  /** When a timer is due; undefined when it is not set. */
  timerDueAt(timerId: string): string | undefined {
    const own = this.timers.get(timerId) ?? this.previous?.timers.get(timerId);
    return own ? (own.dueAt ?? undefined) : this.facts.timers.get(timerId);
  }

  /** The order that has an intent key. */
  orderOfIntent(intentKey: string): string | undefined {
    return this.intents.get(intentKey) ?? this.previous?.intents.get(intentKey) ?? this.facts.intents.get(intentKey);
  }

  idempotencyKey(scope: string, key: string): KnownKey | undefined {
    const id = keyId(scope, key);
    const own = this.idempotencyRows.get(id) ?? this.previous?.idempotencyRows.get(id);
    return own ? { requestHash: String(own.request_hash), answered: true } : this.facts.idempotency.get(id);
  }

  /** Who holds a lock: null when it is free, undefined when only the database knows. */
  lockHolder(name: string): LockHolder | null | undefined {
    const own = this.occupancy.locks.get(name);
    return own === undefined ? this.previous?.occupancy.locks.get(name) : own;
  }

  setTimer(orderId: string, command: SetTimer | CancelTimer): void {
    this.timers.set(command.timerId, { orderId, dueAt: command.type === "SetTimer" ? command.dueAt : null });
  }
}

/** The one text that stands for an idempotency key in maps. */
export function keyId(scope: string, key: string): string {
  return JSON.stringify([scope, key]);
}

