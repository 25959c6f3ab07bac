import type { Logger } from "pino";
import type { AdmissionCandidate } from "../../engine/interpret/admit.ts";
import type { Interpretation } from "../../engine/interpret/interpretation.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Input } from "../../engine/order/inputs.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Database } from "../store/database.ts";
import type { PendingMessage } from "../store/inbox-store.ts";
import type { OrderCache } from "../store/order-cache.ts";
import type { LeasedCommand } from "../store/outbox-store.ts";
import type { WorkLimits } from "./work-limits.ts";
import type { WorkMemory } from "./work-memory.ts";

/** The two calls of the engine that a commit makes. */
export interface EngineCalls {
  readonly interpret: (order: Order | null, input: Input, release: CompiledRelease, next?: CompiledRelease | null) => Promise<Interpretation>;
  readonly admissionCandidates: (order: Order, release: CompiledRelease, positions: readonly number[]) => readonly AdmissionCandidate[];
}

/** Releases by digest; `get` throws for one that is not stored. */
export interface ReleaseSource {
  readonly get: (digest: string) => CompiledRelease | Promise<CompiledRelease>;
}

/** Everything one commit needs from around it. */
export interface WorkContext {
  readonly database: Database;
  readonly releases: ReleaseSource;
  readonly engine: EngineCalls;
  readonly now: () => string;
  readonly log: Logger;
  readonly limits: WorkLimits;
  readonly cache: OrderCache;
  readonly memory: WorkMemory;
  readonly listeners: CommitListeners;
}

/** What workers of this process want to know of a commit. Without a listener the rows wait for a process that has one. */
export interface CommitListeners {
  delivery?: DeliveryDesk;
  /** Messages that were stored as pending. */
  pendingStored?: (messages: readonly PendingMessage[]) => void;
  /** The earliest timer that was set. */
  timerSet?: (dueAt: string) => void;
  /** Ready tasks wait for admission. */
  tasksWait?: () => void;
  /** Orders that changed, for those who publish their events. */
  committed?: (orders: readonly Order[]) => void;
}

/** Where commands are handed to the deliverer of this process, so that no claim is needed for them. */
export interface DeliveryDesk {
  readonly owner: string;
  /** Until when a lease taken at `at` holds. */
  readonly leaseUntil: (at: string) => string;
  /** Takes a place for one more command of the target system; false when all are taken. */
  readonly reserve: (targetSystem: string) => boolean;
  /** Gives a reserved place back: the commit failed. */
  readonly cancel: (targetSystem: string) => void;
  /** Performs commands for which places were reserved, now that they are committed. */
  readonly deliver: (commands: readonly LeasedCommand[]) => void;
}
