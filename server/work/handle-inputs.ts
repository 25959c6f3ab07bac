import type { Logger } from "pino";
import { admissionCandidates } from "../../engine/interpret/admission-candidates.ts";
import { interpret } from "../../engine/interpret/interpret.ts";
import type { Database } from "../store/database.ts";
import { createOrderCache } from "../store/order-cache.ts";
import type { Sweep } from "./admit-tasks.ts";
import type { UnitOfWork } from "./contract.ts";
import { runLanes } from "./run-lanes.ts";
import { runPipeline } from "./run-pipeline.ts";
import type { CommitListeners, EngineCalls, ReleaseSource, WorkContext } from "./work-context.ts";
import { WORK_LIMITS, type WorkLimits } from "./work-limits.ts";
import { WorkMemory } from "./work-memory.ts";
import { WorkQueue } from "./work-queue.ts";

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
  /** People have decided something about a target system: it counts from the next commit on. */
  readonly controlsChanged: () => void;
  /** True when the breaker of a target system is open, as far as this process knows. */
  readonly breakerOpen: (targetSystem: string) => boolean;
  /** Resolves when everything handed in so far is done. */
  readonly drain: () => Promise<void>;
}

/**
 * THE unit of work: read, interpret, admit, write, in one transaction per batch. Works queue up while a commit is under way and
 * share the next one; the works of one order keep their order. One loop per process; several processes share a PostgreSQL
 * database by locking orders.
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
    memory: new WorkMemory(deps.database.dialect),
    listeners,
  };
  const queue = new WorkQueue();
  const loop = deps.database.dialect.singleWriter ? runPipeline : runLanes;
  let running: Promise<void> | null = null;
  let open = 0;

  function start(): void {
    running ??= loop(context, queue)
      .catch((error: unknown) => deps.log.fatal({ err: error }, "The unit of work stopped and starts anew"))
      .finally(() => {
        running = null;
        if (!queue.idle) start();
      });
  }
  queue.onAdded = start;

  return {
    handle: (work) =>
      new Promise((resolve, reject) => {
        open += 1;
        const closing =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            open -= 1;
            settle(value);
          };
        queue.push({ work, resolve: closing(resolve), reject: closing(reject) });
      }),
    attach(more) {
      Object.assign(listeners, more);
      return () => {
        for (const name of Object.keys(more) as (keyof CommitListeners)[]) delete listeners[name];
      };
    },
    sweep: (resources) => queue.addSweep(resources),
    controlsChanged: () => context.memory.controlsChanged(),
    breakerOpen: (targetSystem) => context.memory.breakerOpen(targetSystem, deps.now()),
    async drain() {
      const busy = () => running !== null || open > 0;
      while (busy()) {
        await new Promise((resolve) => {
          setTimeout(resolve, limits.busyOrderDelayMs);
        });
      }
    },
  };
}
