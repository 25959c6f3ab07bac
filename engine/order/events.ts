import type { Instant } from "../language/kinds.ts";
import type { Json, JsonObject } from "../support/json.ts";
import type { Approval } from "./approval.ts";
import type { ChangeRequest, Compensation } from "./change.ts";
import type { Decomposition, Failure, FalloutCase, NewItem, NewOrder, ParkedResult, ReleaseRef } from "./order.ts";
import type { PlanGraph } from "./plan.ts";
import type { Repair, RepairAuthority } from "./repair.ts";
import type { Lock, ManualWork, ResultVia } from "./task.ts";

/**
 * What happened to an order, in the past tense. Events are facts: stored for ever, never changed, and enough to rebuild
 * the state with `evolve` alone. `at` is the instant of the input that caused them.
 */
export type OrderEvent = { readonly at: Instant } & (OrderFact | ItemFact | PlanFact | TaskFact | MilestoneFact | CaseFact | ChangeFact);

type OrderFact =
  | { readonly type: "OrderSubmitted"; readonly order: NewOrder; readonly release: ReleaseRef; readonly correlationId: string }
  | { readonly type: "OrderValidationStarted" }
  | { readonly type: "OrderRejected"; readonly reasons: readonly { readonly code: string; readonly message: string }[] }
  | { readonly type: "OrderReadyForFulfillment" }
  | { readonly type: "OrderFulfillmentStarted" }
  | { readonly type: "OrderHeld"; readonly cause: string }
  | { readonly type: "OrderResumed" }
  | { readonly type: "OrderPartiallyCompleted" }
  | { readonly type: "OrderCompleted" }
  | { readonly type: "OrderFailed"; readonly reason: string }
  | { readonly type: "OrderCancellationAssessed" }
  | { readonly type: "OrderCancellationStarted" }
  | { readonly type: "OrderCancellationDropped" }
  | { readonly type: "OrderCancelled" }
  /**
   * The order runs on another release from now on (G7). What that does to the plan follows as events of its own. `restarted`
   * is work that has not begun, or provably did nothing, and is looked at anew.
   */
  | {
      readonly type: "OrderMigrated"; readonly from: ReleaseRef; readonly to: ReleaseRef; readonly by: string; readonly reason: string; readonly previewHash: string;
      readonly authority: RepairAuthority; readonly approvalId: string | null;
      readonly decompositions: readonly { readonly itemId: string; readonly decomposition: Decomposition | null }[];
      readonly restarted: readonly string[];
      /** What changed, in sentences for people. */
      readonly changes: readonly string[];
    };

type ItemFact =
  | { readonly type: "ItemHeld"; readonly itemId: string; readonly cause: "CUSTOMER_ACTION" | "DELIBERATE" | "AMENDMENT"; readonly reason?: string }
  | { readonly type: "ItemResumed"; readonly itemId: string }
  | { readonly type: "ItemDeadlinePassed"; readonly itemId: string }
  | { readonly type: "ItemCompleted"; readonly itemId: string }
  | { readonly type: "ItemFailed"; readonly itemId: string; readonly reason: string }
  /** Someone decides about the item's cancellation: nothing new is sent for it. */
  | { readonly type: "ItemCancellationAssessed"; readonly itemId: string }
  | { readonly type: "ItemCancellationStarted"; readonly itemId: string }
  | { readonly type: "ItemCancellationDropped"; readonly itemId: string }
  | { readonly type: "ItemCancelled"; readonly itemId: string }
  | { readonly type: "CustomerStatusChanged"; readonly itemId: string; readonly status: string; readonly rule: string };

type PlanFact =
  | {
      readonly type: "PlanCreated";
      readonly planId: string;
      readonly number: number;
      readonly graph: PlanGraph;
      readonly items: readonly { readonly itemId: string; readonly decomposition: Decomposition | null; readonly deadlineAt: Instant | null }[];
      /** Instants of milestones that are expected from outside or reached by the clock. */
      readonly dueMilestones: readonly { readonly milestoneId: string; readonly dueAt: Instant }[];
    }
  | { readonly type: "PlanStarted" }
  | { readonly type: "PlanBlocked" }
  | { readonly type: "PlanUnblocked" }
  | { readonly type: "PlanCompleted" }
  | { readonly type: "PlanFailed" }
  | { readonly type: "PlanCancelled" }
  /** A new version of the plan takes over; what it keeps keeps its id, its key and its state. */
  | {
      readonly type: "PlanSuperseded"; readonly planId: string; readonly number: number; readonly supersedes: string; readonly graph: PlanGraph;
      /** Milestones that had been given up and can be reached again. */
      readonly reopenedMilestones: readonly string[];
      /** Instants an amendment has moved: of milestones that are open, and of items. */
      readonly dueMilestones: readonly { readonly milestoneId: string; readonly dueAt: Instant }[];
      readonly deadlines: readonly { readonly itemId: string; readonly deadlineAt: Instant | null }[];
    };

type TaskFact =
  /** Dependencies that came to hold, as positions in each waiting task's edges. */
  | { readonly type: "DependenciesMet"; readonly met: readonly { readonly taskId: string; readonly edges: readonly number[] }[] }
  /** A dependency must be looked at again at an instant. */
  | { readonly type: "TaskWakeSet"; readonly taskId: string; readonly wakeAt: Instant }
  /** The clock for a dependency or for the execution window has run out; the task is looked at again. */
  | { readonly type: "TaskWoken"; readonly taskId: string }
  | { readonly type: "TaskReady"; readonly taskId: string; readonly inputs: JsonObject; readonly request: JsonObject; readonly locks: readonly Lock[]; readonly timeoutAt: Instant | null; /** Only for generated work, whose parameters are known when its milestone is. */ readonly with?: JsonObject }
  | { readonly type: "TaskDeferred"; readonly taskId: string; readonly until: Instant; readonly calendar: string }
  | { readonly type: "TaskSkipped"; readonly taskId: string; readonly reason: string; readonly by?: string }
  /** A person with the authority does without the work; `outputs` are the values others wait for. */
  | { readonly type: "TaskWaived"; readonly taskId: string; readonly by: string; readonly reason: string; readonly outputs: JsonObject }
  | {
      readonly type: "TaskDispatched";
      readonly taskId: string;
      readonly attempt: number;
      readonly commandId: string;
      readonly idempotencyKey: string;
      readonly timeoutAt: Instant | null;
      /** True when the timeout clock starts anew: not for a repeat of a command whose outcome is unknown. */
      readonly clockStarts: boolean;
      /** Only a question was asked: it changes nothing outside. */
      readonly question?: true;
    }
  /** The system took the command; its result comes later. */
  | { readonly type: "TaskAccepted"; readonly taskId: string; readonly attempt: number }
  | { readonly type: "TaskSucceeded"; readonly taskId: string; readonly attempt: number; readonly evidence: Json; readonly outputs: JsonObject; readonly via: ResultVia; readonly by?: string; readonly question?: true }
  | { readonly type: "TaskAttemptFailed"; readonly taskId: string; readonly attempt: number; readonly failure: Failure; readonly via: ResultVia }
  | { readonly type: "TaskOutcomeBecameUnknown"; readonly taskId: string; readonly cause: string; /** When the other side is asked, or the same command is sent again. */ readonly queryAt: Instant | null; readonly resendAt: Instant | null }
  /** The other side was asked; `nextQueryAt` is set when the answer was not final. */
  | { readonly type: "TaskStatusQueried"; readonly taskId: string; readonly query: number; readonly commandId: string }
  | { readonly type: "TaskQueryScheduled"; readonly taskId: string; readonly queryAt: Instant; readonly reason: string }
  | { readonly type: "TaskReconciled"; readonly taskId: string; readonly found: "succeeded" | "failed" | "notFound" | "inProgress" }
  | { readonly type: "TaskResendRequested"; readonly taskId: string; readonly reason: string }
  | { readonly type: "TaskRetryScheduled"; readonly taskId: string; readonly retryAt: Instant; readonly attempt: number; readonly reason: string }
  | { readonly type: "TaskTimeoutStepPassed"; readonly taskId: string; readonly timeoutAt: Instant | null }
  | { readonly type: "TaskAlternativeChosen"; readonly taskId: string; readonly alternative: number; readonly with: JsonObject; readonly requestRevision: number }
  | { readonly type: "TaskManualActionRequired"; readonly taskId: string; readonly manual: ManualWork; /** When the next step of its escalation is due; null when nobody else is told. */ readonly escalateAt: Instant | null }
  | { readonly type: "TaskReassigned"; readonly taskId: string; readonly queue: string | null; readonly role: string | null; readonly by: string }
  | { readonly type: "ManualTaskClaimed"; readonly taskId: string; readonly by: string }
  | { readonly type: "ManualTaskReleased"; readonly taskId: string; readonly by: string }
  /** Nobody has finished it in time: one more role or queue is told. */
  | { readonly type: "ManualTaskEscalated"; readonly taskId: string; readonly to: string; readonly level: number; readonly nextAt: Instant | null }
  | { readonly type: "TaskFailedFinally"; readonly taskId: string; readonly reason: string; readonly by?: string }
  | { readonly type: "TaskCancelled"; readonly taskId: string; readonly reason: string }
  | { readonly type: "TaskRetryRequested"; readonly taskId: string; readonly by: string; readonly reason: string }
  /** A new request, so a new key: only after it was proven that the former one did nothing. */
  | { readonly type: "TaskPayloadCorrected"; readonly taskId: string; readonly corrections: JsonObject; readonly request: JsonObject; readonly requestRevision: number; readonly by: string }
  | { readonly type: "LateResultRecorded"; readonly taskId: string; readonly inputId: string; readonly report: Json; readonly reason: string }
  | { readonly type: "ResultParked"; readonly parked: ParkedResult }
  | { readonly type: "ParkedResultTaken"; readonly taskId: string };

type MilestoneFact =
  | { readonly type: "MilestoneReached"; readonly milestoneId: string }
  | { readonly type: "MilestoneNotApplicable"; readonly milestoneId: string }
  | { readonly type: "MilestoneMissed"; readonly milestoneId: string; readonly reason: string };

type CaseFact =
  | { readonly type: "FalloutCaseOpened"; readonly case: FalloutCase }
  | { readonly type: "FalloutCaseClosed"; readonly caseId: string; readonly resolution: string; readonly by?: string }
  | { readonly type: "FalloutCaseReassigned"; readonly caseId: string; readonly queue: string; readonly by: string };

type ChangeFact =
  /** A repair was applied: who, why, by which right, on what evidence, and how things stood before and after (H4). Its effects follow. */
  | {
      readonly type: "RepairApplied";
      readonly repair: Repair;
      readonly by: string;
      readonly before: JsonObject;
      readonly after: JsonObject;
      readonly authority: RepairAuthority;
      readonly approvalId: string | null;
    }
  /** The customer's intent has a new revision: the items are as wanted from now on. */
  | { readonly type: "OrderAmended"; readonly changeId: string; readonly items: readonly NewItem[] }
  /** A change was sent to where the work was done: the task's outputs, and what it stands for now, are the new ones. */
  | { readonly type: "TaskOutputsAmended"; readonly taskId: string; readonly outputs: JsonObject; readonly by: string; readonly with?: JsonObject; readonly request?: JsonObject }
  | { readonly type: "ChangeRequested"; readonly change: ChangeRequest }
  | { readonly type: "ChangeStarted"; readonly changeId: string }
  | { readonly type: "ChangeRefused"; readonly changeId: string; readonly by: string; readonly reason: string }
  | { readonly type: "ChangeCompleted"; readonly changeId: string }
  | { readonly type: "CompensationRequested"; readonly compensation: Compensation }
  | { readonly type: "CompensationApproved"; readonly compensationId: string }
  | { readonly type: "CompensationRefused"; readonly compensationId: string; readonly by: string; readonly reason: string }
  | { readonly type: "CompensationSettled"; readonly compensationId: string; readonly succeeded: boolean }
  | { readonly type: "ApprovalRequested"; readonly approval: Approval }
  | { readonly type: "ApprovalGiven"; readonly approvalId: string; readonly by: string; readonly reason: string }
  | { readonly type: "ApprovalRefused"; readonly approvalId: string; readonly by: string; readonly reason: string }
  | { readonly type: "ApprovalVoided"; readonly approvalId: string; readonly reason: string };

/** An event before the instant of its input is put to it. */
export type OrderEventBody = OrderEvent extends infer E ? (E extends unknown ? Omit<E, "at"> : never) : never;

export type OrderEventType = OrderEvent["type"];
export type EventOf<T extends OrderEventType> = Extract<OrderEvent, { readonly type: T }>;

/** The events of one input, as `upcastEvents` gives them: versions `firstVersion` … `firstVersion + events.length - 1` of the order. */
export interface JournalEntry {
  readonly orderId: string;
  readonly firstVersion: number;
  readonly at: Instant;
  /** Id of the input that caused the events. */
  readonly causationId: string;
  readonly correlationId: string;
  /** Release under which they were decided. */
  readonly releaseDigest: string;
  readonly events: readonly OrderEvent[];
}
