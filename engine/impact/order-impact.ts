import type { Kind } from "../language/kinds.ts";
import type { ReleaseRef } from "../order/order.ts";
import type { BlockingRule } from "./blocking-rules.ts";

/**
 * - `unaffected`: nothing the order uses, or will use, differs; moved to the release it does the same.
 * - `could-adopt`: what happened so far is a beginning of what the release would have done; what would differ is listed.
 * - `blocked`: it must stay on its release, by the rules named.
 */
export type ImpactClass = "unaffected" | "could-adopt" | "blocked";

/** Where in the proposed release something stands; `version` is null for what it does not have any more. */
export interface DefinitionPlace {
  readonly kind: Kind;
  readonly key: string;
  readonly version: number | null;
  /** `tasks/<key>`, `rows/<id>`, a property; null for the definition as a whole. */
  readonly element: string | null;
}

/** One reason why an order must stay on its release. */
export interface BlockingFinding {
  readonly rule: BlockingRule;
  readonly definition: DefinitionPlace | null;
  readonly itemId: string | null;
  readonly taskId: string | null;
  /** One sentence for people. */
  readonly why: string;
}

export type DifferenceKind =
  | "task-added" | "task-removed" | "task-changed"
  | "milestone-added" | "milestone-removed" | "milestone-changed" | "milestone-date" | "step-order"
  | "billing-added" | "billing-removed" | "billing-changed" | "billing-date"
  | "message-added" | "message-removed" | "message-changed" | "message-date"
  | "deadline" | "completion-date"
  /** A policy, table or type that acts when its moment comes, or only when something goes wrong. */
  | "rule-changed";

/** One thing that would be otherwise after a migration. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly definition: DefinitionPlace | null;
  readonly itemId: string | null;
  /** What differs, by a name that is the same in every order: task key, milestone key, `kind/key` of a definition. */
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  /** True when it rests on an assumption about what has not happened yet. */
  readonly assumed: boolean;
  readonly why: string;
}

/** What a proposed release means for one order. */
export interface OrderImpact {
  readonly orderId: string;
  readonly aggregateVersion: number;
  readonly from: ReleaseRef;
  readonly to: ReleaseRef;
  readonly class: ImpactClass;
  readonly blocked: readonly BlockingFinding[];
  readonly differences: readonly Difference[];
  /** What was assumed where the journal holds no answer, in words. */
  readonly assumptions: readonly string[];
  /** Of exactly this order, version, both releases and what would change: a migration must bring it. */
  readonly previewHash: string;
}
