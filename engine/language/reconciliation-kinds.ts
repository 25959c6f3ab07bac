import type { RepairAction } from "../order/repair.ts";
import type { Condition, Duration, Head } from "./kinds.ts";

/** Compares what two sides say about the same thing, on a schedule, and says what a difference means (A15). */
export interface ReconciliationRule extends Head<"reconciliation-rule"> {
  /** How often the two sides are compared. */
  readonly every: Duration;
  /** How long a record may be as it is before a difference counts: the other side may be on its way. */
  readonly grace: Duration;
  /** The side that says what ought to be. */
  readonly source: ReconciliationSide;
  /** The side that is looked up. */
  readonly counterpart: ReconciliationSide;
  /** Paths whose values name the same thing on both sides; all of them. */
  readonly match: readonly ReconciliationPair[];
  /** Paths whose values must agree. */
  readonly compare?: readonly (ReconciliationPair & { readonly tolerance?: number | Duration })[];
  /** What each difference means; the first that fits counts, and one that fits none is no finding. */
  readonly drifts: readonly Drift[];
}

/** Records of our own, or what a target system answers to a question; `where` leaves out what the rule is not about. */
export type ReconciliationSide = { readonly where?: Condition } & (
  | { readonly records: RecordKind }
  | { readonly system: string; readonly action: string }
);

export type RecordKind = "orders" | "plans" | "items" | "tasks" | "milestones" | "cases" | "products";

export interface ReconciliationPair {
  readonly source: string;
  readonly counterpart: string;
}

/** MISSING: no counterpart; DUPLICATE: several; DIFFERENT: one that says something else; NONE: one that agrees. */
export type DriftKind = "MISSING" | "DUPLICATE" | "DIFFERENT" | "NONE";

export type Severity = "P0" | "P1" | "P2" | "P3";

export interface Drift {
  readonly id: string;
  readonly drift: readonly DriftKind[];
  readonly when?: Condition;
  readonly severity: Severity;
  readonly queue: string;
  readonly repairs: readonly RepairAction[];
}
