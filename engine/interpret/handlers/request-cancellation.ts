import { assessCancellation, assessmentHash } from "../../change/assess-cancellation.ts";
import type { InputOf } from "../../order/inputs.ts";
import type { OrderState } from "../../order/machines.ts";
import { dropCancellation, freezeItems, startCancellation } from "../cancel-items.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";

const OPEN_STATES: readonly OrderState[] = ["READY_FOR_FULFILLMENT", "IN_PROGRESS", "HELD", "PARTIALLY_COMPLETED"];

/**
 * Someone wants the order, or items of it, cancelled (G2, G3). The change policy answers: refused, with the reason and the
 * way to go instead; accepted, and it starts; or for someone else to decide, and nothing new is sent until then. A repeat
 * of a cancellation under way changes nothing.
 */
export function requestCancellation(decision: Decision, input: InputOf<"RequestCancellation">): Rejection | null {
  const { order } = decision;
  if (input.expectedVersion !== null && input.expectedVersion !== order.aggregateVersion) {
    return { code: "version-conflict", message: `Order ${order.id} is at version ${order.aggregateVersion}, not ${input.expectedVersion}.` };
  }
  const unknown = input.itemIds?.find((id) => !order.items.some((item) => item.id === id));
  if (unknown !== undefined) return { code: "item-not-found", message: `Order ${order.id} has no item ${unknown}.` };
  if (isUnderWay(decision, input.itemIds) && !withdrawStale(decision)) return null;
  if (!OPEN_STATES.includes(decision.order.state)) return { code: "invalid-transition", message: `Order ${order.id} is ${order.state} and cannot be cancelled.` };

  const assessment = assessCancellation(decision.order, decision.release, input.itemIds, input.reason);
  if (assessment.answer === "REFUSE") {
    return { code: "change-refused", message: assessment.reason, details: { route: assessment.route, items: assessment.items.map(({ itemId, answer, reason }) => ({ itemId, answer, reason })) } };
  }
  const changeId = `${order.id}/change/${decision.order.changes.length + 1}`;
  const itemIds = assessment.items.map(({ itemId }) => itemId);
  const hash = assessmentHash(assessment);
  const approverRole = assessment.answer === "APPROVAL" ? assessment.approverRole : null;
  decision.emit({
    type: "ChangeRequested",
    change: {
      id: changeId, type: "CANCEL", state: approverRole === null ? "EXECUTING" : "AWAITING_APPROVAL", itemIds, reason: input.reason,
      requestedBy: input.actor.id, requestedAt: decision.at, fee: assessment.fee, approverRole, assessmentHash: hash, wanted: [], settledAt: null,
    },
  });
  if (approverRole === null) startCancellation(decision, changeId);
  else {
    decision.emit({
      type: "ApprovalRequested",
      approval: {
        id: `${order.id}/approval/${decision.order.approvals.length + 1}`, state: "PENDING", subject: { type: "change", changeId }, role: approverRole,
        requestedBy: input.actor.id, requestedAt: decision.at, stateHash: hash, decidedBy: null, decidedAt: null, reason: null,
      },
    });
    freezeItems(decision, itemIds);
  }
  return null;
}

/**
 * A request that waits for an approval nobody can give any more, because the work has gone on since, is taken back: asked
 * again, the change is assessed anew. True when there was one.
 */
function withdrawStale(decision: Decision): boolean {
  const stale = decision.order.changes.find((change) => change.type === "CANCEL" && change.state === "AWAITING_APPROVAL");
  if (!stale) return false;
  const whole = stale.itemIds.length === decision.order.items.length;
  const now = assessmentHash(assessCancellation(decision.order, decision.release, whole ? null : stale.itemIds, stale.reason));
  if (now === stale.assessmentHash) return false;
  const approval = decision.order.approvals.find(({ state, subject }) => state === "PENDING" && subject.type === "change" && subject.changeId === stale.id);
  const reason = "The work has gone on since; the change is assessed anew";
  if (approval) decision.emit({ type: "ApprovalVoided", approvalId: approval.id, reason });
  decision.emit({ type: "ChangeRefused", changeId: stale.id, by: "policy", reason });
  dropCancellation(decision, stale.itemIds);
  return true;
}

function isUnderWay(decision: Decision, itemIds: readonly string[] | null): boolean {
  const wanted = itemIds ?? decision.order.items.map(({ id }) => id);
  return wanted.every((id) => ["CANCELLED", "CANCELLING", "ASSESSING_CANCELLATION"].includes(decision.item(id).state));
}
