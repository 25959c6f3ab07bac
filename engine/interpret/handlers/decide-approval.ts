import { assessAmendment } from "../../change/assess-amendment.ts";
import { assessCancellation, assessmentHash } from "../../change/assess-cancellation.ts";
import { undoOf } from "../../change/assess-task.ts";
import type { CompiledRelease } from "../../language/compiled-release.ts";
import type { Approval, ApprovalSubject } from "../../order/approval.ts";
import type { InputOf } from "../../order/inputs.ts";
import { applyRepair } from "../../repair/apply-repair.ts";
import { repairHash } from "../../repair/repair-hash.ts";
import { required } from "../../support/defect.ts";
import { dropAmendment, startAmendment } from "../amend-items.ts";
import { dropCancellation, startCancellation } from "../cancel-items.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";
import { undoHash } from "../request-compensations.ts";
import { lookAgain } from "../wake-waiters.ts";
import { decideMigration } from "./migrate-order.ts";

/**
 * A second person decides (H5, N5). Refused without effect: one's own request, a wrong role, a decision about a state that
 * is not the one shown, a decision taken before. What has changed since voids the approval by itself.
 */
export async function decideApproval(decision: Decision, input: InputOf<"DecideApproval">, next: CompiledRelease | null): Promise<Rejection | null> {
  const approval = decision.order.approvals.find(({ id }) => id === input.approvalId);
  if (!approval) return { code: "approval-not-found", message: `Order ${decision.order.id} has no approval ${input.approvalId}.` };
  if (approval.state !== "PENDING") return { code: "approval-consumed", message: `Approval ${approval.id} is ${approval.state} already.` };
  if (approval.requestedBy === input.actor.id) return { code: "four-eyes", message: "Nobody approves their own request; ask someone else." };
  if (!input.actor.roles.includes(approval.role)) return { code: "role-missing", message: `This needs the role ${approval.role}.` };
  if (approval.subject.type === "migration") return decideMigration(decision, approval, input, next);
  // To refuse, nobody needs to have seen the newest state.
  if (input.approve && (input.stateHash !== approval.stateHash || currentHash(decision, approval) !== approval.stateHash)) {
    return { code: "approval-stale", message: "What was to be approved has changed since; look at it again." };
  }
  const { id: approvalId } = approval;
  const by = input.actor.id;
  if (input.approve) decision.emit({ type: "ApprovalGiven", approvalId, by, reason: input.reason });
  else decision.emit({ type: "ApprovalRefused", approvalId, by, reason: input.reason });
  if (approval.subject.type !== "repair") {
    follow(decision, approval.subject, input);
    return null;
  }
  // Safe when it was asked for is not safe now: it is looked at once more, and what is not is refused with its approval.
  const { repair, authority } = approval.subject;
  return input.approve ? applyRepair(decision, repair, approval.requestedBy, authority, approvalId) : null;
}

/** Hash of the subject as it stands now. */
function currentHash(decision: Decision, { subject }: Approval): string | null {
  switch (subject.type) {
    case "change": {
      const change = required(decision.order.changes.find(({ id }) => id === subject.changeId), subject.changeId);
      if (change.type === "AMEND") return assessmentHash(assessAmendment(decision.order, decision.release, change.wanted, change.reason));
      const whole = decision.order.items.length === change.itemIds.length;
      return assessmentHash(assessCancellation(decision.order, decision.release, whole ? null : change.itemIds, change.reason));
    }
    case "compensation": {
      const position = originalOf(decision, subject.compensationId);
      const planned = decision.planned(position);
      const undo = undoOf(decision.order, decision.release, planned, decision.task(position), decision.item(planned.itemId));
      return undoHash(decision, position, { taskId: planned.id, undo });
    }
    case "repair":
      return repairHash(decision.order, subject.repair);
    case "migration":
      return null;
  }
}

function follow(decision: Decision, subject: Exclude<ApprovalSubject, { type: "repair" | "migration" }>, { approve, reason, actor }: InputOf<"DecideApproval">): void {
  switch (subject.type) {
    case "change": {
      const change = required(decision.order.changes.find(({ id }) => id === subject.changeId), subject.changeId);
      if (approve) {
        decision.emit({ type: "ChangeStarted", changeId: change.id });
        if (change.type === "CANCEL") startCancellation(decision, change.id);
        else startAmendment(decision, change.wanted);
      } else {
        decision.emit({ type: "ChangeRefused", changeId: change.id, by: actor.id, reason });
        if (change.type === "CANCEL") dropCancellation(decision, change.itemIds);
        else dropAmendment(decision, change.itemIds);
      }
      return;
    }
    case "compensation": {
      const { id: compensationId } = required(decision.order.compensations.find(({ taskId }) => taskId === subject.compensationId), subject.compensationId);
      if (approve) decision.emit({ type: "CompensationApproved", compensationId });
      else decision.emit({ type: "CompensationRefused", compensationId, by: actor.id, reason });
      lookAgain(decision, [required(decision.index.taskPosition.get(subject.compensationId), subject.compensationId)]);
      return;
    }
  }
}

function originalOf(decision: Decision, undoTaskId: string): number {
  const { originalTaskId } = required(decision.order.compensations.find(({ taskId }) => taskId === undoTaskId), undoTaskId);
  return required(decision.index.taskPosition.get(originalTaskId), originalTaskId);
}
