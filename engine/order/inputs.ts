import type { Instant } from "../language/kinds.ts";
import type { Json, JsonObject } from "../support/json.ts";
import type { NewItem, NewOrder } from "./order.ts";
import type { Repair } from "./repair.ts";
import type { ResultVia } from "./task.ts";

/** What happened to us, or was asked of us. `id` names the input for ever; `at` is the only clock the engine knows. */
export type Input = { readonly id: string; readonly at: Instant } & (
  | { readonly type: "SubmitOrder"; readonly order: NewOrder; readonly correlationId: string }
  /** Validate, plan and start an accepted order; also tries again after a decomposition failure. */
  | { readonly type: "FulfillOrder" }
  /** Admission let these READY tasks out. */
  | { readonly type: "TasksAdmitted"; readonly taskIds: readonly string[] }
  | { readonly type: "TaskReported"; readonly taskId: string; readonly via: Exclude<ResultVia, "person" | "internal">; readonly attempt: number | null; readonly report: TaskReport }
  | { readonly type: "TimerFired"; readonly timerId: string }
  /** A fact from outside that reaches a milestone (`reachedOn`). `itemId` null: every item that waits for it. */
  | { readonly type: "ExternalEventReceived"; readonly event: string; readonly itemId: string | null; readonly data: JsonObject }
  | { readonly type: "CompleteManualTask"; readonly taskId: string; readonly outcome: string; readonly form: JsonObject; readonly evidence: Json; readonly actor: Actor }
  | { readonly type: "RetryTask"; readonly taskId: string; readonly reason: string; readonly actor: Actor }
  /** Cancel the order, or with `itemIds` some of its items. */
  | { readonly type: "RequestCancellation"; readonly itemIds: readonly string[] | null; readonly reason: string; readonly expectedVersion: number | null; readonly actor: Actor }
  /** A second person agrees, or does not; `stateHash` names what that person saw. */
  | { readonly type: "DecideApproval"; readonly approvalId: string; readonly approve: boolean; readonly stateHash: string; readonly reason: string; readonly actor: Actor }
  /** A repair command (H3); applied when the authority matrix allows it, or kept until a second person agrees. */
  | { readonly type: "RequestRepair"; readonly repair: Repair; readonly actor: Actor }
  /** Takes a manual task into one's own hands, or gives it back. */
  | { readonly type: "ClaimManualTask"; readonly taskId: string; readonly actor: Actor }
  | { readonly type: "ReleaseManualTask"; readonly taskId: string; readonly actor: Actor }
  /** Customer care holds an item on purpose. */
  | { readonly type: "HoldItem"; readonly itemId: string; readonly reason: string; readonly actor: Actor }
  /** A supplemental order: the full wanted state of the items it changes. */
  | { readonly type: "RequestAmendment"; readonly items: readonly NewItem[]; readonly reason: string; readonly expectedVersion: number | null; readonly actor: Actor }
  /** The order is to run on another release (G7); `previewHash` names the preview that was looked at. */
  | { readonly type: "MigrateOrder"; readonly toRelease: string; readonly reason: string; readonly expectedVersion: number | null; readonly previewHash: string; readonly actor: Actor }
  | { readonly type: "ResumeItem"; readonly itemId: string; readonly reason: string; readonly actor: Actor }
);

/** An input without what the one who takes it gives it. */
export type InputBody = Input extends infer I ? (I extends Input ? Omit<I, "id" | "at"> : never) : never;

export type InputType = Input["type"];
export type InputOf<T extends InputType> = Extract<Input, { readonly type: T }>;

/** Who asks. Roles and regions come from the verified token. */
export interface Actor {
  readonly id: string;
  readonly roles: readonly string[];
  readonly regions: readonly string[];
}

/** What a target system says about one command. */
export type TaskReport =
  | { readonly status: "accepted" }
  | { readonly status: "succeeded"; readonly result: Json }
  | { readonly status: "failed"; readonly failure: ReportedFailure }
  /** Answers to a status query. */
  | { readonly status: "inProgress" }
  | { readonly status: "notFound" }
  /** The query itself got no answer: it says nothing about the command. */
  | { readonly status: "unanswered"; readonly reason: string };

/** An error as the adapter saw it; the failure table of the target system gives it its class. */
export interface ReportedFailure {
  readonly code: string;
  readonly message: string;
  readonly httpStatus: number | null;
  /** NONE only when it is certain that nothing happened: refused, or never sent. */
  readonly effect: "NONE" | "POSSIBLE" | "PARTIAL";
}
