import type { Approval } from "../../engine/order/approval.ts";
import type { Order } from "../../engine/order/order.ts";
import { repairHash } from "../../engine/repair/repair-hash.ts";

/** An approval as approvers see it. */
export interface ApprovalView extends Approval {
  /** The part of the address that names it. */
  readonly number: number;
  /** False when what was to be approved has changed since; null when only the decision can tell. */
  readonly current: boolean | null;
}

export function approvalView(order: Order, approval: Approval): ApprovalView {
  const { subject, state, stateHash } = approval;
  const current = subject.type === "repair" && state === "PENDING" ? repairHash(order, subject.repair) === stateHash : null;
  return { ...approval, number: Number(approval.id.slice(approval.id.lastIndexOf("/") + 1)), current };
}
