import type { Instant } from "../language/kinds.ts";
import type { NewItem } from "./order.ts";

/**
 * A request to change an accepted order, from the moment it is taken up. What it may do was decided by the change policy;
 * `assessmentHash` is the hash of the very assessment an approver agrees to.
 */
export interface ChangeRequest {
  /** `<orderId>/change/<n>` */
  readonly id: string;
  readonly type: "CANCEL" | "AMEND";
  readonly state: ChangeState;
  readonly itemIds: readonly string[];
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  /** What the customer pays for it, in the currency of the policy. */
  readonly fee: number;
  /** Who must agree before anything is done; null when nobody. The approval itself is in `order.approvals`. */
  readonly approverRole: string | null;
  readonly assessmentHash: string;
  /** For an amendment: the full wanted state of the items it changes. */
  readonly wanted: readonly NewItem[];
  readonly settledAt: Instant | null;
}

export type ChangeState = "AWAITING_APPROVAL" | "EXECUTING" | "DONE" | "REFUSED";

export const CHANGE_MACHINE: { readonly [state in ChangeState]: readonly ChangeState[] } = {
  AWAITING_APPROVAL: ["EXECUTING", "REFUSED"],
  // REFUSED: a cancellation overtook the amendment before it was carried out.
  EXECUTING: ["DONE", "REFUSED"],
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
  /** The task that does it; it waits for the approval when one is needed. */
  readonly taskId: string;
  readonly policy: string;
  readonly requestedAt: Instant;
  readonly requestedBy: string;
  /** The approval it waits for; null when nobody has to agree. */
  readonly approvalId: string | null;
  readonly deadlineAt: Instant | null;
  readonly settledAt: Instant | null;
}

export type CompensationState = "AWAITING_APPROVAL" | "UNDER_WAY" | "COMPENSATED" | "FAILED" | "REFUSED";

export const COMPENSATION_MACHINE: { readonly [state in CompensationState]: readonly CompensationState[] } = {
  AWAITING_APPROVAL: ["UNDER_WAY", "REFUSED"],
  UNDER_WAY: ["COMPENSATED", "FAILED"],

  COMPENSATED: [],
  FAILED: [],
  REFUSED: [],
};
