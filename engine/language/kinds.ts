import type { Json, JsonObject } from "../support/json.ts";
import type { ReconciliationRule } from "./reconciliation-kinds.ts";
import type { Scenario } from "./scenario-kinds.ts";
import type { DecisionTable } from "./table-kinds.ts";

/**
 * The shapes of all definitions an analyst authors: one interface per kind. The JSON Schemas in `schemas/` are the
 * truth; these types say the same to the compiler. Notation: `Condition` is json-rules-engine JSON, `Value` is literal
 * JSON in which a text that begins with `=` is a FEEL expression, `Duration` and `Instant` are ISO 8601 texts.
 */
export type Definition =
  | PlanTemplate | TaskType | DependencyType | RetryPolicy | TimeoutPolicy | CompensationPolicy | BillingTrigger
  | MilestoneMap | DecisionTable | TargetSystem | ManualTask | OrderSchema | ChangePolicy | Calendar
  | ReconciliationRule | Scenario;

export type Kind = Definition["kind"];

export type Duration = string;
export type Instant = string;
export type Value = Json;
export type LocalizedText = { readonly [language: string]: string };
export type JsonSchema = JsonObject;

/** A condition of json-rules-engine over the closed vocabulary of facts. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly fact: string; readonly path?: string; readonly operator: string; readonly value: Json };

/** What every definition begins with. */
export interface Head<K extends string> {
  readonly kind: K;
  readonly key: string;
  readonly version: number;
  readonly title: string;
  readonly description: string;
}

// ---------------------------------------------------------------------------------------------------- plan template

export interface PlanTemplate extends Head<"plan-template"> {
  readonly milestoneMap: string;
  /** Without one no change of an accepted order is taken. */
  readonly changePolicy?: string;
  /** Decision table of purpose `fallout`. */
  readonly fallout: string;
  /** ISO duration from acceptance, or a FEEL instant; past it the item is delayed. */
  readonly deadline?: string;
  readonly tasks: readonly TemplateTask[];
  readonly milestones: readonly TemplateMilestone[];
  readonly billingTriggers: readonly string[];
  /** What must hold per item beyond its mandatory tasks before it is complete. */
  readonly completeWhen?: Condition;
}

export interface TemplateTask {
  readonly key: string;
  readonly type: string;
  readonly title?: string;
  readonly with?: { readonly [parameter: string]: Value };
  readonly includeWhen?: Condition;
  readonly dependsOn?: readonly TemplateEdge[];
  readonly mandatory?: boolean;
  readonly pointOfNoReturn?: "soft" | "hard";
  readonly compensation?: string;
  readonly compensates?: string;
  readonly alternatives?: readonly Alternative[];
  /** Calendar within whose hours the task may be sent. */
  readonly window?: string;
}

export interface Alternative {
  readonly onCodes: readonly string[];
  readonly with: { readonly [parameter: string]: Value };
}

export interface TemplateEdge {
  readonly type: string;
  readonly task?: string;
  readonly milestone?: string;
  readonly item?: { readonly relationship: string } | { readonly specification: string };
  readonly with?: { readonly [parameter: string]: Json };
  readonly as?: string;
  readonly onImpossible?: OnImpossible;
}

export type OnImpossible = "FALLOUT" | "SKIP";

export type TemplateMilestone =
  | { readonly key: string; readonly reachedBy: readonly string[] }
  | { readonly key: string; readonly reachedOn: string; readonly expectedBy?: Value }
  | { readonly key: string; readonly reachedAt: Value };

// -------------------------------------------------------------------------------------------------------- task type

export type TaskCategory = string;

export type Work =
  | { readonly by: "system"; readonly mode: "command" | "query" }
  | { readonly by: "person"; readonly manualTask: string }
  | { readonly by: "internal"; readonly effect: "INSTALLED_BASE" };

export type LockScope = "customer-account" | "asset" | "service-location" | "resource-pool" | "billing-account";

export interface TaskType extends Head<"task-type"> {
  readonly category: TaskCategory;
  readonly owner: string;
  readonly targetSystem?: string;
  readonly action: string;
  readonly work: Work;
  readonly mandatory?: boolean;
  readonly parameters?: JsonSchema;
  readonly inputs?: JsonSchema;
  readonly preconditions?: Condition;
  readonly request?: { readonly [field: string]: Value };
  /** What a completion must prove (E7). For a person's work the form of the manual task is the evidence. */
  readonly evidence?: JsonSchema;
  readonly outputs?: { readonly [output: string]: Value };
  readonly outcomes?: readonly Outcome[];
  readonly retry?: string;
  readonly timeout?: string;
  /** How long it takes when all goes well. It decides nothing: people read it, and simulations may go by it. */
  readonly usualDuration?: Duration;
  /** Sends the difference when an amendment reaches work that is done. */
  readonly amend?: { readonly action: string; readonly request: { readonly [field: string]: Value } };
  /** Calls back a command that is still under way. */
  readonly withdraw?: { readonly action: string; readonly request: { readonly [field: string]: Value } };
  readonly compensation: string;
  readonly irreversible?: boolean;
  readonly locks?: readonly { readonly scope: LockScope; readonly key: Value }[];
}

/** What a business outcome does to the task, its item or the order. */
export type OutcomeEffect = "SUCCEED" | "RETRY" | "WAIVE" | "FAIL" | "HOLD" | "REQUOTE" | "CANCEL_ITEM" | "CANCEL_ORDER";

export interface Outcome {
  readonly key: string;
  readonly title?: string;
  readonly effect: OutcomeEffect;
}

// -------------------------------------------------------------------------------------------------- dependency type

export interface DependencyType extends Head<"dependency-type"> {
  readonly binds: "task" | "milestone" | "instant";
  readonly parameters?: JsonSchema;
  readonly satisfiedWhen: Condition;
  readonly impossibleWhen?: Condition;
  /** FEEL instant (after `{parameter}` substitution) at which the dependency is looked at again. */
  readonly wakeAt?: string;
  /** FEEL: the value the dependency gives the waiting task, under the edge's `as` or the name of the output. */
  readonly provides?: string;
  readonly onImpossible?: OnImpossible;
}

// --------------------------------------------------------------------------------------------------------- policies

export type FailureClass =
  | "TRANSIENT" | "PERMANENT" | "SEMANTIC" | "POLICY" | "UNKNOWN" | "PARTIAL" | "STALE" | "DUPLICATE";

export interface RetryPolicy extends Head<"retry-policy"> {
  readonly maxAttempts: number;
  readonly maxElapsed?: Duration;
  readonly backoff?: {
    readonly strategy: "FIXED" | "LINEAR" | "EXPONENTIAL";
    readonly initialDelay: Duration;
    readonly factor?: number;
    readonly maxDelay?: Duration;
    readonly jitter?: number;
  };
  readonly retryOn: { readonly classes: readonly FailureClass[]; readonly codes?: readonly string[] };
  readonly neverOn?: { readonly codes: readonly string[] };
  readonly reconcileFirst?: boolean;
  readonly escalateAfterAttempts?: number;
  readonly onExhausted: "FALLOUT" | "FAIL_FINAL";
}

export type TimeoutAction =
  | "QUERY_STATUS" | "MARK_OUTCOME_UNKNOWN" | "RETRY_SAME_COMMAND" | "ESCALATE" | "CANCEL_TASK";

export interface TimeoutStep {
  readonly after: Duration;
  readonly in?: readonly TaskStateName[];
  readonly do: TimeoutAction;
  readonly every?: Duration;
  readonly until?: Duration;
}

export interface TimeoutPolicy extends Head<"timeout-policy"> {
  readonly steps: readonly TimeoutStep[];
}

/** Task states of architecture section 6. The machine is in `engine/order/machines.ts`. */
export type TaskStateName =
  | "PENDING" | "READY" | "DISPATCHED" | "WAITING" | "OUTCOME_UNKNOWN" | "RETRY_SCHEDULED" | "AWAITING_MANUAL_ACTION"
  | "SUCCEEDED" | "SKIPPED_BY_POLICY" | "WAIVED_BY_AUTHORIZED_USER" | "FAILED_FINAL" | "CANCELLED";

export type ImpactLevel = "NONE" | "LOW" | "MEDIUM" | "HIGH";

export type CompensationPolicy = Head<"compensation-policy"> &
  (
    | {
        readonly compensatable: true;
        readonly taskType: string;
        readonly with?: { readonly [parameter: string]: Value };
        readonly deadline?: Value;
        readonly allowedWhen?: Condition;
        readonly approval?: { readonly role: string; readonly when?: Condition };
        readonly impact: { readonly customer: ImpactLevel; readonly financial: ImpactLevel; readonly legal: ImpactLevel };
      }
    | {
        readonly compensatable: false;
        readonly reason: "NO_EFFECT" | "CORRECT_FORWARD" | "IRREVERSIBLE" | "UNDONE_WITH_PREDECESSOR";
      }
  );

/** Whether a change of an accepted order is taken, what it costs, and what happens to each task (A13). */
export interface ChangePolicy extends Head<"change-policy"> {
  /** Decision table of purpose `change`: asked per item, the strictest answer counts. */
  readonly decide: string;
  /** Decision table of purpose `change-task`: asked per task. */
  readonly tasks: string;
  /** Nothing new is sent for the items concerned while someone decides. */
  readonly freezeWhileDeciding: boolean;
  /** What may be cancelled: the order, or single items too; the order alone when left out. */
  readonly scopes?: readonly ("ORDER" | "ITEM")[];
  /** What becomes of items that rely on a cancelled one; REFUSE when left out. */
  readonly dependents?: "CANCEL_WITH" | "KEEP" | "REFUSE";
  /** Paths of the item that void its qualification when an amendment changes them (B13). */
  readonly requalify?: readonly string[];
}

/** What a change does to one task. */
export type ChangeTaskAction = "KEEP" | "STOP" | "WITHDRAW" | "SETTLE" | "COMPENSATE" | "AMEND" | "REDO" | "REFUSE";

export interface BillingTrigger extends Head<"billing-trigger"> {
  readonly milestone: string;
  /** Which charges of the accepted price snapshot this trigger hands over; facts `charge`, `item`, `order`. */
  readonly charges: Condition;
  readonly taskType: string;
  /** FEEL over `milestone`, `charge`, `item`, `order`; arrives in the task as `inputs.effectiveFrom`. */
  readonly effectiveFrom: Value;
  readonly blocksCompletion: boolean;
  readonly escalateAfter: Duration;
}

export interface MilestoneMap extends Head<"milestone-map"> {
  /** Decision table of purpose `customer-status`. */
  readonly statusTable: string;
  /** Task type of the messages to customers. */
  readonly notifyWith?: string;
  readonly milestones: readonly { readonly key: string; readonly title: string; readonly notify?: LocalizedText }[];
  /** In order of progress; an order shows its least advanced item, and `attention` wins. */
  readonly statuses: readonly CustomerStatus[];
}

export interface CustomerStatus {
  readonly key: string;
  readonly title: LocalizedText;
  readonly attention?: boolean;
  readonly notify?: LocalizedText;
}

// ---------------------------------------------------------------------------------------------------- target system

/** What we may assume about the other side; it decides what we may do (architecture section 3). */
export type Effects =
  | { readonly class: "idempotent-key" }
  | { readonly class: "queryable"; readonly settleWindow: Duration }
  | { readonly class: "neither" };

export interface TargetSystem extends Head<"target-system"> {
  readonly adapter: string;
  /** Name of the environment variable that holds the address; never the address itself. */
  readonly endpoint: string;
  readonly completion: "response" | "callback";
  readonly effects: Effects;
  readonly limits: { readonly concurrency: number; readonly outstanding?: number; readonly ratePerSecond?: number };
  /** When a system that keeps failing is left alone. Every span is counted on the clock of the server. */
  readonly breaker?: {
    /** Share of failed calls of the window, 0 to 1, from which it opens. */
    readonly failureRate: number;
    /** It never opens on fewer calls. */
    readonly minimumCalls: number;
    readonly window: Duration;
    /** How long nothing is sent once it is open. */
    readonly openFor: Duration;
    /** Calls let through afterwards; they decide whether it closes. */
    readonly probes: number;
  };
  /** How many of the calls of a window may be repetitions. */
  readonly retryBudget?: {
    /** Share of the calls of the window, 0 to 1. */
    readonly share: number;
    /** Repetitions that are always allowed. */
    readonly minimum: number;
    readonly window: Duration;
  };
  /** Decision table of purpose `failure`. */
  readonly failures: string;
  /** What becomes of work for it while it is left alone: it waits (QUEUE, the default) or becomes a case (REFUSE). */
  readonly degraded?: "QUEUE" | "REFUSE";
}

// ------------------------------------------------------------------------------------------------------ manual task

export interface ManualTask extends Head<"manual-task"> {
  /** Text or FEEL. A repair takes it from the fallout case. */
  readonly queue?: Value;
  readonly role: string;
  readonly sla?: { readonly within: Duration; readonly calendar?: string };
  readonly action: string;
  readonly context?: readonly string[];
  readonly form: JsonSchema;
  readonly outcomes: readonly Outcome[];
  /** Who is told when nobody has finished it, in the order of time. */
  readonly escalation?: readonly { readonly after: Duration; readonly to: string }[];
  /** What is checked again once the person has decided. */
  readonly revalidate?: readonly Revalidation[];
}

export type Revalidation = "ORDER_SCHEMA" | "DEPENDENCIES" | "EVIDENCE";

// ----------------------------------------------------------------------------------------------------- order schema

export type ItemAction = "ADD" | "MODIFY" | "DISCONNECT" | "NO_CHANGE";

export interface QualificationRule {
  readonly required: boolean;
  readonly results?: readonly string[];
  readonly validFor?: Duration;
  /** Offerings it is required for; all when left out. */
  readonly offerings?: readonly string[];
}

export interface OrderSchema extends Head<"order-schema"> {
  readonly offerings: readonly string[];
  readonly quote: { readonly required: boolean; readonly oneOrderPerVersion?: boolean };
  readonly qualification?: { readonly technical?: QualificationRule; readonly commercial?: QualificationRule };
  readonly relationships?: readonly {
    readonly from: string;
    readonly type: string;
    readonly to: string;
    readonly min: number;
    readonly max?: number;
  }[];
  readonly order: JsonSchema;
  readonly actions: { readonly [action in ItemAction]?: JsonSchema };
  readonly breaches?: readonly { readonly code: string; readonly message: string; readonly when: Condition }[];
}

// --------------------------------------------------------------------------------------------------------- calendar

export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

export interface Calendar extends Head<"calendar"> {
  readonly timeZone: string;
  /** Opening hours per day as `HH:MM-HH:MM` in the calendar's own zone; a day left out is closed. */
  readonly week: { readonly [day in Weekday]?: readonly string[] };
  /** ISO dates. */
  readonly holidays: readonly string[];
}
