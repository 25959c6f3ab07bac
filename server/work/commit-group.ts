import { databaseFailure } from "../store/database-error.ts";
import type { Sweep } from "./admit-tasks.ts";
import { discardBatch, prepareBatch, publishBatch, rememberBatch, type PreparedBatch } from "./prepare-batch.ts";
import { quarantineAlone } from "./quarantine-alone.ts";
import type { WorkContext } from "./work-context.ts";
import type { Entry, WorkQueue } from "./work-queue.ts";

/** Works that are committed together, and the waiting tasks looked at with them. */
export interface Group {
  readonly entries: readonly Entry[];
  readonly sweep: Sweep;
}

/** One whole commit in one transaction that reads before it writes. `verify`: ask the database even about what is remembered. */
export async function commitGroup(context: WorkContext, queue: WorkQueue, group: Group, verify: boolean): Promise<void> {
  let prepared: PreparedBatch | undefined;
  try {
    const committed = await context.database.transaction(async ({ select }) => {
      prepared = await prepareBatch(context, select, worksOf(group), { sweep: group.sweep, verify, previous: null });
      return { write: prepared.statements, result: prepared };
    });
    rememberBatch(context, committed.batch);
    concludeGroup(context, queue, group, committed);
  } catch (error) {
    if (prepared) discardBatch(context, prepared.batch);
    throw error;
  }
}

/** Answers everyone who waited for a committed batch; orders another process holds are asked for again in a moment. */
export function concludeGroup(context: WorkContext, queue: WorkQueue, { entries }: Group, { batch }: PreparedBatch): void {
  const results = publishBatch(context, batch);
  const busy: Entry[] = [];
  for (const entry of entries) {
    const result = results.get(entry.work);
    if (result === "busy" || result === undefined) busy.push(entry);
    else entry.resolve(result);
  }
  queue.rest(busy, context.limits.busyOrderDelayMs);
  if (batch.again.size > 0) queue.addSweep(batch.again);
}

/**
 * What is done about a commit that failed: nothing of it has happened. A database that is away is waited for. Otherwise the
 * works are taken apart and asked for anew, until only the guilty one fails; that one is quarantined.
 */
export async function recoverGroup(context: WorkContext, queue: WorkQueue, group: Group, error: unknown, attempt = 0): Promise<void> {
  const { limits, log, cache, memory } = context;
  const { entries } = group;
  cache.clear();
  memory.forget();
  const failure = databaseFailure(error);
  const again = async (delayMs: number) => {
    await pause(delayMs);
    await commitGroup(context, queue, group, true).catch((next: unknown) => recoverGroup(context, queue, group, next, attempt + 1));
  };
  if (failure === "transient") {
    if (attempt < limits.transientAttempts) {
      log.warn({ err: error, attempt }, "The database is away: the commit is tried again");
      return again(limits.retryDelayMs * 2 ** attempt);
    }
    log.error({ err: error, works: entries.length }, "The database is away: works were given back");
    for (const entry of entries) entry.reject(error);
    return undefined;
  }
  const [first] = entries;
  if (first === undefined) {
    log.error({ err: error }, "Waiting tasks could not be looked at");
    return undefined;
  }
  if (entries.length > 1) {
    log.info({ err: error, works: entries.length }, "A commit failed: its works are tried one by one");
    for (const entry of entries) {
      const alone = { entries: [entry], sweep: null };
      await commitGroup(context, queue, alone, true).catch((next: unknown) => recoverGroup(context, queue, alone, next));
    }
    return undefined;
  }
  if (failure === "conflict" && attempt < limits.conflictAttempts) return again(limits.retryDelayMs * attempt);
  return quarantineAlone(context, first.work, error).then(first.resolve, first.reject);
}

export function worksOf({ entries }: Group) {
  return entries.map(({ work }) => work);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
