import type { Instant } from "../language/kinds.ts";

/**
 * A request to change an accepted order, from the moment it is taken up. What it may do was decided by the change policy;
 * `assessmentHash` is the hash of the very assessment an approver agrees to.
 */
export interface ChangeRequest {
  /** `<orderId>/change/<n>` */
  readonly id: string;
  readonly type: "CANCEL";
  readonly state: ChangeState;
  readonly itemIds: readonly string[];
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  /** What the customer pays for it, in the currency of the policy. */
  readonly fee: number;
  /** Who must agree before anything is done; null when nobody. */
  readonly approverRole: string | null;
  readonly assessmentHash: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
}

export type ChangeState = "AWAITING_APPROVAL" | "EXECUTING" | "DONE" | "REFUSED";

export const CHANGE_MACHINE: { readonly [state in ChangeState]: readonly ChangeState[] } = {
  AWAITING_APPROVAL: ["EXECUTING", "REFUSED"],
  EXECUTING: ["DONE"],
  DONE: [],
  REFUSED: [],
};

/**
 * Undoing one task's effect (22a section 14, 28 section 14): a business operation of its own, with its own machine, done by
 * a task that is planned for it. It names its original; an original has at most one.
 */
export interface Compensation {
  /** `<orderId>/undo/<n>` */
  readonly id: string;
  readonly state: CompensationState;
  readonly itemId: string;
  readonly originalTaskId: string;
  /** The task that does it; null until it may be planned. */
  readonly taskId: string | null;
  readonly policy: string;
  readonly requestedAt: Instant;
  readonly requestedBy: string;
  /** Who must agree first; null when nobody. */
  readonly approverRole: string | null;
  readonly approvedBy: string | null;
  readonly deadlineAt: Instant | null;
  readonly settledAt: Instant | null;
}

export type CompensationState = "AWAITING_APPROVAL" | "PLANNED" | "COMPENSATED" | "FAILED" | "REFUSED";

export const COMPENSATION_MACHINE: { readonly [state in CompensationState]: readonly CompensationState[] } = {
  AWAITING_APPROVAL: ["PLANNED", "REFUSED"],
  PLANNED: ["COMPENSATED", "FAILED"],
  COMPENSATED: [],
  FAILED: [],
  REFUSED: [],
};
