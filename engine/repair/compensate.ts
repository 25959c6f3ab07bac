import { undoOf } from "../change/assess-task.ts";
import type { Decision } from "../interpret/decision.ts";
import { extendPlan, nextPlanId, requestCompensations } from "../interpret/request-compensations.ts";
import { required } from "../support/defect.ts";
import type { RepairScope } from "./repair-scope.ts";

/**
 * COMPENSATE: the effect of one task is undone by a task of the plan's next version, as a cancellation would do it, with
 * the approval and the deadline of its compensation policy (G1).
 */
export function compensate(decision: Decision, scope: RepairScope, by: string): null {
  const { position, planned, task } = required(scope.on, "The task");
  const undo = undoOf(scope.order, scope.release, planned, task, required(scope.item, planned.itemId));
  const assessment = {
    taskId: task.id, title: planned.title, state: task.state, effect: task.effect, do: "COMPENSATE", reason: scope.repair.reason, rule: "repair", undo,
  } as const;
  const planId = nextPlanId(decision);
  extendPlan(decision, planId, requestCompensations(decision, [{ position, assessment }], by, planId));
  decision.touchedItems.add(planned.itemId);
  return null;
}
