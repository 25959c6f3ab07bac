import { assessAmendment } from "../../change/assess-amendment.ts";
import { assessmentHash } from "../../change/assess-cancellation.ts";
import type { InputOf } from "../../order/inputs.ts";
import { startAmendment } from "../amend-items.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";

/**
 * A supplemental order (G4): the full wanted state of the items it changes. The change policy answers, by what changes and
 * how far the items have come. One change at a time: while another is decided or carried out a new one is refused.
 */
export function requestAmendment(decision: Decision, input: InputOf<"RequestAmendment">): Rejection | null {
  const { order } = decision;
  if (input.expectedVersion !== null && input.expectedVersion !== order.aggregateVersion) {
    return { code: "version-conflict", message: `Order ${order.id} is at version ${order.aggregateVersion}, not ${input.expectedVersion}.` };
  }
  const unknown = input.items.find(({ id }) => !order.items.some((item) => item.id === id));
  if (unknown) return { code: "item-not-found", message: `Order ${order.id} has no item ${unknown.id}; what is not in the order is ordered anew.` };
  if (order.changes.some(({ state }) => state === "AWAITING_APPROVAL" || state === "EXECUTING")) {
    return { code: "invalid-transition", message: `Another change of order ${order.id} is under way; wait until it is done.` };
  }
  const ended = input.items.find(({ id }) => !["IN_PROGRESS", "HELD"].includes(decision.item(id).state));
  if (order.plan === null || ended) return { code: "invalid-transition", message: `${ended ? `Item ${ended.id} is ${decision.item(ended.id).state}` : `Order ${order.id} has no plan yet`} and cannot be amended; order the change as a new order.` };

  const assessment = assessAmendment(order, decision.release, input.items, input.reason);
  if (assessment.items.length === 0) return null;
  if (assessment.answer === "REFUSE") {
    return { code: "change-refused", message: assessment.reason, details: { route: assessment.route, items: assessment.items.map(({ itemId, answer, reason }) => ({ itemId, answer, reason })) } };
  }
  const changeId = `${order.id}/change/${order.changes.length + 1}`;
  const itemIds = assessment.items.map(({ itemId }) => itemId);
  const wanted = input.items.filter(({ id }) => itemIds.includes(id));
  const hash = assessmentHash(assessment);
  const approverRole = assessment.answer === "APPROVAL" ? assessment.approverRole : null;
  decision.emit({
    type: "ChangeRequested",
    change: {
      id: changeId, type: "AMEND", state: approverRole === null ? "EXECUTING" : "AWAITING_APPROVAL", itemIds, reason: input.reason,
      requestedBy: input.actor.id, requestedAt: decision.at, fee: assessment.fee, approverRole, assessmentHash: hash, wanted, settledAt: null,
    },
  });
  if (approverRole !== null) {
    decision.emit({
      type: "ApprovalRequested",
      approval: {
        id: `${order.id}/approval/${order.approvals.length + 1}`, state: "PENDING", subject: { type: "change", changeId }, role: approverRole,
        requestedBy: input.actor.id, requestedAt: decision.at, stateHash: hash, decidedBy: null, decidedAt: null, reason: null,
      },
    });
  }
  startAmendment(decision, wanted);
  return null;
}
