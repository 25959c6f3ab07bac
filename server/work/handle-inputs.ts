import type { Logger } from "pino";
import { admissionCandidates } from "../../engine/interpret/admission-candidates.ts";
import { interpret } from "../../engine/interpret/interpret.ts";
import { databaseFailure } from "../store/database-error.ts";
import type { Database } from "../store/database.ts";
import { createOrderCache } from "../store/order-cache.ts";
import type { Sweep } from "./admit-tasks.ts";
import { commitBatch, type CommittedBatch } from "./commit-batch.ts";
import type { UnitOfWork, Work, WorkResult } from "./contract.ts";
import { quarantineAlone } from "./quarantine-alone.ts";
import type { CommitListeners, EngineCalls, ReleaseSource, WorkContext } from "./work-context.ts";
import { WORK_LIMITS, type WorkLimits } from "./work-limits.ts";

export interface UnitOfWorkDeps {
  readonly database: Database;
  readonly releases: ReleaseSource;
  readonly now: () => string;
  readonly log: Logger;
  readonly limits?: Partial<WorkLimits>;
  /** Another engine, for tests. */
  readonly engine?: EngineCalls;
}

/** The unit of work with what the workers of the process need of it. */
export interface GroupedUnitOfWork extends UnitOfWork {
  /** Tells workers of what was committed; without them the rows wait for another process. Returns how to end that. */
  readonly attach: (listeners: CommitListeners) => () => void;
  /** Looks at waiting tasks again: time has passed, or something came free elsewhere. */
  readonly sweep: (resources: Sweep) => void;
  /** Resolves when everything handed in so far is done. */
  readonly drain: () => Promise<void>;
}

interface Entry {
  readonly work: Work;
  readonly resolve: (result: WorkResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * THE unit of work. Works queue up while a commit is under way and share the next one; the works of one order keep their
 * order. One loop per process; several processes share a PostgreSQL database by locking orders. A batch that fails as a whole
 * is taken apart until only the guilty work fails.
 */
export function createUnitOfWork(deps: UnitOfWorkDeps): GroupedUnitOfWork {
  const limits: WorkLimits = { ...WORK_LIMITS, ...deps.limits };
  const listeners: CommitListeners = {};
  const context: WorkContext = {
    database: deps.database,
    releases: deps.releases,
    engine: deps.engine ?? { interpret, admissionCandidates },
    now: deps.now,
    log: deps.log,
    limits,
    cache: createOrderCache(limits.cachedOrders),
    listeners,
  };
  const queue: Entry[] = [];
  let sweep: Sweep = null;
  let running: Promise<void> | null = null;
  let postponed = 0;

  function start(): void {
    running ??= run().finally(() => {
      running = null;
      if (queue.length > 0 || sweep !== null) start();
    });
  }

  async function run(): Promise<void> {
    while (queue.length > 0 || sweep !== null) {
      // Answers that arrive in the same turn of the event loop share a commit.
      await new Promise(setImmediate);
      const swept = sweep;
      sweep = null;
      await commit(queue.splice(0, limits.worksPerCommit), swept, false, 0);
    }
  }

  async function commit(entries: readonly Entry[], swept: Sweep, verify: boolean, attempt: number): Promise<void> {
    try {
      finish(entries, await commitBatch(context, entries.map(({ work }) => work), { sweep: swept, verify }));
    } catch (error) {
      context.cache.clear();
      await recover(entries, swept, attempt, error);
    }
  }

  function finish(entries: readonly Entry[], { results, again }: CommittedBatch): void {
    const busy: Entry[] = [];
    for (const entry of entries) {
      const result = results.get(entry.work);
      if (result === "busy" || result === undefined) busy.push(entry);
      else entry.resolve(result);
    }
    if (busy.length > 0) postpone(busy);
    if (again.size > 0) sweep = sweep === "all" ? sweep : new Set([...(sweep ?? []), ...again]);
  }

  /** Another process is working on these orders: they are asked for again in a moment. */
  function postpone(entries: readonly Entry[]): void {
    postponed += entries.length;
    setTimeout(() => {
      postponed -= entries.length;
      queue.unshift(...entries);
      start();
    }, limits.busyOrderDelayMs);
  }

  async function recover(entries: readonly Entry[], swept: Sweep, attempt: number, error: unknown): Promise<void> {
    const failure = databaseFailure(error);
    const { log } = context;
    if (failure === "transient") {
      if (attempt >= limits.transientAttempts) {
        log.error({ err: error, works: entries.length }, "The database is away: works were given back");
        for (const entry of entries) entry.reject(error);
        return;
      }
      log.warn({ err: error, attempt }, "The database is away: the commit is tried again");
      await pause(limits.retryDelayMs * 2 ** attempt);
      return commit(entries, swept, true, attempt + 1);
    }
    const [first] = entries;
    if (first === undefined) {
      log.error({ err: error }, "Waiting tasks could not be looked at");
      return;
    }
    if (entries.length > 1) {
      log.info({ err: error, works: entries.length }, "A commit failed: its works are tried one by one");
      for (const entry of entries) await commit([entry], null, true, 0);
      return;
    }
    if (failure === "conflict" && attempt < limits.conflictAttempts) {
      await pause(limits.retryDelayMs * attempt);
      return commit(entries, null, true, attempt + 1);
    }
    try {
      first.resolve(await quarantineAlone(context, first.work, error));
    } catch (secondError) {
      first.reject(secondError);
    }
  }

  return {
    handle: (work) =>
      new Promise((resolve, reject) => {
        queue.push({ work, resolve, reject });
        start();
      }),
    attach(more) {
      Object.assign(listeners, more);
      return () => {
        for (const name of Object.keys(more) as (keyof CommitListeners)[]) delete listeners[name];
      };
    },
    sweep(resources) {
      if (resources === null) return;
      sweep = resources === "all" || sweep === "all" ? "all" : new Set([...(sweep ?? []), ...resources]);
      start();
    },
    async drain() {
      const idle = () => running === null && postponed === 0;
      while (!idle()) await (running ?? pause(limits.busyOrderDelayMs));
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
