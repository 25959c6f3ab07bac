import type { CancelTimer, SetTimer } from "../../engine/order/commands.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Select } from "../store/database.ts";
import { inboxKey, type InboxKey, type InboxStatus, type PendingMessage } from "../store/inbox-store.ts";
import type { LeasedCommand, Settlement } from "../store/outbox-store.ts";
import type { RowOf } from "../store/table.ts";
import type { IDEMPOTENCY_KEYS, INBOX, INTENT_KEYS } from "../store/tables.ts";
import type { AdmissionOutcome } from "./admit-tasks.ts";
import type { Work, WorkResult } from "./contract.ts";
import { Occupancy } from "./occupancy.ts";
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
  readonly idempotency: ReadonlyMap<string, { readonly requestHash: string; readonly answered: boolean }>;
}

/** Everything one commit gathers until it is written. */
export class WorkBatch {
  readonly select: Select;
  readonly facts: BatchFacts;
  readonly at: string;
  readonly occupancy = new Occupancy();
  readonly orders = new Map<string, WorkingOrder>();
  readonly results = new Map<Work, WorkResult | "busy">();
  readonly settlements = new Map<string, Settlement>();
  readonly inboxRows = new Map<string, RowOf<typeof INBOX>>();
  readonly intentRows: RowOf<typeof INTENT_KEYS>[] = [];
  readonly idempotencyRows: RowOf<typeof IDEMPOTENCY_KEYS>[] = [];
  readonly pending: PendingMessage[] = [];
  readonly timers = new Map<string, { readonly orderId: string; readonly dueAt: string | null }>();
  readonly leased: LeasedCommand[] = [];
  admission: AdmissionOutcome | null = null;

  constructor(select: Select, facts: BatchFacts, at: string) {
    this.select = select;
    this.facts = facts;
    this.at = at;
  }

  /** Status of a message, with what this commit has done to it. */
  inboxStatus(message: InboxKey): InboxStatus | undefined {
    const key = inboxKey(message);
    const own = this.inboxRows.get(key)?.status;
    return own === undefined || own === null ? this.facts.inbox.get(key) : (own as InboxStatus);
  }

  /** When a timer is due, with what this commit has done to it; undefined when it is not set. */
  timerDueAt(timerId: string): string | undefined {
    const own = this.timers.get(timerId);
    return own ? (own.dueAt ?? undefined) : this.facts.timers.get(timerId);
  }

  setTimer(orderId: string, command: SetTimer | CancelTimer): void {
    this.timers.set(command.timerId, { orderId, dueAt: command.type === "SetTimer" ? command.dueAt : null });
  }
}
