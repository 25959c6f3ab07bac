import { undoOf } from "../change/assess-task.ts";
import { isJsonObject, type Json } from "../support/json.ts";
import type { Decision } from "./decision.ts";
import { taskFacts } from "./facts-of.ts";
import { extendPlan, isUndone, nextPlanId, requestCompensations } from "./request-compensations.ts";

/**
 * Work that was cancelled has taken effect after all (E5): its outputs are recorded and its effect is undone, when the plan
 * can still do that. False when a person must look at it.
 */
export function undoLateSuccess(decision: Decision, position: number, result: Json): boolean {
  const planned = decision.planned(position);
  const task = decision.task(position);
  const active = decision.plan.state === "RUNNING" || decision.plan.state === "BLOCKED";
  const undo = undoOf(decision.order, decision.release, planned, task, decision.item(planned.itemId));
  if (!active || undo === null || isUndone(decision, planned.id)) return false;
  const outputs = decision.type(position).outputs.evaluate({ result, with: task.with, task: taskFacts(planned, task, decision.release) });
  decision.emitTask(position, { type: "TaskOutputsAmended", taskId: planned.id, outputs: isJsonObject(outputs) ? outputs : {}, by: "late result" });
  const planId = nextPlanId(decision);
  const assessment = {
    taskId: planned.id, title: planned.title, state: task.state, effect: "DONE", do: "COMPENSATE",
    reason: "It took effect after it was cancelled", rule: "late result", undo,
  } as const;
  extendPlan(decision, planId, requestCompensations(decision, [{ position, assessment }], "late result", planId));
  return true;
}
