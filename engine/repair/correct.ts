import type { Decision } from "../interpret/decision.ts";
import { openCaseOf } from "../interpret/fallout.ts";
import { retryNow } from "../interpret/retry-now.ts";
import { required } from "../support/defect.ts";
import type { RepairScope } from "./repair-scope.ts";
import { correctionsOf, outputsOf, reassignmentOf } from "./repair-values.ts";

/** CORRECT_PAYLOAD: a new request, so a new revision and a new key (E10); then the task is tried again. */
export function correctPayload(decision: Decision, { on, repair }: RepairScope, by: string): null {
  const { position, task } = required(on, "The task");
  const corrections = correctionsOf(repair) ?? {};
  decision.emitTask(position, {
    type: "TaskPayloadCorrected", taskId: task.id, corrections, request: { ...task.request, ...corrections }, requestRevision: task.requestRevision + 1, by,
  });
  retryNow(decision, position, by, repair.reason);
  return null;
}

/** UPDATE_REFERENCE: what a task gives to others is corrected as a new fact; who still waits for it is asked again. */
export function updateReference(decision: Decision, { on, repair }: RepairScope, by: string): null {
  const { position, task } = required(on, "The task");
  decision.emitTask(position, { type: "TaskOutputsAmended", taskId: task.id, outputs: outputsOf(repair) ?? {}, by });
  return null;
}

/** REASSIGN: the work of a person goes to another queue or role; whoever had claimed it has it no more. */
export function reassign(decision: Decision, { on, repair }: RepairScope, by: string): null {
  const { task } = required(on, "The task");
  if (task.state !== "AWAITING_MANUAL_ACTION") return null;
  const { queue, role } = { queue: task.manual.queue, role: task.manual.role, ...reassignmentOf(repair) };
  decision.emit({ type: "TaskReassigned", taskId: task.id, queue, role, by });
  const open = openCaseOf(decision, task.id);
  if (open && queue !== null && queue !== open.queue) decision.emit({ type: "FalloutCaseReassigned", caseId: open.id, queue, by });
  return null;
}
