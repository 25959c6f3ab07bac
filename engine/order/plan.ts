import type { Instant } from "../language/kinds.ts";
import type { JsonObject } from "../support/json.ts";
import type { PlanState } from "./machines.ts";

/** A fulfillment plan: the graph that executes an order's items. `graph` never changes once the plan exists. */
export interface Plan {
  readonly id: string;
  readonly number: number;
  readonly state: PlanState;
  readonly graph: PlanGraph;
  readonly openTasks: number;
  /** Tasks that ended without success; while there are none nobody has to look for them. */
  readonly failedTasks: number;
  readonly createdAt: Instant;
}

export interface PlanGraph {
  readonly tasks: readonly PlannedTask[];
  readonly milestones: readonly PlannedMilestone[];
}

/** The part of a task that planning fixes (B7): what it is, where it came from, what it waits for. */
export interface PlannedTask {
  readonly id: string;
  readonly key: string;
  readonly itemId: string;
  readonly type: string;
  readonly title: string;
  readonly mandatory: boolean;
  /** Revision of the customer's intent for which the task was planned. */
  readonly orderVersion: number;
  /** Longest path from a task without dependencies. */
  readonly depth: number;
  readonly with: JsonObject;
  readonly edges: readonly PlannedEdge[];
  readonly source: TaskSource;
  /** Why planning left the task out; null when it is part of the work. */
  readonly excluded: string | null;
  readonly pointOfNoReturn: "none" | "soft" | "hard";
  /** Dependencies of the template that were left out, with the reason. */
  readonly omittedEdges: readonly { readonly edge: number; readonly reason: string }[];
}

/** Which definition made a task. */
export type TaskSource =
  | { readonly by: "template"; readonly template: string; readonly task: number }
  | { readonly by: "billing-trigger"; readonly template: string; readonly trigger: number; readonly charge: JsonObject; readonly milestoneId: string }
  | { readonly by: "milestone-message"; readonly template: string; readonly milestone: string; readonly milestoneId: string }
  /** Undoes the effect of another task. */
  | { readonly by: "compensation"; readonly template: string; readonly of: string; readonly policy: string }
  /** Sends the difference of an amendment to where the work was done. */
  | { readonly by: "amendment"; readonly template: string; readonly of: string }
  /** Takes back a command that is still under way. */
  | { readonly by: "withdrawal"; readonly template: string; readonly of: string }
  /** Work of a release the order has left, of which the present one knows nothing. It has ended, or never began. */
  | { readonly by: "former-release"; readonly template: string; readonly release: string }
  | { readonly by: "status-message"; readonly template: string; readonly status: string; readonly milestoneId: string };

/** One dependency of one task on one source. */
export interface PlannedEdge {
  /** Position of the dependency in the template's task; null for the built-in waits of generated tasks. */
  readonly edge: number | null;
  readonly on:
    | { readonly task: string }
    | { readonly milestone: string }
    | { readonly approval: string }
    | { readonly instant: true };
  readonly with: JsonObject;
}

/** A milestone of one item and what reaches it. */
export interface PlannedMilestone {
  /** `<itemId>/<key>` */
  readonly id: string;
  readonly key: string;
  readonly itemId: string;
  readonly title: string;
  readonly by:
    | { readonly tasks: readonly string[] }
    | { readonly event: string }
    | { readonly instant: true }
    | { readonly always: "order-accepted" | "item-completed" }
    /** A customer-visible status shown for the first time. */
    | { readonly status: string };
}
