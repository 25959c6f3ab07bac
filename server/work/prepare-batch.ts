import type { Order } from "../../engine/order/order.ts";
import type { Select } from "../store/database.ts";
import type { Statement } from "../store/sql.ts";
import { admitTasks, type Sweep } from "./admit-tasks.ts";
import { applyWork } from "./apply-work.ts";
import { batchStatements } from "./batch-statements.ts";
import type { Work, WorkResult } from "./contract.ts";
import { readFacts, type FactsOptions } from "./read-facts.ts";
import { WorkBatch } from "./work-batch.ts";
import type { CommitListeners, WorkContext } from "./work-context.ts";

/** A batch that is decided and waits to be written. Nobody has been told of it. */
export interface PreparedBatch {
  readonly batch: WorkBatch;
  readonly statements: readonly Statement[];
}

export interface PrepareOptions extends FactsOptions {
  /** Waiting tasks to look at besides those the works concern. */
  readonly sweep: Sweep;
}

/** Reads what is needed, applies the works in their order, admits what became ready, and says what must be written. */
export async function prepareBatch(context: WorkContext, select: Select, works: readonly Work[], options: PrepareOptions): Promise<PreparedBatch> {
  const at = context.now();
  const batch = new WorkBatch(select, await readFacts(context, select, works, at, options), at, options.previous);
  try {
    for (const work of works) batch.results.set(work, await applyWork(context, batch, work));
    await admitTasks(context, batch, options.sweep);
    return { batch, statements: batchStatements(batch, context.listeners) };
  } catch (error) {
    discardBatch(context, batch);
    throw error;
  } finally {
    batch.previous = null;
  }
}

/** Gives back what a batch has taken that will not be written. */
export function discardBatch({ listeners }: WorkContext, batch: WorkBatch): void {
  for (const { command } of batch.leased.splice(0)) listeners.delivery?.cancel(command.targetSystem);
}

/** Keeps the outcome in memory: for what is decided from now on, this batch has happened. */
export function rememberBatch({ cache, memory }: WorkContext, batch: WorkBatch): void {
  for (const { order } of batch.orders.values()) if (order) cache.put(order);
  if (batch.admission) memory.remember(batch.admission);
}

/** Tells the workers of this process what is durable now, and returns what became of each work. */
export function publishBatch({ listeners, log }: WorkContext, batch: WorkBatch): ReadonlyMap<Work, WorkResult | "busy"> {
  try {
    tell(listeners, batch);
  } catch (error) {
    log.error({ err: error }, "A listener failed after a commit");
  }
  return finalResults(batch);
}

function tell(listeners: CommitListeners, batch: WorkBatch): void {
  const changed: Order[] = [];
  for (const working of batch.orders.values()) if (working.changed && working.order) changed.push(working.order);
  const dueAts = Array.from(batch.timers.values()).flatMap(({ dueAt }) => dueAt ?? []);
  const earliest = dueAts.reduce<string | null>((least, dueAt) => (least === null || dueAt < least ? dueAt : least), null);
  if (batch.leased.length > 0) listeners.delivery?.deliver(batch.leased);
  if (batch.pending.length > 0) listeners.pendingStored?.(batch.pending);
  if (earliest !== null) listeners.timerSet?.(earliest);
  if (batch.tasksWait) listeners.tasksWait?.();
  if (changed.length > 0) listeners.committed?.(changed);
}

/** An applied work is answered with the order as it was committed, after everything else in its batch. */
function finalResults({ results, orders }: WorkBatch): ReadonlyMap<Work, WorkResult | "busy"> {
  return new Map(
    Array.from(results, ([work, result]) => {
      const order = orders.get(work.orderId)?.order;
      return [work, result !== "busy" && result.outcome === "applied" && order ? { ...result, order } : result];
    }),
  );
}
