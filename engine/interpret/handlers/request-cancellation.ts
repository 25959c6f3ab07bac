import { assessCancellation, assessmentHash, isOver } from "../../change/assess-cancellation.ts";
import type { ChangeRequest } from "../../order/change.ts";
import type { InputOf } from "../../order/inputs.ts";
import type { OrderState } from "../../order/machines.ts";
import type { Item } from "../../order/order.ts";
import { dropCancellation, freezeItems, startCancellation, takeBack } from "../cancel-items.ts";
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
  const { itemIds, reason, actor } = input;
  if (input.expectedVersion !== null && input.expectedVersion !== order.aggregateVersion) {
    return { code: "version-conflict", message: `Order ${order.id} is at version ${order.aggregateVersion}, not ${input.expectedVersion}.` };
  }
  return cancelItems(decision, { itemIds, reason, requestedBy: actor.id });
}

/** The request of a cancellation, whoever brings it: the customer, a person who repairs, or the outcome of a manual task. */
export function cancelItems(decision: Decision, input: { readonly itemIds: readonly string[] | null; readonly reason: string; readonly requestedBy: string }): Rejection | null {
  const { order } = decision;
  const unknown = input.itemIds?.find((id) => !order.items.some((item) => item.id === id));
  if (unknown !== undefined) return { code: "item-not-found", message: `Order ${order.id} has no item ${unknown}.` };
  const wanted = input.itemIds ?? order.items.map(({ id }) => id);
  const waiting = order.changes.filter(({ type, state, itemIds }) => type === "CANCEL" && state === "AWAITING_APPROVAL" && itemIds.some((id) => wanted.includes(id)));
  if (isUnderWay(decision, wanted) && !waiting.some((change) => isStale(decision, change))) return null;
  for (const { id, itemIds } of waiting) {
    takeBack(decision, id, "It was asked for anew");
    dropCancellation(decision, itemIds);
  }
  if (decision.order.state === "SUBMITTED") {
    decision.emit({ type: "OrderValidationStarted" });
    decision.emit({ type: "OrderReadyForFulfillment" });
  }
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
      requestedBy: input.requestedBy, requestedAt: decision.at, fee: assessment.fee, approverRole, assessmentHash: hash, wanted: [], settledAt: null,
    },
  });
  if (approverRole === null) startCancellation(decision, changeId);
  else {
    decision.emit({
      type: "ApprovalRequested",
      approval: {
        id: `${order.id}/approval/${decision.order.approvals.length + 1}`, state: "PENDING", subject: { type: "change", changeId }, role: approverRole,
        requestedBy: input.requestedBy, requestedAt: decision.at, stateHash: hash, decidedBy: null, decidedAt: null, reason: null,
      },
    });
    freezeItems(decision, itemIds);
  }
  return null;
}

/**
 * True for a request that waits for an approval nobody can give any more, because the work has gone on since: asked again,
 * it is assessed anew.
 */
function isStale(decision: Decision, change: ChangeRequest): boolean {
  return assessmentHash(assessCancellation(decision.order, decision.release, change.itemIds, change.reason)) !== change.assessmentHash;
}

/** True when all that was asked for is cancelled, or someone decides about it. */
function isUnderWay({ order }: Decision, wanted: readonly string[]): boolean {
  if (order.state === "CANCELLED") return true;
  const items = order.items.filter((item) => wanted.includes(item.id));
  const cancelled = (item: Item) => ["CANCELLED", "CANCELLING", "ASSESSING_CANCELLATION"].includes(item.state);
  return items.some(cancelled) && items.every((item) => cancelled(item) || isOver(item));
}
