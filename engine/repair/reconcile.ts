import type { Decision } from "../interpret/decision.ts";
import { retryNow } from "../interpret/retry-now.ts";
import { succeed } from "../interpret/task-success.ts";
import { required } from "../support/defect.ts";
import type { RepairScope } from "./repair-scope.ts";
import { reconciliationOf } from "./repair-values.ts";

/** MARK_RECONCILED: somebody found out. It took effect, and the evidence is the result; or it never did, and it may go again. */
export function markReconciled(decision: Decision, scope: RepairScope, by: string): null {
  const { position, task } = required(scope.on, "The task");
  if (reconciliationOf(scope.repair) === "notFound") {
    if (task.state !== "OUTCOME_UNKNOWN") decision.emitTask(position, { type: "TaskReconciled", taskId: task.id, found: "notFound" });
    retryNow(decision, position, by, scope.repair.reason);
    return null;
  }
  decision.emitTask(position, { type: "TaskReconciled", taskId: task.id, found: "succeeded" });
  return completeWithEvidence(decision, scope, by);
}

/** COMPLETE_WITH_EVIDENCE: the work was done elsewhere, and the evidence is its result. */
export function completeWithEvidence(decision: Decision, { on, repair }: RepairScope, by: string): null {
  const { position, task } = required(on, "The task");
  succeed(decision, position, { result: repair.evidence, via: "person", attempt: task.attempts, by });
  return null;
}
