import type { Instant } from "../language/kinds.ts";
import type { Json, JsonObject } from "../support/json.ts";
import type { Failure } from "./order.ts";

/** What the outside world may have done on behalf of a task. */
export type TaskEffect = "NONE" | "POSSIBLE" | "PARTIAL" | "DONE";

/** One lock a task needs; held from admission until the task is final (D4). */
export interface Lock {
  readonly scope: string;
  readonly key: string;
}

/** The clocks of a task: purpose -> instant at which it fires. */
export interface TaskTimers {
  /** A dependency is looked at again. */
  readonly wake?: Instant;
  /** The execution window opens. */
  readonly window?: Instant;
  /** The next step of the timeout policy. */
  readonly timeout?: Instant;
  /** A scheduled retry, or the end of a settle window. */
  readonly retry?: Instant;
  /** The other side is asked what happened. */
  readonly query?: Instant;
  /** Someone more is told that a person's work is not done. */
  readonly escalate?: Instant;
}

export type TaskTimerPurpose = keyof TaskTimers;

/** What every task carries, whatever its state. The plan's graph holds at the same position what never changes. */
interface TaskBase {
  readonly id: string;
  /** Positions of the edges in the graph that are not met yet. */
  readonly unmetEdges: readonly number[];
  /** Times the command was sent. */
  readonly attempts: number;
  /** Times the other side was asked about the command. */
  readonly queries: number;
  readonly effect: TaskEffect;
  /** An earlier sending of the same command was never answered: what a later one meets says nothing about it. */
  readonly unanswered: boolean;
  /** Values for the type's parameters; an alternative replaces them. */
  readonly with: JsonObject;
  /** Alternatives tried so far. */
  readonly alternatives: number;
  readonly requestRevision: number;
  /** First attempt of the present request: what is said of an earlier one is about another request. */
  readonly requestAttempt: number;
  readonly inputs: JsonObject;
  readonly request: JsonObject | null;
  /** Constant over every attempt of one request revision; null before the first dispatch. */
  readonly idempotencyKey: string | null;
  readonly locks: readonly Lock[];
  readonly locked: boolean;
  readonly readyAt: Instant | null;
  /** First dispatch. */
  readonly startedAt: Instant | null;
  /** Start of the timeout clock: the first dispatch since the last definite answer. */
  readonly clockAt: Instant | null;
  /** Last dispatch. */
  readonly sentAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly outputs: JsonObject;
  readonly lastFailure: Failure | null;
  readonly timers: TaskTimers;
}

/** State and what belongs to it alone. */
export type TaskStatus =
  | { readonly state: "PENDING" }
  | { readonly state: "READY" }
  | { readonly state: "DISPATCHED" }
  | { readonly state: "WAITING" }
  | { readonly state: "OUTCOME_UNKNOWN"; readonly since: Instant; readonly cause: string; /** Waits for admission to be sent again. */ readonly resend: boolean }
  | { readonly state: "RETRY_SCHEDULED" }
  | { readonly state: "AWAITING_MANUAL_ACTION"; readonly since: Instant; readonly manual: ManualWork }
  | { readonly state: "SUCCEEDED"; readonly evidence: Json; readonly via: ResultVia }
  | { readonly state: "SKIPPED_BY_POLICY"; readonly reason: string }
  | { readonly state: "WAIVED_BY_AUTHORIZED_USER"; readonly by: string; readonly reason: string }
  | { readonly state: "FAILED_FINAL"; readonly reason: string }
  | { readonly state: "CANCELLED"; readonly reason: string };

export type Task = TaskBase & TaskStatus;

/** How a result reached us. */
export type ResultVia = "response" | "callback" | "query" | "person" | "internal";

/** Work that waits for a person: the task itself, its repair, or the customer's answer. */
export interface ManualWork {
  readonly cause: "WORK" | "FALLOUT" | "HOLD";
  /** Definition of the manual task; null when only a retry is possible. */
  readonly manualTask: string | null;
  readonly queue: string | null;
  readonly role: string | null;
  readonly dueAt: Instant | null;
  /** Who has taken it into their hands; null while anyone with the role may. */
  readonly claimedBy: string | null;
  /** Who else was told that it is not done, in the order of time. */
  readonly escalations: readonly Escalation[];
}

export interface Escalation {
  readonly to: string;
  /** 1 for the first step of the manual task's escalation. */
  readonly level: number;
  readonly at: Instant;
}
