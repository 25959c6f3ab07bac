import { outcomeOf } from "../order/machines.ts";
import type { Milestone } from "../order/order.ts";
import type { PlannedMilestone } from "../order/plan.ts";
import { isBeingAmended } from "./being-amended.ts";
import type { Decision } from "./decision.ts";

/** Code of the case about a milestone that was expected from outside and did not come. */
export const MILESTONE_MISSED = "MILESTONE_MISSED";

/** What such a case says; it names its milestone, so that the case can be found again when the milestone comes late. */
export function missedReason({ title }: PlannedMilestone, { dueAt }: Milestone): string {
  return `"${title}" was expected by ${dueAt ?? "now"} and has not come.`;
}

/** Milestones that the moved tasks reach, make pointless, or miss (A7, A8). */
export function settleMilestones(decision: Decision): void {
  const { index, plan } = decision;
  const concerned = new Set<number>();
  for (const task of decision.movedTasks) {
    if (outcomeOf(decision.task(task).state) !== "OPEN") for (const milestone of index.milestonesOfTask[task] ?? []) concerned.add(milestone);
  }
  for (const position of [...concerned].sort((a, b) => a - b)) {
    const planned = plan.graph.milestones[position];
    if (!planned || !("tasks" in planned.by) || !isOpen(decision, position)) continue;
    const states = planned.by.tasks.map((id) => decision.task(index.taskPosition.get(id) ?? -1).state);
    const outcomes = states.map(outcomeOf);
    if (outcomes.includes("FAILURE") && isBeingAmended(decision, planned.itemId)) continue;
    if (outcomes.includes("FAILURE")) missMilestone(decision, position, "a task it needs has failed or was cancelled");
    else if (states.every((state) => state === "SKIPPED_BY_POLICY")) dropMilestone(decision, position);
    else if (outcomes.every((outcome) => outcome === "SUCCESS")) reachMilestone(decision, position);
  }
}

/** Open; or missed by tasks, of which one was opened again since: late is not never. */
function isOpen(decision: Decision, position: number): boolean {
  const planned = decision.plan.graph.milestones[position];
  const outcome = decision.order.milestones[position]?.outcome;
  if (outcome !== "MISSED" || !planned || !("tasks" in planned.by)) return outcome === "OPEN";
  const states = planned.by.tasks.map((id) => decision.task(decision.index.taskPosition.get(id) ?? -1).state);
  return states.every((state) => outcomeOf(state) === "SUCCESS") && !states.every((state) => state === "SKIPPED_BY_POLICY");
}

export function reachMilestone(decision: Decision, position: number): void {
  settle(decision, position, (milestoneId) => decision.emit({ type: "MilestoneReached", milestoneId }));
}

export function dropMilestone(decision: Decision, position: number): void {
  settle(decision, position, (milestoneId) => decision.emit({ type: "MilestoneNotApplicable", milestoneId }));
}

export function missMilestone(decision: Decision, position: number, reason: string): void {
  settle(decision, position, (milestoneId) => decision.emit({ type: "MilestoneMissed", milestoneId, reason }));
}

function settle(decision: Decision, position: number, emit: (milestoneId: string) => void): void {
  const planned = decision.plan.graph.milestones[position];
  if (!planned) return;
  emit(planned.id);
  decision.movedMilestones.add(position);
  decision.touchedItems.add(planned.itemId);
}
