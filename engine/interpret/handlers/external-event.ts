import type { InputOf } from "../../order/inputs.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";
import { reachMilestone } from "../settle-milestones.ts";

/** A fact from outside reaches the milestones that wait for it, also after they were missed: late is not never. */
export function receiveExternalEvent(decision: Decision, input: InputOf<"ExternalEventReceived">): Rejection | null {
  const { order } = decision;
  if (input.itemId !== null && !order.items.some(({ id }) => id === input.itemId)) {
    return { code: "item-not-found", message: `Order ${order.id} has no item ${input.itemId}.` };
  }
  order.plan?.graph.milestones.forEach(({ by, itemId }, position) => {
    const outcome = order.milestones[position]?.outcome;
    const waits = "event" in by && by.event === input.event && (input.itemId ?? itemId) === itemId;
    if (!waits || (outcome !== "OPEN" && outcome !== "MISSED")) return;
    reachMilestone(decision, position);
    const open = order.cases.find((found) => found.state === "OPEN" && found.itemId === itemId && found.taskId === null && found.reasonCode === "MILESTONE_MISSED");
    if (open) decision.emit({ type: "FalloutCaseClosed", caseId: open.id, resolution: "The milestone was reached after all" });
  });
  return null;
}
