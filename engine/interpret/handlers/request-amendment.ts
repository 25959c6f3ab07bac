import { assessAmendment, wantedItems } from "../../change/assess-amendment.ts";
import { assessmentHash } from "../../change/assess-cancellation.ts";
import type { ChangeAssessment } from "../../change/assessment.ts";
import { changedPaths } from "../../change/changed-paths.ts";
import type { ChangeRequest } from "../../order/change.ts";
import type { InputOf } from "../../order/inputs.ts";
import type { NewItem, Order } from "../../order/order.ts";
import { buildPlan } from "../../plan/build-plan.ts";
import { canonicalJson } from "../../support/canonical-json.ts";
import type { Json } from "../../support/json.ts";
import { dropAmendment, startAmendment } from "../amend-items.ts";
import { takeBack } from "../cancel-items.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";

/**
 * A supplemental order (G4): the full wanted state of the items it changes. The change policy answers, by what changes and
 * how far the items have come. One change at a time: while another is decided or carried out a new one is refused. A
 * repeat of one under way changes nothing. Before there is a plan the items simply become what is wanted.
 */
export async function requestAmendment(decision: Decision, input: InputOf<"RequestAmendment">): Promise<Rejection | null> {
  const { order, release } = decision;
  if (input.expectedVersion !== null && input.expectedVersion !== order.aggregateVersion) {
    return { code: "version-conflict", message: `Order ${order.id} is at version ${order.aggregateVersion}, not ${input.expectedVersion}.` };
  }
  const unknown = input.items.find(({ id }) => !order.items.some((item) => item.id === id));
  if (unknown) return { code: "item-not-found", message: `Order ${order.id} has no item ${unknown.id}; what is not in the order is ordered anew.` };
  const open = order.changes.find(({ state }) => state === "AWAITING_APPROVAL" || state === "EXECUTING");
  if (open && isRepeat(order, open, input.items)) {
    if (!isStale(decision, open)) return null;
    takeBack(decision, open.id, "It was asked for anew");
    dropAmendment(decision, open.itemIds);
  } else if (open) {
    return { code: "invalid-transition", message: `Another change of order ${order.id} is under way; wait until it is done.` };
  }

  const assessment = assessAmendment(decision.order, release, input.items, input.reason);
  if (assessment.items.length === 0) return null;
  if (assessment.answer === "REFUSE") return refuse(assessment);
  const itemIds = assessment.items.map(({ itemId }) => itemId);
  const wanted = input.items.filter(({ id }) => itemIds.includes(id));
  const impossible = await cannotBePlanned(decision, wanted);
  if (impossible) return impossible;
  take(decision, input, assessment, wanted);
  return null;
}

function take(decision: Decision, input: InputOf<"RequestAmendment">, assessment: ChangeAssessment, wanted: readonly NewItem[]): void {
  const { order } = decision;
  const changeId = `${order.id}/change/${order.changes.length + 1}`;
  const hash = assessmentHash(assessment);
  const approverRole = assessment.answer === "APPROVAL" ? assessment.approverRole : null;
  decision.emit({
    type: "ChangeRequested",
    change: {
      id: changeId, type: "AMEND", state: approverRole === null ? "EXECUTING" : "AWAITING_APPROVAL", itemIds: wanted.map(({ id }) => id), reason: input.reason,
      requestedBy: input.actor.id, requestedAt: decision.at, fee: assessment.fee, approverRole, assessmentHash: hash, wanted, settledAt: null,
    },
  });
  if (order.plan === null) {
    decision.emit({ type: "OrderAmended", changeId, items: wanted });
    decision.emit({ type: "ChangeCompleted", changeId });
    return;
  }
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
}

function refuse({ reason, route, items }: ChangeAssessment): Rejection {
  return { code: "change-refused", message: reason, details: { route, items: items.map(({ itemId, answer, reason: why }) => ({ itemId, answer, reason: why })) } };
}

/** What no plan can be made for is refused at once, not found out when half of it is done. */
async function cannotBePlanned({ order, release }: Decision, wanted: readonly NewItem[]): Promise<Rejection | null> {
  if (order.plan === null) return null;
  const items = wantedItems(order, wanted);
  const plan = await buildPlan({ ...order, items: order.items.map((item) => items.get(item.id) ?? item) }, release);
  if (plan.made) return null;
  return { code: "change-refused", message: plan.problems[0]?.message ?? "No plan can be made for it.", details: { route: null, items: plan.problems.map(({ itemId, message }) => ({ itemId, answer: "REFUSE", reason: message })) } };
}

/** True for the very amendment that is under way; items that would not change were left out when it was taken up. */
function isRepeat(order: Order, open: ChangeRequest, items: readonly NewItem[]): boolean {
  const text = (list: readonly NewItem[]) => canonicalJson(list.toSorted((a, b) => (a.id < b.id ? -1 : 1)) as unknown as Json);
  const changing = items.filter((wanted) => order.items.some((item) => item.id === wanted.id && changedPaths(item, wanted).length > 0));
  return open.type === "AMEND" && text(changing) === text(open.wanted);
}

/** True when the work has gone on, so that nobody can agree to what was assessed. */
function isStale({ order, release }: Decision, { state, wanted, reason, assessmentHash: asked }: ChangeRequest): boolean {
  return state === "AWAITING_APPROVAL" && assessmentHash(assessAmendment(order, release, wanted, reason)) !== asked;
}
