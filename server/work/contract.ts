import type { Rejection } from "../../engine/interpret/interpretation.ts";
import type { Input } from "../../engine/order/inputs.ts";
import type { Order } from "../../engine/order/order.ts";

/**
 * The seam between the edges of the server (REST, callbacks, workers) and the unit of work. Everything that changes an
 * order passes through `handle`; several calls share one commit.
 */
export interface UnitOfWork {
  readonly handle: (work: Work) => Promise<WorkResult>;
}

/** One input for one order, and what must be written in the same transaction. */
export interface Work {
  readonly orderId: string;
  readonly input: Input;
  /** Message from outside: deduplicated by (source, messageId); a repeat yields `duplicate`. */
  readonly inbox?: { readonly source: string; readonly messageId: string };
  /** Outbox row whose delivery produced the input; settled in the same transaction. */
  readonly settles?: {
    readonly outboxId: string;
    readonly leaseEpoch: number;
    /** When the call was made; left out when none was, so that it says nothing about the target system. */
    readonly sentAt?: string;
  };
  /** Only with `SubmitOrder`. */
  readonly intake?: IntakeRows;
}

/** Prefix of the intent key that an installed product lends to the one order that may change it at a time. */
export const SERVICE_KEY = "service:";

/** What intake stores together with the accepted order (B2, B3). */
export interface IntakeRows {
  readonly releaseDigest: string;
  /** Unique keys of the customer's intent, for example `quote:Q-1/3` or `external:web/PO-77`; a second order with one of them is refused. */
  readonly intentKeys: readonly string[];
  /** Stored answer for a repeat of the same request. */
  readonly idempotency?: {
    /** Scope: operation and actor. */
    readonly scope: string;
    readonly key: string;
    readonly requestHash: string;
    readonly status: number;
    readonly response: string;
    readonly expiresAt: string;
  };
}

export type WorkResult =
  | { readonly outcome: "applied"; readonly order: Order; readonly events: number }
  /** The inbox has seen this message: nothing was changed. */
  | { readonly outcome: "duplicate" }
  | { readonly outcome: "rejected"; readonly rejection: Rejection }
  /** An order with the same intent key exists. */
  | { readonly outcome: "intent-exists"; readonly intentKey: string; readonly orderId: string }
  /** The idempotency key was taken by a concurrent request. */
  | { readonly outcome: "key-taken" }
  | { readonly outcome: "order-not-found" }
  /** A defect while interpreting: the input is quarantined with its error; nothing else was changed. */
  | { readonly outcome: "quarantined"; readonly error: string };
