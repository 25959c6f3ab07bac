import type { Order } from "../../engine/order/order.ts";
import { admitTasks, type Sweep } from "./admit-tasks.ts";
import { applyWork } from "./apply-work.ts";
import { batchStatements } from "./batch-statements.ts";
import type { Work, WorkResult } from "./contract.ts";
import { readFacts } from "./read-facts.ts";
import { WorkBatch } from "./work-batch.ts";
import type { WorkContext } from "./work-context.ts";

/** What became of a batch once it is committed. */
export interface CommittedBatch {
  /** `busy`: another process is working on the order; the work has to be tried again. */
  readonly results: ReadonlyMap<Work, WorkResult | "busy">;
  /** Resources whose waiting tasks should be looked at in another commit. */
  readonly again: ReadonlySet<string>;
}

export interface BatchOptions {
  /** Waiting tasks to look at besides those the works concern. */
  readonly sweep: Sweep;
  /** Ask the database even where this process believes to know: after a conflict. */
  readonly verify: boolean;
}

/**
 * One transaction: read what is needed, apply the works in their order, admit what became ready, write everything, and only
 * when that is durable tell the workers of this process. If anything fails nothing has happened.
 */
export async function commitBatch(context: WorkContext, works: readonly Work[], { sweep, verify }: BatchOptions): Promise<CommittedBatch> {
  const { database, listeners, now } = context;
  let batch: WorkBatch | undefined;
  try {
    const committed = await database.transaction(async ({ select }) => {
      const at = now();
      const current = new WorkBatch(select, await readFacts(context, select, works, at, verify), at);
      batch = current;
      for (const work of works) current.results.set(work, await applyWork(context, current, work));
      await admitTasks(context, current, sweep);
      return { write: batchStatements(current, listeners), result: current };
    });
    publish(context, committed);
    return { results: finalResults(committed), again: committed.admission?.again ?? new Set() };
  } catch (error) {
    for (const { command } of batch?.leased ?? []) listeners.delivery?.cancel(command.targetSystem);
    throw error;
  }
}

/** An applied work is answered with the order as it was committed, after everything else in its batch. */
function finalResults({ results, orders }: WorkBatch): CommittedBatch["results"] {
  return new Map(
    Array.from(results, ([work, result]) => {
      const order = orders.get(work.orderId)?.order;
      return [work, result !== "busy" && result.outcome === "applied" && order ? { ...result, order } : result];
    }),
  );
}

function publish({ cache, listeners }: WorkContext, batch: WorkBatch): void {
  const changed: Order[] = [];
  for (const working of batch.orders.values()) {
    if (!working.order) continue;
    cache.put(working.order);
    if (working.changed) changed.push(working.order);
  }
  const dueAts = Array.from(batch.timers.values()).flatMap(({ dueAt }) => dueAt ?? []);
  const earliest = dueAts.reduce<string | null>((least, dueAt) => (least === null || dueAt < least ? dueAt : least), null);
  if (batch.leased.length > 0) listeners.delivery?.deliver(batch.leased);
  if (batch.pending.length > 0) listeners.pendingStored?.(batch.pending);
  if (earliest !== null) listeners.timerSet?.(earliest);
  if (batch.admission?.tasksWait) listeners.tasksWait?.();
  if (changed.length > 0) listeners.committed?.(changed);
}
