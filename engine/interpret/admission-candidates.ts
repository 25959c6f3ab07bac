import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Order } from "../order/order.ts";
import type { AdmissionCandidate } from "./admit.ts";

/** Tasks among `positions` that could go out now, as admission sees them: READY, or unknown and to be repeated. */
export function admissionCandidates(order: Order, release: CompiledRelease, positions: readonly number[]): readonly AdmissionCandidate[] {
  const candidates: AdmissionCandidate[] = [];
  for (const position of positions) {
    const task = order.tasks[position];
    const planned = order.plan?.graph.tasks[position];
    if (!task || !planned || !(task.state === "READY" || (task.state === "OUTCOME_UNKNOWN" && task.resend))) continue;
    const target = release.taskTypes.get(planned.type)?.targetSystem?.definition ?? null;
    candidates.push({
      orderId: order.id,
      taskId: task.id,
      targetSystem: target?.key ?? null,
      limits: target?.limits ?? null,
      locks: task.locks,
      locked: task.locked,
      held: order.items.some(({ id, state }) => id === planned.itemId && state === "HELD"),
      priority: order.priority,
      depth: planned.depth,
    });
  }
  return candidates;
}
