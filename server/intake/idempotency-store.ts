import type { Instant } from "../../engine/language/kinds.ts";

/** Which request a key stands for: the operation and the actor, so that nobody meets another one's keys (B2). */
export interface RequestIdentity {
  readonly scope: string;
  readonly key: string;
  /** SHA-256 over the canonical JSON of what was asked. */
  readonly hash: string;
}

/** The answer that repeats get. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

/** What is known about a key. */
export type KnownRequest =
  | { readonly state: "answered"; readonly hash: string; readonly answer: StoredAnswer }
  | { readonly state: "running"; readonly hash: string };

/** Records of requests and their answers (table `idempotency_keys`). An order's own record is written by the unit of work. */
export interface IdempotencyStore {
  /** What is known and not expired, or null. A run that did not end in its time counts as never begun. */
  readonly find: (scope: string, key: string, now: Instant) => Promise<KnownRequest | null>;
  /** Takes the key until `untilAt` for a request that begins now; false when someone else has it. */
  readonly begin: (request: RequestIdentity, now: Instant, untilAt: Instant) => Promise<boolean>;
  /** Writes the answer down; an answer that is there already stays. */
  readonly remember: (request: RequestIdentity, answer: StoredAnswer, expiresAt: Instant) => Promise<void>;
  /** Gives a key back whose request came to nothing, so that it can be tried again. */
  readonly release: (request: RequestIdentity) => Promise<void>;
}
