import type { FlowState } from "../../engine/flow/flow-gate.ts";
import { NOTHING_IN_USE, usageStatements, type StoredUsage } from "../store/admission-store.ts";
import type { Statement } from "../store/sql.ts";
import { deleteFrom, upsertInto, type RowOf } from "../store/table.ts";
import { ALL_TARGETS, LOCKS, READY_TASKS } from "../store/tables.ts";
import type { AdmissionOutcome, WaitReason } from "./admit-tasks.ts";
import type { WorkBatch } from "./work-batch.ts";
import { isReady } from "./working-order.ts";

/** What admission leaves behind: in memory for the next batch, and as statements. */
export interface AdmissionResult {
  readonly usage: ReadonlyMap<string, StoredUsage>;
  readonly flow: ReadonlyMap<string, FlowState>;
  readonly waitingRows: readonly RowOf<typeof READY_TASKS>[];
  /** `[orderId, taskId]` of tasks that do not wait any more. */
  readonly waitingGone: readonly (readonly string[])[];
  readonly statements: readonly Statement[];
}

/** What admission writes: who waits and why, who holds which lock, what is in use. */
export function admissionResult(batch: WorkBatch, admission: AdmissionOutcome): AdmissionResult {
  const waiting = waitingChanges(admission, batch);
  const locks = lockStatements(batch);
  const targets = new Set([...batch.occupancy.targets.keys(), ...admission.tokens.keys()]);
  const unchanged = targets.size === 0 && locks.length === 0 && waiting.rows.length === 0 && waiting.gone.length === 0;
  const usage = unchanged ? admission.usage : usageAfter(admission, batch, targets, waiting.delta);
  return {
    usage,
    flow: admission.flow.after(),
    waitingRows: waiting.rows,
    waitingGone: waiting.gone,
    statements: [
      ...(unchanged
        ? []
        : [
            ...usageStatements(admission.usage, usage, targets),
            ...upsertInto(READY_TASKS, waiting.rows),
            ...deleteFrom(READY_TASKS, ["order_id", "task_id"], waiting.gone),
            ...locks,
          ]),
      ...admission.flow.statements(),
    ],
  };
}

interface WaitingChanges {
  readonly rows: readonly RowOf<typeof READY_TASKS>[];
  readonly gone: readonly (readonly string[])[];
  /** Tasks that wait now, minus those that waited before. */
  readonly delta: number;
}

/** Exactly the ready tasks have a row; those that admission looked at get its reason. */
function waitingChanges(admission: AdmissionOutcome, batch: WorkBatch): WaitingChanges {
  const rows: RowOf<typeof READY_TASKS>[] = [];
  const gone: string[][] = admission.stale.map(({ orderId, taskId }) => [orderId, taskId]);
  let delta = -gone.length;
  for (const { id, stored, order, changed } of batch.orders.values()) {
    if (!changed) continue;
    order?.tasks.forEach((task, position) => {
      const before = stored?.tasks[position];
      if (task === before || isReady(task) === isReady(before)) return;
      delta += isReady(task) ? 1 : -1;
      if (!isReady(task)) gone.push([id, task.id]);
    });
  }
  for (const wait of admission.reasons.values()) {
    if (wait.resource !== wait.waitedFor?.resource || wait.reason !== wait.waitedFor.reason) rows.push(readyRow(wait, batch.at));
  }
  return { rows, gone, delta };
}

function readyRow({ candidate, reason, resource }: WaitReason, since: string): RowOf<typeof READY_TASKS> {
  const { orderId, taskId, targetSystem, critical, priority, depth } = candidate;
  return { order_id: orderId, task_id: taskId, target_system: targetSystem, critical: critical ? 1 : 0, priority, depth, reason, resource, since };
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

function usageAfter({ usage, tokens }: AdmissionOutcome, batch: WorkBatch, targets: ReadonlySet<string>, waitingDelta: number): Map<string, StoredUsage> {
  const after = new Map(usage);
  for (const name of targets) {
    const before = usage.get(name) ?? NOTHING_IN_USE;
    const change = batch.occupancy.targets.get(name) ?? { dispatched: 0, outstanding: 0 };
    const left = tokens.get(name);
    after.set(name, {
      ...before,
      dispatched: before.dispatched + change.dispatched,
      outstanding: before.outstanding + change.outstanding,
      ...(left === undefined ? {} : { tokens: left, refilledAt: batch.at }),
    });
  }
  const total = usage.get(ALL_TARGETS) ?? NOTHING_IN_USE;
  after.set(ALL_TARGETS, {
    ...total,
    dispatched: total.dispatched + batch.occupancy.dispatched,
    waiting: total.waiting + waitingDelta,
    revision: total.revision + 1,
  });
  return after;
}
