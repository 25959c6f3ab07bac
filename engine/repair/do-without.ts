import type { Decision } from "../interpret/decision.ts";
import { closeTaskCase } from "../interpret/fallout.ts";
import { outcomeOf } from "../order/machines.ts";
import { required } from "../support/defect.ts";
import type { JsonObject } from "../support/json.ts";
import type { RepairScope } from "./repair-scope.ts";
import { outputsByTask, outputsOf } from "./repair-values.ts";

/** WAIVE: the work counts as done by decision; what others take from it is given by the one who waives. */
export function waive(decision: Decision, { on, repair }: RepairScope, by: string): null {
  waiveTask(decision, required(on, "The task").position, by, repair.reason, outputsOf(repair) ?? {});
  return null;
}

/** SKIP: the work is not needed. What would follow from its being done does not follow. */
export function skip(decision: Decision, { on, repair }: RepairScope, by: string): null {
  const { position, task } = required(on, "The task");
  closeTaskCase(decision, task.id, `Skipped: ${repair.reason}`, by);
  decision.emitTask(position, { type: "TaskSkipped", taskId: task.id, reason: `${repair.reason} (decided by ${by})`, by });
  return null;
}

/** FORCE_COMPLETE: all mandatory work of the item that is left is waived; its completion criteria then decide as always. */
export function forceComplete(decision: Decision, { item, repair }: RepairScope, by: string): null {
  const outputs = outputsByTask(repair);
  for (const position of decision.index.tasksOfItem.get(required(item, "The item").id) ?? []) {
    const { key, mandatory } = decision.planned(position);
    if (mandatory && outcomeOf(decision.task(position).state) === "OPEN") waiveTask(decision, position, by, repair.reason, outputs[key] ?? {});
  }
  return null;
}

function waiveTask(decision: Decision, position: number, by: string, reason: string, outputs: JsonObject): void {
  const { id: taskId } = decision.planned(position);
  closeTaskCase(decision, taskId, `Waived: ${reason}`, by);
  decision.emitTask(position, { type: "TaskWaived", taskId, by, reason, outputs });
}
