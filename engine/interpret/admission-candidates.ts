import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Task } from "../order/task.ts";
import { isUndo } from "../order/planned-work.ts";
import type { AdmissionCandidate } from "./admit.ts";
import { mayStart } from "./may-start.ts";

/** Tasks among `positions` that could go out now, as admission sees them: READY, or unknown and to be repeated. */
export function admissionCandidates(order: Order, release: CompiledRelease, positions: readonly number[]): readonly AdmissionCandidate[] {
  const candidates: AdmissionCandidate[] = [];
  for (const position of positions) {
    const task = order.tasks[position];
    const planned = order.plan?.graph.tasks[position];
    if (!task || !planned || !(task.state === "READY" || (task.state === "OUTCOME_UNKNOWN" && task.resend))) continue;
    const target = release.taskTypes.get(planned.type)?.targetSystem ?? null;
    candidates.push({
      orderId: order.id,
      taskId: task.id,
      targetSystem: target?.definition.key ?? null,
      limits: target?.definition.limits ?? null,
      flow: target,
      locks: task.locks,
      locked: task.locked,
      held: !mayStart(order, release, planned) && !mayRepeat(task, planned, release),
      critical: isCritical(order, planned),
      retry: task.attempts > 0,
      priority: order.priority,
      depth: planned.depth,
    });
  }
  return candidates;
}

/** Under a hold an unknown command may still be repeated, because that is how we find out; unless it cannot be undone. */
function mayRepeat(task: Task, planned: PlannedTask, release: CompiledRelease): boolean {
  return task.state === "OUTCOME_UNKNOWN" && release.taskTypes.get(planned.type)?.definition.irreversible !== true;
}

/** Work that takes back other work, work a person has repaired, and work of urgent orders (D6). */
function isCritical(order: Order, planned: PlannedTask): boolean {
  return isUndo(planned) || order.priority > 0 || order.cases.some(({ taskId }) => taskId === planned.id);
}
