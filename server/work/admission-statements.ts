import type { StoredUsage } from "../store/admission-store.ts";
import type { Statement } from "../store/sql.ts";
import { deleteFrom, upsertInto, type RowOf } from "../store/table.ts";
import { ALL_TARGETS, LOCKS, READY_TASKS, TARGET_USAGE } from "../store/tables.ts";
import type { AdmissionOutcome, WaitReason } from "./admit-tasks.ts";
import type { WorkBatch } from "./work-batch.ts";
import { isReady, type WorkingOrder } from "./working-order.ts";

/** What admission writes: who waits and why, who holds which lock, what is in use. */
export function admissionStatements(batch: WorkBatch, changed: readonly WorkingOrder[]): Statement[] {
  const { admission } = batch;
  if (admission === null) return [];
  const waiting = waitingChanges(admission, batch, changed);
  return [
    ...upsertInto(READY_TASKS, waiting.rows),
    ...deleteFrom(READY_TASKS, ["order_id", "task_id"], waiting.gone),
    ...lockStatements(batch),
    ...upsertInto(TARGET_USAGE, usageRows(admission, batch, waiting.delta)),
  ];
}

interface WaitingChanges {
  readonly rows: readonly RowOf<typeof READY_TASKS>[];
  readonly gone: readonly (readonly string[])[];
  /** Tasks that wait now, minus those that waited before. */
  readonly delta: number;
}

/** Exactly the ready tasks have a row; those that admission looked at get its reason. */
function waitingChanges(admission: AdmissionOutcome, batch: WorkBatch, changed: readonly WorkingOrder[]): WaitingChanges {
  const rows: RowOf<typeof READY_TASKS>[] = [];
  const gone: string[][] = admission.stale.map(({ orderId, taskId }) => [orderId, taskId]);
  let delta = -gone.length;
  for (const { id, stored, order } of changed) {
    order?.tasks.forEach((task, position) => {
      const before = stored?.tasks[position];
      if (task === before || isReady(task) === isReady(before)) return;
      delta += isReady(task) ? 1 : -1;
      if (!isReady(task)) gone.push([id, task.id]);
    });
  }
  for (const reason of admission.reasons.values()) {
    if (reason.resource !== reason.waitedFor) rows.push(readyRow(reason, batch.at));
  }
  return { rows, gone, delta };
}

function readyRow({ candidate, reason, resource }: WaitReason, since: string): RowOf<typeof READY_TASKS> {
  const { orderId, taskId, targetSystem, priority, depth } = candidate;
  return { order_id: orderId, task_id: taskId, target_system: targetSystem, priority, depth, reason, resource, since };
}

function lockStatements(batch: WorkBatch): Statement[] {
  const taken: RowOf<typeof LOCKS>[] = [];
  const freed: string[][] = [];
  for (const [name, holder] of batch.occupancy.locks) {
    if (holder) taken.push({ name, order_id: holder.orderId, task_id: holder.taskId });
    else freed.push([name]);
  }
  return [...upsertInto(LOCKS, taken), ...deleteFrom(LOCKS, ["name"], freed)];
}

function usageRows({ usage, tokens }: AdmissionOutcome, batch: WorkBatch, waitingDelta: number): RowOf<typeof TARGET_USAGE>[] {
  const { targets, dispatched } = batch.occupancy;
  const names = new Set([...targets.keys(), ...tokens.keys()]);
  const rows = Array.from(names, (name) => {
    const change = targets.get(name);
    return usageRow(name, usage.get(name), change?.dispatched ?? 0, change?.outstanding ?? 0, 0, tokens.get(name), batch.at);
  });
  if (dispatched === 0 && waitingDelta === 0) return rows;
  return [...rows, usageRow(ALL_TARGETS, usage.get(ALL_TARGETS), dispatched, 0, waitingDelta, undefined, batch.at)];
}

function usageRow(
  name: string, stored: StoredUsage | undefined, dispatched: number, outstanding: number, waiting: number, tokens: number | undefined, at: string,
): RowOf<typeof TARGET_USAGE> {
  return {
    target_system: name,
    dispatched: (stored?.dispatched ?? 0) + dispatched,
    outstanding: (stored?.outstanding ?? 0) + outstanding,
    waiting: (stored?.waiting ?? 0) + waiting,
    tokens: tokens ?? stored?.tokens ?? null,
    refilled_at: tokens === undefined ? (stored?.refilledAt ?? null) : at,
  };
}
