import type { InputOf } from "../../order/inputs.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";
import { mayWorkOn } from "../manual-access.ts";

/**
 * Takes a manual task into one's own hands, or gives it back (H1). Only who has its role, or was told by its escalation,
 * may claim it; what someone else holds stays theirs until they give it back or it is reassigned. Saying it twice changes
 * nothing.
 */
export function claimManualTask(decision: Decision, input: InputOf<"ClaimManualTask" | "ReleaseManualTask">): Rejection | null {
  const { taskId, actor } = input;
  const position = decision.order.plan === null ? undefined : decision.index.taskPosition.get(taskId);
  if (position === undefined) return { code: "task-not-found", message: `Order ${decision.order.id} has no task ${taskId}.` };
  const task = decision.task(position);
  if (task.state !== "AWAITING_MANUAL_ACTION" || task.manual.cause === "HOLD") {
    return { code: "invalid-transition", message: `Task ${taskId} is ${task.state}: there is no work of ours to take.` };
  }
  const { claimedBy } = task.manual;
  if (claimedBy !== null && claimedBy !== actor.id) return { code: "already-claimed", message: `${claimedBy} has task ${taskId} already.` };
  if (input.type === "ReleaseManualTask") {
    if (claimedBy !== null) decision.emit({ type: "ManualTaskReleased", taskId, by: actor.id });
    return null;
  }
  if (!mayWorkOn(task.manual, actor.roles)) return { code: "role-missing", message: `This work needs the role ${task.manual.role ?? ""}.` };
  if (claimedBy === null) decision.emit({ type: "ManualTaskClaimed", taskId, by: actor.id });
  return null;
}
