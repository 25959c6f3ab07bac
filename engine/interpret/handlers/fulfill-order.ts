import { buildPlan } from "../../plan/build-plan.ts";
import type { Decision } from "../decision.ts";
import { closeOrderCases, openOrderCase } from "../fallout.ts";
import type { Rejection } from "../interpretation.ts";
import { lookAgain } from "../wake-waiters.ts";
import { reachMilestone } from "../settle-milestones.ts";

/**
 * Takes an accepted order to IN_PROGRESS: validated once (C8), planned, started. Without a plan it stays ready for
 * fulfillment with a case that says why (B11); the same input tries again.
 */
export async function fulfillOrder(decision: Decision): Promise<Rejection | null> {
  const { state, plan } = decision.order;
  if (state === "SUBMITTED") {
    decision.emit({ type: "OrderValidationStarted" });
    decision.emit({ type: "OrderReadyForFulfillment" });
  } else if (state !== "READY_FOR_FULFILLMENT" || plan !== null) {
    return null;
  }
  const result = await buildPlan(decision.order, decision.release);
  if (!result.made) {
    for (const problem of result.problems) openOrderCase(decision, problem.itemId, problem.code, problem.message);
    return null;
  }
  closeOrderCases(decision, "A plan could be made");
  decision.emit({ type: "PlanCreated", ...result.plan });
  decision.emit({ type: "PlanStarted" });
  decision.emit({ type: "OrderFulfillmentStarted" });
  start(decision);
  return null;
}

/** Everything that waits for nothing may begin; what waits for the clock or for skipped work is asked once. */
function start(decision: Decision): void {
  for (const item of decision.order.items) decision.touchedItems.add(item.id);
  decision.plan.graph.milestones.forEach(({ by }, position) => {
    if ("always" in by && by.always === "order-accepted") reachMilestone(decision, position);
  });
  decision.order.tasks.forEach((task, position) => {
    if (task.state === "SKIPPED_BY_POLICY") decision.movedTasks.add(position);
  });
  lookAgain(decision, decision.order.tasks.flatMap((task, position) => (task.state === "PENDING" ? [position] : [])));
}
