import type { FactName } from "../rules/facts.ts";
import type { DependencyType } from "./kinds.ts";
import type { TablePurpose } from "./table-kinds.ts";

const facts = (...names: FactName[]): ReadonlySet<FactName> => new Set(names);

/**
 * Which facts exist at which place of the language. A place not listed here evaluates nothing; a fact used outside its
 * place is refused when the release is compiled.
 */
export const FACT_SCOPES = {
  /** Fixed when the plan is made: `includeWhen`, `with` of tasks and edges, `deadline`, `expectedBy`, `reachedAt`. */
  planning: facts("order", "item"),
  preconditions: facts("order", "item", "task", "now"),
  /** `request` and `locks`. No `now`: a repeat sends the same bytes. `charge` and `milestone` only in billing tasks. */
  request: facts("order", "item", "with", "inputs", "task", "charge", "milestone"),
  /** Requests of `amend` and `withdraw`; `task` is the work that is changed or called back. */
  delta: facts("order", "item", "with", "inputs", "task"),
  outputs: facts("result", "with", "task"),
  /** `task` is the original. */
  compensation: facts("task", "order", "item", "milestones"),
  charges: facts("charge", "item", "order"),
  effectiveFrom: facts("milestone", "charge", "item", "order"),
  milestoneMessage: facts("order", "item", "milestone"),
  statusMessage: facts("order", "item"),
  completeWhen: facts("item", "order", "plan", "milestones"),
  queue: facts("case", "task", "item", "order"),
  breaches: facts("order", "item", "now"),
  /** Which records of a side a reconciliation is about. */
  reconciledSource: facts("source", "now"),
  reconciledCounterpart: facts("counterpart", "now"),
  /** Of several counterparts the first by id; none when it is missing. */
  drift: facts("source", "counterpart", "now"),
} as const satisfies { readonly [place: string]: ReadonlySet<FactName> };

/** Facts of a dependency's conditions: of its source, of the edge, of the waiting task. */
export const DEPENDENCY_SCOPES: { readonly [binds in DependencyType["binds"]]: ReadonlySet<FactName> } = {
  task: facts("predecessor", "edge", "task", "item", "order", "now"),
  milestone: facts("milestone", "edge", "task", "item", "order", "now"),
  instant: facts("edge", "task", "item", "order", "now"),
};

/** Facts of a dependency's `wakeAt` and `provides`. No clock: the same source gives the same instant and the same input. */
export const DEPENDENCY_VALUE_SCOPES: { readonly [binds in DependencyType["binds"]]: ReadonlySet<FactName> } = {
  task: facts("order", "item", "predecessor", "edge"),
  milestone: facts("order", "item", "milestone", "edge"),
  instant: facts("order", "item", "edge"),
};

/** Facts of a decision table, by its purpose. */
export const TABLE_SCOPES: { readonly [purpose in TablePurpose]: ReadonlySet<FactName> } = {
  decomposition: facts("order", "item"),
  failure: facts("failure", "task"),
  fallout: facts("failure", "task", "item", "order"),
  authority: facts("actor", "repair", "task", "item", "order"),
  "customer-status": facts("item", "order", "plan", "milestones"),
  change: facts("request", "item", "order", "milestones"),
  "change-task": facts("request", "task", "item"),
  general: facts("order", "item"),
};
