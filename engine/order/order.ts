import type { FailureClass, Instant, ItemAction } from "../language/kinds.ts";
import type { Json, JsonObject } from "../support/json.ts";
import type { Approval } from "./approval.ts";
import type { ChangeRequest, Compensation } from "./change.ts";
import type { CaseState, ItemState, OrderState } from "./machines.ts";
import type { Plan } from "./plan.ts";
import type { Task } from "./task.ts";

/**
 * One product order: the state of all its machines. Plain JSON, never mutated; only `evolve` makes a new one. `tasks` and
 * `milestones` stand in the order of the plan's graph, so that position finds them.
 */
export interface Order extends AcceptedOrder {
  readonly state: OrderState;
  /** The release the order was accepted under; it runs on it to the end unless it is migrated explicitly (B8, G7). */
  readonly release: ReleaseRef;
  /** Revision of the customer's intent: 1 at acceptance. */
  readonly orderVersion: number;
  /** Number of events so far. */
  readonly aggregateVersion: number;
  readonly correlationId: string;
  readonly acceptedAt: Instant;
  readonly completedAt: Instant | null;
  readonly items: readonly Item[];
  /** null until decomposition has succeeded. */
  readonly plan: Plan | null;
  readonly tasks: readonly Task[];
  readonly milestones: readonly Milestone[];
  readonly cases: readonly FalloutCase[];
  readonly changes: readonly ChangeRequest[];
  readonly compensations: readonly Compensation[];
  readonly approvals: readonly Approval[];
  /** Results that came before their command was sent; taken up at dispatch. */
  readonly parkedResults: readonly ParkedResult[];
}

export interface ReleaseRef {
  readonly name: string;
  readonly digest: string;
}

/** What intake accepted: the domain's own order, already free of TMF words. */
export interface AcceptedOrder {
  readonly id: string;
  readonly externalId: string | null;
  readonly channel: string | null;
  readonly region: string | null;
  /** Higher is more urgent. 0 is ordinary. */
  readonly priority: number;
  readonly requestedDate: Instant | null;
  readonly customer: JsonObject | null;
  readonly billingAccount: string | null;
  readonly quote: JsonObject | null;
  readonly contract: JsonObject | null;
}

export interface NewOrder extends AcceptedOrder {
  readonly items: readonly NewItem[];
}

export interface NewItem {
  readonly id: string;
  readonly parentId: string | null;
  readonly action: ItemAction;
  readonly offering: string;
  readonly specification: string | null;
  readonly quantity: number;
  readonly requestedDate: Instant | null;
  readonly place: JsonObject | null;
  readonly appointment: JsonObject | null;
  /** The installed product a MODIFY or DISCONNECT is about. */
  readonly product: JsonObject | null;
  readonly characteristics: JsonObject;
  /** The accepted price snapshot (B10): `key`, `type`, `amount`, `currency` and what else the order schema allows. */
  readonly charges: readonly JsonObject[];
  readonly qualification: JsonObject | null;
  readonly relationships: readonly { readonly type: string; readonly itemId: string }[];
}

export interface Item extends NewItem {
  readonly state: ItemState;
  /** Why a HELD item is held; kept while someone decides about its cancellation. */
  readonly holdCause: "CUSTOMER_ACTION" | "DELIBERATE" | "AMENDMENT" | null;
  /** What was said when it was held; null when nothing was, or it is not held. */
  readonly holdReason: string | null;
  /** Which plan the item got, and from which row of which table (B7). Null before decomposition or when nothing is to do. */
  readonly decomposition: Decomposition | null;
  readonly mandatoryTasks: number;
  readonly openMandatoryTasks: number;
  readonly deadlineAt: Instant | null;
  readonly deadlinePassed: boolean;
  /** Key of the customer-visible status; null until first computed. */
  readonly customerStatus: string | null;
  readonly completedAt: Instant | null;
}

export interface Decomposition {
  readonly table: string;
  readonly tableVersion: number;
  readonly row: string;
  readonly template: string;
  readonly templateVersion: number;
}

export type MilestoneOutcome = "OPEN" | "REACHED" | "NOT_APPLICABLE" | "MISSED";

/** A milestone of one item. What reaches it stands in the plan's graph at the same position. */
export interface Milestone {
  readonly id: string;
  readonly outcome: MilestoneOutcome;
  readonly reachedAt: Instant | null;
  /** When it is expected from outside or reached by the clock; null when tasks reach it. */
  readonly dueAt: Instant | null;
}

/** What went wrong, classified by the target system's failure table. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly httpStatus: number | null;
  /** NONE: provably nothing happened; POSSIBLE: it may have taken effect; PARTIAL: it did in part. */
  readonly effect: "NONE" | "POSSIBLE" | "PARTIAL";
  readonly class: FailureClass;
  /** Table and row that decided the class. */
  readonly rule: string;
}

/** Operational work about a blocked order (22a section 18). `taskId` is null when the order itself is the subject. */
export interface FalloutCase {
  readonly id: string;
  readonly state: CaseState;
  readonly itemId: string | null;
  readonly taskId: string | null;
  /** True when the item cannot complete while the case is open. */
  readonly blocking: boolean;
  readonly reasonCode: string;
  readonly reason: string;
  readonly category: string;
  readonly severity: string;
  readonly queue: string;
  readonly slaDueAt: Instant | null;
  readonly customerImpact: string;
  readonly revenueImpact: string;
  /** The manual task that says how a person works on it; null when only a retry is possible. */
  readonly manualTask: string | null;
  readonly repairOptions: readonly string[];
  /** Row of the fallout table that decided, or `otherwise`. */
  readonly rule: string;
  /** Hash of target system, reason code and task type: cases of one cause share it (H2, H6). */
  readonly fingerprint: string;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly resolution: string | null;
}

export interface ParkedResult {
  readonly taskId: string;
  readonly inputId: string;
  readonly report: Json;
}
