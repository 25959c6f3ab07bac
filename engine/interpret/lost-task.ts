import type { Decision } from "./decision.ts";

/** Title of a mandatory task that failed for good; null when there is none. */
export function lostTask(decision: Decision, itemId: string): string | null {
  if (decision.plan.failedTasks === 0) return null;
  for (const position of decision.index.tasksOfItem.get(itemId) ?? []) {
    const planned = decision.planned(position);
    const { state } = decision.task(position);
    if (planned.mandatory && (state === "FAILED_FINAL" || state === "CANCELLED")) return `"${planned.title}" has ended without success`;
  }
  return null;
}
