import { pino } from "pino";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { TaskReport } from "../../../engine/order/inputs.ts";
import type { Order } from "../../../engine/order/order.ts";
import type { Task } from "../../../engine/order/task.ts";
import { addMs } from "../../../engine/support/instant.ts";
import type { Database } from "../../../server/store/database.ts";
import type { Row } from "../../../server/store/dialect.ts";
import { readOrder } from "../../../server/store/order-store.ts";
import { createReleasesStore } from "../../../server/store/releases-store.ts";
import type { WorkResult } from "../../../server/work/contract.ts";
import { createUnitOfWork, type GroupedUnitOfWork, type UnitOfWorkDeps } from "../../../server/work/handle-inputs.ts";
import { graphOrder } from "../../bench/plan-release.ts";

export const START = "2026-03-02T09:00:00.000Z";

/** A clock that stands still until it is moved. */
export interface Clock {
  readonly now: () => string;
  readonly advance: (ms: number) => void;
}

export function createClock(): Clock {
  let at = START;
  return {
    now: () => at,
    advance(ms) {
      at = addMs(at, ms);
    },
  };
}

/** One process at a database, without workers: what was sent and what is due is seen in the rows. */
export interface Stand {
  readonly unitOfWork: GroupedUnitOfWork;
  readonly clock: Clock;
  readonly submit: (orderId: string, options?: { readonly priority?: number; readonly place?: string }) => Promise<WorkResult>;
  readonly fulfill: (orderId: string) => Promise<WorkResult>;
  /** Submitted and fulfilled: its first tasks are ready or sent. */
  readonly begin: (orderId: string, options?: { readonly priority?: number; readonly place?: string }) => Promise<Order>;
  readonly report: (orderId: string, taskKey: string, report?: TaskReport, messageId?: string) => Promise<WorkResult>;
  readonly order: (orderId: string) => Promise<Order>;
  readonly task: (orderId: string, taskKey: string) => Promise<Task>;
  readonly rows: (sql: string) => Promise<Row[]>;
}

export const DONE: TaskReport = { status: "succeeded", result: { reference: "R-1" } };

export async function createStand(database: Database, release: CompiledRelease, options: Partial<UnitOfWorkDeps> & { readonly clock?: Clock } = {}): Promise<Stand> {
  const clock = options.clock ?? createClock();
  const releases = createReleasesStore(database);
  await releases.put(release, clock.now());
  const unitOfWork = createUnitOfWork({ database, releases, now: clock.now, log: pino({ level: "silent" }), ...options });
  let inputs = 0;
  const stand: Stand = {
    unitOfWork,
    clock,
    submit: (orderId, orderOptions) =>
      unitOfWork.handle({
        orderId,
        input: { type: "SubmitOrder", id: `submit/${orderId}`, at: clock.now(), order: graphOrder(orderId, orderOptions), correlationId: `corr-${orderId}` },
        intake: { releaseDigest: release.digest, intentKeys: [`external:web/${orderId}`] },
      }),
    fulfill: (orderId) => unitOfWork.handle({ orderId, input: { type: "FulfillOrder", id: `fulfill/${orderId}`, at: clock.now() }, inbox: { source: "intake", messageId: orderId } }),
    async begin(orderId, orderOptions) {
      await stand.submit(orderId, orderOptions);
      await stand.fulfill(orderId);
      return stand.order(orderId);
    },
    report: (orderId, taskKey, report = DONE, messageId = `m-${(inputs += 1)}`) =>
      unitOfWork.handle({
        orderId,
        input: { type: "TaskReported", id: `report/${messageId}`, at: clock.now(), taskId: `${orderId}/p1/1/${taskKey}`, via: "callback", attempt: null, report },
        inbox: { source: "bench", messageId },
      }),
    async order(orderId) {
      const order = await readOrder(database, orderId);
      if (!order) throw new Error(`There is no order ${orderId}`);
      return order;
    },
    async task(orderId, taskKey) {
      const found = (await stand.order(orderId)).tasks.find(({ id }) => id === `${orderId}/p1/1/${taskKey}`);
      if (!found) throw new Error(`Order ${orderId} has no task ${taskKey}`);
      return found;
    },
    rows: async (sql) => (await database.select(sql))[0] ?? [],
  };
  return stand;
}
