import { lockName, type AdmissionCandidate } from "../../engine/interpret/admit.ts";
import type { WaitingTask } from "../store/admission-store.ts";
import type { WorkBatch } from "./work-batch.ts";

/** Begin of the name of what tasks wait for that find a target system full. */
export const TARGET_RESOURCE = "target:";

/** What a candidate may have to wait for: others may wait for the same already. */
export function resourcesOf({ targetSystem, locks, locked }: AdmissionCandidate): string[] {
  const ofTarget = targetSystem === null ? [] : ["global", `${TARGET_RESOURCE}${targetSystem}`, `rate:${targetSystem}`];
  return locked ? ofTarget : [...ofTarget, ...locks.map((lock) => `lock:${lockName(lock)}`)];
}

/** What waits when the batch before this one is written: the database may or may not show it yet. */
export function withPrevious(rows: readonly WaitingTask[], previous: WorkBatch | null, wanted: (task: WaitingTask) => boolean): WaitingTask[] {
  const admission = previous?.admission;
  if (!admission) return [...rows];
  const added = admission.waitingRows.map((row) => ({ orderId: String(row.order_id), taskId: String(row.task_id), reason: String(row.reason), resource: String(row.resource) }));
  const settled = new Set([...admission.waitingGone.map(([, taskId]) => taskId), ...added.map(({ taskId }) => taskId)]);
  return [...rows.filter(({ taskId }) => !settled.has(taskId)), ...added.filter(wanted)];
}

/** Each candidate once. */
export function unique(candidates: readonly AdmissionCandidate[]): AdmissionCandidate[] {
  return Array.from(new Map(candidates.map((candidate) => [candidate.taskId, candidate])).values());
}

/** How many there are of each. */
export function countBy<T>(list: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of list) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
