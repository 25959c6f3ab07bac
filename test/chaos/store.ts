import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Json } from "../../engine/support/json.ts";
import type { FoundCommand, UnmatchedMessage } from "../../server/callbacks/apply-callback.ts";
import type { PendingMessage } from "../../server/store/inbox-store.ts";
import type { LeasedCommand } from "../../server/store/outbox-store.ts";
import type { Sweep } from "../../server/work/admit-tasks.ts";
import type { Work, WorkResult } from "../../server/work/contract.ts";
import type { EngineCalls } from "../../server/work/work-context.ts";

/** What a store needs from around it: the clock of the process, the engine - which a planted bug may have changed - and places for deliveries. */
export interface StoreDeps {
  readonly engine: EngineCalls;
  readonly now: () => string;
  readonly commandsInFlight: number;
  /** Who takes commands over at once; changes with every restart. */
  readonly owner: () => string;
  readonly leaseUntil: (at: string) => string;
  readonly reserve: (targetSystem: string) => boolean;
  readonly cancel: (targetSystem: string) => void;
  /** An input was quarantined: a defect. */
  readonly defect: (work: Work, error: string) => void;
}

/** What one commit did, for the process to act on once it is durable. */
export interface Committed {
  readonly results: ReadonlyMap<Work, WorkResult>;
  readonly leased: readonly LeasedCommand[];
  readonly pending: readonly PendingMessage[];
  readonly tasksWait: boolean;
  /** The earliest timer that was set. */
  readonly timerSet: string | null;
  readonly changed: readonly Order[];
}

/**
 * The one contract both stores fulfill: a transactional map in memory and the real SQL. Everything a simulated process
 * knows lies behind it; `restart` forgets what is not durable.
 */
export interface Store {
  readonly put: (release: CompiledRelease) => Promise<void>;
  /** One transaction: apply the works in their order, admit, write everything - or nothing, when it throws. */
  readonly commit: (works: readonly Work[], sweep: Sweep) => Promise<Committed>;
  readonly restart: () => void;
  readonly order: (id: string) => Promise<Order | null>;
  readonly dueTimers: (at: string, limit: number) => Promise<readonly { readonly timerId: string; readonly orderId: string; readonly dueAt: string }[]>;
  readonly nextDueAt: () => Promise<string | null>;
  readonly pendingMessages: (limit: number) => Promise<readonly PendingMessage[]>;
  /** Commands nobody performs any more, taken over with a new epoch. */
  readonly takeOver: (at: string, limit: number) => Promise<readonly LeasedCommand[]>;
  /** Target systems with commands that nobody has taken yet. */
  readonly crowdedTargets: () => Promise<readonly string[]>;
  readonly takePending: (targetSystem: string, limit: number, at: string) => Promise<readonly LeasedCommand[]>;
  readonly findCommand: (idempotencyKey: string) => Promise<FoundCommand | null>;
  readonly knownInputId: (source: string, messageId: string) => Promise<string | null>;
  readonly recordUnmatched: (message: UnmatchedMessage) => Promise<void>;
  /** The stored answer to a request, or null. */
  readonly findAnswer: (scope: string, key: string) => Promise<string | null>;
  readonly dump: () => Promise<Dump>;
  readonly close: () => Promise<void>;
}

/** The final tables, as one witness among others. */
export interface Dump {
  readonly orders: readonly Order[];
  /** In the order in which they were committed. */
  readonly journal: readonly JournalEntry[];
  readonly timers: readonly { readonly timerId: string; readonly orderId: string; readonly dueAt: string }[];
  readonly inbox: readonly { readonly source: string; readonly messageId: string; readonly orderId: string; readonly inputId: string; readonly status: string; readonly error: string | null }[];
  readonly outbox: readonly OutboxRow[];
  readonly unmatched: readonly { readonly source: string; readonly messageId: string; readonly reason: string }[];
  readonly locks: readonly { readonly name: string; readonly orderId: string; readonly taskId: string }[];
  readonly waiting: readonly { readonly orderId: string; readonly taskId: string }[];
  readonly usage: readonly { readonly targetSystem: string; readonly dispatched: number; readonly outstanding: number }[];
  readonly intents: readonly { readonly intentKey: string; readonly orderId: string }[];
  readonly answers: readonly { readonly key: string; readonly response: string | null; readonly orderId: string | null }[];
  readonly releases: readonly { readonly digest: string; readonly definitions: Json }[];
}

export interface OutboxRow {
  readonly id: string;
  readonly orderId: string;
  readonly taskId: string;
  readonly kind: string;
  readonly targetSystem: string;
  readonly idempotencyKey: string;
  readonly status: string;
  readonly attempt: number;
}
