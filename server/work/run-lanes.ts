import { commitGroup, recoverGroup, type Group } from "./commit-group.ts";
import type { WorkContext } from "./work-context.ts";
import type { WorkQueue } from "./work-queue.ts";

/**
 * The loop of a process that shares its database: several transactions at a time, each on orders of its own, so that one
 * computes while the other waits for the database. Ends when nothing is left to do.
 */
export async function runLanes(context: WorkContext, queue: WorkQueue): Promise<void> {
  const underway = new Set<string>();
  const lanes = new Set<Promise<void>>();
  while (lanes.size > 0 || !queue.idle) {
    // Answers that arrive in the same turn of the event loop share a commit.
    await new Promise(setImmediate);
    const group: Group = { entries: queue.take(context.limits.worksPerCommit, underway), sweep: queue.takeSweep() };
    const some = group.entries.length > 0 || group.sweep !== null;
    if (some) {
      const lane: Promise<void> = commit(context, queue, group, underway).finally(() => lanes.delete(lane));
      lanes.add(lane);
    }
    if (lanes.size >= context.limits.lanes) await Promise.race(lanes);
    else if (!some || queue.idle) await waitForMore(queue, lanes);
  }
}

/** Until a lane ends or something arrives; nothing is waited for when there is nothing to come. */
async function waitForMore(queue: WorkQueue, lanes: ReadonlySet<Promise<void>>): Promise<void> {
  if (lanes.size > 0 || !queue.idle) await Promise.race([...lanes, queue.arrival()]);
}

async function commit(context: WorkContext, queue: WorkQueue, group: Group, underway: Set<string>): Promise<void> {
  const orderIds = new Set(group.entries.map(({ work }) => work.orderId));
  for (const id of orderIds) underway.add(id);
  try {
    await commitGroup(context, queue, group, false);
  } catch (error) {
    await recoverGroup(context, queue, group, error);
  } finally {
    for (const id of orderIds) underway.delete(id);
  }
}
