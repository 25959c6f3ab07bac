import { Defect } from "../support/defect.ts";
import { APPROVAL_MACHINE, type Approval, type ApprovalState } from "./approval.ts";
import { CHANGE_MACHINE, COMPENSATION_MACHINE, type ChangeRequest, type ChangeState, type Compensation } from "./change.ts";
import type { EventOf } from "./events.ts";
import { mayMove } from "./machines.ts";
import type { Order } from "./order.ts";

export type ChangeEvent = EventOf<
  | "ChangeRequested" | "ChangeStarted" | "ChangeRefused" | "ChangeCompleted" | "CompensationRequested"
  | "CompensationApproved" | "CompensationRefused" | "CompensationSettled" | "ApprovalRequested" | "ApprovalGiven"
  | "ApprovalRefused" | "ApprovalVoided"
>;

/** The part of `evolve` that concerns changes, the undoing of work, and approvals. */
export function evolveChange(order: Order, event: ChangeEvent): Order {
  switch (event.type) {
    case "ChangeRequested":
      return { ...order, changes: [...order.changes, event.change] };
    case "ChangeStarted":
      return moveChange(order, event.changeId, "EXECUTING", {});
    case "ChangeRefused":
      return moveChange(order, event.changeId, "REFUSED", { settledAt: event.at });
    case "ChangeCompleted":
      return moveChange(order, event.changeId, "DONE", { settledAt: event.at });
    case "CompensationRequested":
      return { ...order, compensations: [...order.compensations, event.compensation] };
    case "CompensationApproved":
      return moveCompensation(order, event.compensationId, { state: "UNDER_WAY" });
    case "CompensationRefused":
      return moveCompensation(order, event.compensationId, { state: "REFUSED", settledAt: event.at });
    case "CompensationSettled":
      return moveCompensation(order, event.compensationId, { state: event.succeeded ? "COMPENSATED" : "FAILED", settledAt: event.at });
    case "ApprovalRequested":
      return { ...order, approvals: [...order.approvals, event.approval] };
    case "ApprovalGiven":
      return moveApproval(order, event.approvalId, "CONSUMED", { decidedBy: event.by, decidedAt: event.at, reason: event.reason });
    case "ApprovalRefused":
      return moveApproval(order, event.approvalId, "REFUSED", { decidedBy: event.by, decidedAt: event.at, reason: event.reason });
    case "ApprovalVoided":
      return moveApproval(order, event.approvalId, "VOID", { decidedAt: event.at, reason: event.reason });
  }
}

function moveChange(order: Order, id: string, to: ChangeState, more: Partial<ChangeRequest>): Order {
  return { ...order, changes: replace(order.changes, id, (change) => ({ ...checked(CHANGE_MACHINE, change, to), ...more, state: to })) };
}

function moveCompensation(order: Order, id: string, more: Partial<Compensation> & Pick<Compensation, "state">): Order {
  return { ...order, compensations: replace(order.compensations, id, (compensation) => ({ ...checked(COMPENSATION_MACHINE, compensation, more.state), ...more })) };
}

function moveApproval(order: Order, id: string, to: ApprovalState, more: Partial<Approval>): Order {
  return { ...order, approvals: replace(order.approvals, id, (approval) => ({ ...checked(APPROVAL_MACHINE, approval, to), ...more, state: to })) };
}

function checked<S extends string, T extends { readonly id: string; readonly state: S }>(machine: { readonly [state in S]: readonly S[] }, subject: T, to: S): T {
  if (!mayMove(machine, subject.state, to)) throw new Defect(`${subject.id} may not go from ${subject.state} to ${to}`);
  return subject;
}

function replace<T extends { readonly id: string }>(list: readonly T[], id: string, change: (found: T) => T): readonly T[] {
  const position = list.findIndex((candidate) => candidate.id === id);
  const found = list[position];
  if (!found) throw new Defect(`There is no ${id}`);
  return list.with(position, change(found));
}
