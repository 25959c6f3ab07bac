import type { InputOf } from "../../order/inputs.ts";
import type { PlannedMilestone } from "../../order/plan.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";
import { MILESTONE_MISSED, missedReason, reachMilestone } from "../settle-milestones.ts";

/** A fact from outside reaches the milestones that wait for it, also after they were missed: late is not never. */
export function receiveExternalEvent(decision: Decision, input: InputOf<"ExternalEventReceived">): Rejection | null {
  const { order } = decision;
  if (input.itemId !== null && !order.items.some(({ id }) => id === input.itemId)) {
    return { code: "item-not-found", message: `Order ${order.id} has no item ${input.itemId}.` };
  }
  const concerns = ({ by, itemId }: PlannedMilestone) => "event" in by && by.event === input.event && (input.itemId ?? itemId) === itemId;
  const milestones = order.plan?.graph.milestones ?? [];
  if (!milestones.some(concerns)) return { code: "event-not-expected", message: `Nothing in the plan of order ${order.id} waits for ${input.event}.` };
  milestones.forEach((milestone, position) => {
    const state = order.milestones[position];
    if (!state || !concerns(milestone) || (state.outcome !== "OPEN" && state.outcome !== "MISSED")) return;
    reachMilestone(decision, position);
    const reason = missedReason(milestone, state);
    const open = order.cases.find((found) => found.state === "OPEN" && found.itemId === milestone.itemId && found.reasonCode === MILESTONE_MISSED && found.reason === reason);
    if (open) decision.emit({ type: "FalloutCaseClosed", caseId: open.id, resolution: "The milestone was reached after all" });
  });
  return null;
}
