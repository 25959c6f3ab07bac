import { commitGroup, concludeGroup, recoverGroup, worksOf, type Group } from "./commit-group.ts";
import { discardBatch, prepareBatch, rememberBatch, type PreparedBatch } from "./prepare-batch.ts";
import type { WorkContext } from "./work-context.ts";
import type { WorkQueue } from "./work-queue.ts";

/** A batch whose commit is under way. */
interface Written {
  readonly group: Group;
  readonly prepared: PreparedBatch;
  /** null when it is durable and everyone has been told, else why it is not. */
  readonly done: Promise<{ readonly error: unknown } | null>;
}

/**
 * The loop of a process that owns its database: while one batch is being written the next is decided on top of it, so
 * that engine and database work at the same time. Commits happen in order; if one fails, what was decided on top of it is
 * forgotten and decided again. Ends when nothing is left to do.
 */
export async function runPipeline(context: WorkContext, queue: WorkQueue): Promise<void> {
  let written: Written | null = null;
  while (written || !queue.idle) {
    if (queue.idle && written) {
      const ended = await Promise.race([written.done.then(() => true), queue.arrival().then(() => false)]);
      if (ended) {
        await conclude(context, queue, written);
        written = null;
      }
      continue;
    }
    // Answers that arrive in the same turn of the event loop share a commit.
    await new Promise(setImmediate);
    const group: Group = { entries: queue.take(context.limits.worksPerCommit), sweep: queue.takeSweep() };
    const next: PreparedBatch | { readonly error: unknown } = await decide(context, group, written);
    if (written && !(await conclude(context, queue, written))) {
      written = null;
      // It was decided on top of what has not happened.
      if ("batch" in next) discardBatch(context, next.batch);
      forget(context);
      queue.addSweep(group.sweep);
      queue.putBack(group.entries);
      continue;
    }
    written = null;
    if ("batch" in next) written = write(context, queue, group, next);
    else await retry(context, queue, group, next.error);
  }
}

async function decide(context: WorkContext, group: Group, written: Written | null): Promise<PreparedBatch | { readonly error: unknown }> {
  try {
    const previous = written?.prepared.batch ?? null;
    const prepared = await prepareBatch(context, context.database.select, worksOf(group), { sweep: group.sweep, verify: false, previous });
    rememberBatch(context, prepared.batch);
    return prepared;
  } catch (error) {
    return { error };
  }
}

function write(context: WorkContext, queue: WorkQueue, group: Group, prepared: PreparedBatch): Written {
  const done = context.database.write(prepared.statements).then(
    () => {
      concludeGroup(context, queue, group, prepared);
      return null;
    },
    (error: unknown) => ({ error }),
  );
  return { group, prepared, done };
}

/** Waits for a commit; false when it failed and had to be recovered. */
async function conclude(context: WorkContext, queue: WorkQueue, { group, prepared, done }: Written): Promise<boolean> {
  const failed = await done;
  if (!failed) return true;
  discardBatch(context, prepared.batch);
  await retry(context, queue, group, failed.error);
  return false;
}

/** Tries once more as a whole, asking the database about everything; most conflicts end here. */
async function retry(context: WorkContext, queue: WorkQueue, group: Group, error: unknown): Promise<void> {
  context.log.info({ err: error, works: group.entries.length }, "A commit failed and is tried again");
  forget(context);
  await commitGroup(context, queue, group, true).catch((next: unknown) => recoverGroup(context, queue, group, next));
}

function forget({ cache, memory }: WorkContext): void {
  cache.clear();
  memory.forget();
}
