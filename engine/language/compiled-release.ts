import type { CompiledValue } from "../feel/compile-value.ts";
import type { CompiledCondition } from "../rules/compile-condition.ts";
import type { CompiledTable } from "../table/compile-table.ts";
import type { EvidenceCheck } from "./compile-json-schema.ts";
import type { CompiledReconciliationRule } from "./compiled-reconciliation-rule.ts";
import type { PublishedDefinition } from "./release-bundle.ts";
import type { Scenario } from "./scenario-kinds.ts";
import type {
  BillingTrigger, Calendar, ChangePolicy, Definition, DependencyType, ManualTask, MilestoneMap, OnImpossible, OrderSchema,
  PlanTemplate, RetryPolicy, TargetSystem, TaskStateName, TaskType, TemplateEdge, TemplateMilestone, TemplateTask,
  TimeoutAction,
} from "./kinds.ts";

/**
 * A release ready to run: every definition checked, every condition, expression, table and schema compiled once.
 * Immutable. Orders refer to it by `digest`; nothing in here is stored with an order.
 */
export interface CompiledRelease {
  readonly name: string;
  /** sha256 (hex) over the canonical JSON of `published` and `languageVersion`. */
  readonly digest: string;
  /** The version of the language in which it was published. */
  readonly languageVersion: number;
  /** What runs, in the language of today, sorted by kind and key. Scenarios are not among them. */
  readonly definitions: readonly Definition[];
  /** The same as they were published; what `GET /api/releases/{digest}` returns. */
  readonly published: readonly PublishedDefinition[];
  /** The tests that came with the definitions, by key; none when the release was read back from where it is published. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly planTemplates: ReadonlyMap<string, CompiledPlanTemplate>;
  readonly taskTypes: ReadonlyMap<string, CompiledTaskType>;
  readonly targetSystems: ReadonlyMap<string, CompiledTargetSystem>;
  readonly manualTasks: ReadonlyMap<string, CompiledManualTask>;
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly reconciliationRules: ReadonlyMap<string, CompiledReconciliationRule>;
  readonly milestoneMaps: ReadonlyMap<string, CompiledMilestoneMap>;
  /** Offering -> its one order schema. */
  readonly orderSchemas: ReadonlyMap<string, CompiledOrderSchema>;
  /** Offering -> its one decomposition table. */
  readonly decomposition: ReadonlyMap<string, CompiledTable>;
  /** The release's one table of purpose `authority`; without it every repair is refused. */
  readonly authority?: CompiledTable;
}

export interface CompiledPlanTemplate {
  readonly definition: PlanTemplate;
  /** Same order as in the definition. */
  readonly tasks: readonly CompiledTemplateTask[];
  readonly milestones: readonly CompiledTemplateMilestone[];
  readonly milestoneMap: CompiledMilestoneMap;
  /** Table of purpose `fallout`. */
  readonly fallout: CompiledTable;
  readonly billingTriggers: readonly CompiledBillingTrigger[];
  /** Facts `order`, `item`. A duration is counted from acceptance. */
  readonly deadline?: CompiledValue;
  readonly completeWhen?: CompiledCondition;
  /** Without one no change of an accepted order is taken. */
  readonly changePolicy?: CompiledChangePolicy;
}

export interface CompiledChangePolicy {
  readonly definition: ChangePolicy;
  /** Table of purpose `change`. */
  readonly decide: CompiledTable;
  /** Table of purpose `change-task`. */
  readonly tasks: CompiledTable;
}

/** How the effect of a task is undone; facts of all parts: `task` (the original), `order`, `item`, `milestones`. */
export type CompiledCompensation =
  | { readonly compensatable: false; readonly key: string; readonly reason: string }
  | {
      readonly compensatable: true;
      readonly key: string;
      readonly title: string;
      readonly impact: { readonly customer: string; readonly financial: string; readonly legal: string };
      readonly taskType: CompiledTaskType;
      readonly with: CompiledValue;
      readonly deadline?: CompiledValue;
      readonly allowedWhen?: CompiledCondition;
      readonly approval?: { readonly role: string; readonly when?: CompiledCondition };
    };

export interface CompiledTemplateTask {
  readonly definition: TemplateTask;
  readonly type: CompiledTaskType;
  /** Facts `order`, `item`. */
  readonly with: CompiledValue;
  readonly includeWhen?: CompiledCondition;
  readonly edges: readonly CompiledEdge[];
  readonly mandatory: boolean;
  /** The template's own, or its type's. */
  readonly compensation: CompiledCompensation;
  readonly alternatives: readonly { readonly onCodes: readonly string[]; readonly with: CompiledValue }[];
}

/** One dependency: its type's rules with `{parameter}` already replaced by the edge's own values. */
export interface CompiledEdge {
  readonly definition: TemplateEdge;
  readonly type: DependencyType;
  /** The edge's parameters; facts `order`, `item`, fixed when the plan is made. */
  readonly with: CompiledValue;
  readonly satisfiedWhen: CompiledCondition;
  readonly impossibleWhen?: CompiledCondition;
  /** Facts `order`, `item`, `predecessor` or `milestone`, `edge`. */
  readonly wakeAt?: CompiledValue;
  readonly provides?: CompiledValue;
  /** Name of the input that `provides` fills: the edge's `as`, else its `output` parameter, else the source's key. */
  readonly as: string;
  readonly onImpossible: OnImpossible;
}

export type CompiledTemplateMilestone = {
  readonly definition: TemplateMilestone;
  /** `expectedBy` or `reachedAt`; facts `order`, `item`. */
  readonly instant?: CompiledValue;
};

export interface CompiledTaskType {
  readonly definition: TaskType;
  readonly targetSystem?: CompiledTargetSystem;
  readonly manualTask?: CompiledManualTask;
  readonly preconditions?: CompiledCondition;
  /** Facts `order`, `item`, `with`, `inputs`, `task`, `charge`, `milestone`. */
  readonly request: CompiledValue;
  /** Facts `result`, `with`, `task`. */
  readonly outputs: CompiledValue;
  readonly evidence: EvidenceCheck;
  readonly inputs: EvidenceCheck;
  readonly locks: readonly { readonly scope: string; readonly key: CompiledValue }[];
  readonly retry?: CompiledRetryPolicy;
  readonly timeout?: CompiledTimeoutPolicy;
  /** Sends the difference when an amendment reaches work that is done. */
  readonly amend?: CompiledDelta;
  /** Calls back a command that is still under way. */
  readonly withdraw?: CompiledDelta;
  /** The type's own way of being undone; what generated work (charges, messages) uses. */
  readonly compensation: () => CompiledCompensation;
}

/** A further command about work that was sent already; facts `order`, `item`, `with`, `inputs`, `task` (that work). */
export interface CompiledDelta {
  readonly action: string;
  readonly request: CompiledValue;
}

export interface CompiledTargetSystem {
  readonly definition: TargetSystem;
  readonly failures: CompiledTable;
  /** 0 unless the effects class is `queryable`. */
  readonly settleWindowMs: number;
  readonly breaker?: {
    readonly failureRate: number;
    readonly minimumCalls: number;
    readonly windowMs: number;
    readonly openForMs: number;
    readonly probes: number;
  };
  readonly retryBudget?: { readonly share: number; readonly minimum: number; readonly windowMs: number };
}

export interface CompiledRetryPolicy {
  readonly definition: RetryPolicy;
  readonly maxElapsedMs: number | null;
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
}

export interface CompiledTimeoutPolicy {
  readonly key: string;
  readonly steps: readonly {
    readonly afterMs: number;
    /** null: any state that is not final. */
    readonly in: readonly TaskStateName[] | null;
    readonly do: TimeoutAction;
    readonly everyMs: number | null;
    readonly untilMs: number | null;
  }[];
}

export interface CompiledManualTask {
  readonly definition: ManualTask;
  readonly queue?: CompiledValue;
  readonly form: EvidenceCheck;
  /** In the order of time. */
  readonly escalation: readonly { readonly afterMs: number; readonly to: string }[];
}

export interface CompiledMilestoneMap {
  readonly definition: MilestoneMap;
  /** Table of purpose `customer-status`. */
  readonly statusTable: CompiledTable;
  readonly notifyWith?: CompiledTaskType;
  /** Milestone key -> language -> text; facts `order`, `item`, `milestone`. */
  readonly milestoneMessages: ReadonlyMap<string, CompiledValue>;
  /** Status key -> language -> text; facts `order`, `item`. */
  readonly statusMessages: ReadonlyMap<string, CompiledValue>;
}

export interface CompiledBillingTrigger {
  readonly definition: BillingTrigger;
  readonly charges: CompiledCondition;
  readonly taskType: CompiledTaskType;
  readonly effectiveFrom: CompiledValue;
}

export interface CompiledOrderSchema {
  readonly definition: OrderSchema;
  readonly order: EvidenceCheck;
  readonly actions: ReadonlyMap<string, EvidenceCheck>;
  readonly breaches: readonly { readonly code: string; readonly message: string; readonly when: CompiledCondition }[];
}
