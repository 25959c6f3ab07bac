import type { Duration } from "../language/kinds.ts";
import type { Repair } from "../order/repair.ts";
import type { Json, JsonObject } from "../support/json.ts";

/** How the simulated world behaves. What no line names succeeds at once, with a sample of its evidence. */
export type ScriptLine = TaskLine | QueryLine | EventLine | ManualLine | PersonLine | PaceLine;

/** Work takes as long as its task type usually does, where no line says how long. */
export interface PaceLine {
  readonly pace: "USUAL";
}

export interface TaskLine {
  /** `<itemId>/<taskKey>` */
  readonly task: string;
  /** The n-th time the command is sent; every time when left out. */
  readonly attempt?: number;
  readonly does: TaskBehavior;
  /** How long the work, or the answer, takes. */
  readonly after?: Duration;
  readonly result?: Json;
  /** For failures. */
  readonly code?: string;
  readonly httpStatus?: number;
  readonly message?: string;
  /** For failures: what the system says it did all the same; NONE when left out. */
  readonly effect?: "NONE" | "POSSIBLE" | "PARTIAL";
}

/**
 * What a system does with a command. FAIL answers the call itself, ACCEPT_THEN_FAIL accepts it and fails later. LOSE_CALLBACK
 * accepts it and does the work, and the message that says so is lost.
 */
export type TaskBehavior = "SUCCEED" | "FAIL" | "ACCEPT_THEN_FAIL" | "TAKE_EFFECT_THEN_TIME_OUT" | "TIME_OUT_WITHOUT_EFFECT" | "DUPLICATE" | "REORDER" | "LATE" | "LOSE_CALLBACK";

export interface QueryLine {
  /** Key of the target system that is asked. */
  readonly query: string;
  /** The n-th question to the system; every one when left out. */
  readonly attempt?: number;
  readonly does: "FOUND_SUCCEEDED" | "NOT_FOUND" | "IN_PROGRESS" | "NO_ANSWER";
  /** How many questions are answered so; all when left out. */
  readonly times?: number;
  readonly after?: Duration;
}

export interface EventLine {
  readonly event: string;
  readonly item?: string;
  /** Duration since the order was accepted. This or `afterEvents` says when. */
  readonly at?: Duration;
  /** As soon as the order has had so many events. */
  readonly afterEvents?: number;
  readonly data?: JsonObject;
}

/** What a person does with the manual task, `after` it was handed out. Unscripted, the first outcome that succeeds is taken. */
export interface ManualLine {
  readonly manual: string;
  /** The n-th time it is done; every time when left out. */
  readonly attempt?: number;
  readonly outcome: string;
  /** A role the person has besides the one the manual task asks for. */
  readonly as?: string;
  readonly form?: JsonObject;
  readonly evidence?: Json;
  readonly after?: Duration;
  readonly times?: number;
}

/**
 * What a person asks for, once: `at` a time since acceptance, `after` something happened to a task for the first time, or
 * `afterEvents` so many events.
 * A decision without either is taken as soon as an approval waits.
 */
export type PersonLine = Trigger & Act;

interface Trigger {
  readonly at?: Duration;
  /** `<itemId>/<taskKey> <STATE>`, or the code of a failure in place of the state. */
  readonly after?: string;
  /** As soon as the order has had so many events: exactly where somebody stood in a run. */
  readonly afterEvents?: number;
  /** The role in which it is done; the usual one when left out. */
  readonly as?: string;
}

export type Act =
  /** Cancels the order, or only the items named. */
  | { readonly do: "CANCEL"; readonly items?: readonly string[]; readonly reason: string }
  /** `set`: dotted path in the item -> wanted value. */
  | { readonly do: "AMEND"; readonly item: string; readonly set: JsonObject; readonly reason?: string }
  /** Decides the approval that waits, as someone else with the role it needs, on the state as it is. */
  | { readonly do: "APPROVE" | "REFUSE"; readonly reason?: string }
  | { readonly do: "HOLD" | "RESUME"; readonly item: string; readonly reason?: string }
  /** `<itemId>/<taskKey>` */
  | { readonly do: "RETRY"; readonly task: string; readonly reason?: string }
  /** `repair.taskId` as `<itemId>/<taskKey>`; what it leaves out is null. */
  | { readonly do: "REPAIR"; readonly repair: Pick<Repair, "action"> & Partial<Repair> };
