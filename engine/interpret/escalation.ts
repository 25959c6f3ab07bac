import type { CompiledRelease } from "../language/compiled-release.ts";
import { addWorkingTime } from "../support/calendar.ts";
import { addMs } from "../support/instant.ts";
import type { Decision } from "./decision.ts";

/**
 * When step `level` (0 is the first) of a manual task's escalation is due; null when there is no such step. Counted like
 * the task's SLA since it began to wait: in open hours when the SLA names a calendar, by the clock otherwise.
 */
export function escalationAt(release: CompiledRelease, manualTask: string | null, since: string, level: number): string | null {
  const manual = manualTask === null ? undefined : release.manualTasks.get(manualTask);
  const step = manual?.escalation[level];
  if (!manual || !step) return null;
  const key = manual.definition.sla?.calendar;
  const calendar = key === undefined ? undefined : release.calendars.get(key);
  return calendar ? addWorkingTime(calendar, since, step.afterMs) : addMs(since, step.afterMs);
}

/** The work of a person is not done in time: the next step of its escalation is told, and the clock set for the one after. */
export function escalateManualTask(decision: Decision, position: number): void {
  const task = decision.task(position);
  if (task.state !== "AWAITING_MANUAL_ACTION") return;
  const { manualTask, escalations } = task.manual;
  const level = escalations.length + 1;
  const step = manualTask === null ? undefined : decision.release.manualTasks.get(manualTask)?.escalation[level - 1];
  if (!step) return;
  const nextAt = escalationAt(decision.release, manualTask, task.since, level);
  decision.emit({ type: "ManualTaskEscalated", taskId: task.id, to: step.to, level, nextAt });
}
