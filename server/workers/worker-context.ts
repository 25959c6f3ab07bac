import type { Logger } from "pino";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { DispatchTask, QueryTask } from "../../engine/order/commands.ts";
import type { TaskReport } from "../../engine/order/inputs.ts";
import type { Database } from "../store/database.ts";
import type { GroupedUnitOfWork } from "../work/handle-inputs.ts";
import type { ReleaseSource } from "../work/work-context.ts";
import type { WorkerLimits } from "./worker-limits.ts";

/** What a deliverer needs of an adapter: two calls that answer with a report and never throw. */
export interface CommandAdapter {
  readonly send: (command: DispatchTask, signal: AbortSignal) => Promise<TaskReport>;
  readonly query: (command: QueryTask, signal: AbortSignal) => Promise<TaskReport>;
}

/** Everything the workers of one process share. */
export interface WorkerContext {
  readonly database: Database;
  readonly unitOfWork: GroupedUnitOfWork;
  readonly releases: ReleaseSource;
  readonly adapterFor: (targetSystem: string, release: CompiledRelease) => CommandAdapter;
  readonly now: () => string;
  readonly log: Logger;
  /** Names this process for ever: leases carry it, and no later process may have the same. */
  readonly processId: string;
  readonly limits: WorkerLimits;
}

/** A worker that runs until it is stopped. */
export interface Worker {
  readonly stop: () => Promise<void>;
}
