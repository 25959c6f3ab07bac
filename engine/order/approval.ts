import type { Instant } from "../language/kinds.ts";
import type { ReleaseRef } from "./order.ts";
import type { Repair, RepairAuthority } from "./repair.ts";

/**
 * A second person's agreement to one act on one state (H5, N5): `stateHash` is the hash of exactly what was shown. It is
 * used at most once, never by the one who asked, and void as soon as the state it was given for has changed.
 */
export interface Approval {
  /** `<orderId>/approval/<n>` */
  readonly id: string;
  readonly state: ApprovalState;
  readonly subject: ApprovalSubject;
  readonly role: string;
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  readonly stateHash: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly reason: string | null;
}

/** What is agreed to: a change, the undoing of a task, a repair or a change of release that waits to be applied. */
export type ApprovalSubject =
  | { readonly type: "change"; readonly changeId: string }
  | { readonly type: "compensation"; readonly compensationId: string }
  | { readonly type: "repair"; readonly repair: Repair; readonly authority: RepairAuthority }
  | { readonly type: "migration"; readonly to: ReleaseRef; readonly reason: string; readonly authority: RepairAuthority };

export type ApprovalState = "PENDING" | "CONSUMED" | "REFUSED" | "VOID";

export const APPROVAL_MACHINE: { readonly [state in ApprovalState]: readonly ApprovalState[] } = {
  PENDING: ["CONSUMED", "REFUSED", "VOID"],
  CONSUMED: [],
  REFUSED: [],
  VOID: [],
};
