import pino from "pino";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { openDatabase } from "../../server/store/database.ts";
import { createReleasesStore } from "../../server/store/releases-store.ts";
import { createUnitOfWork } from "../../server/work/handle-inputs.ts";
import { startWorkers } from "../../server/workers/start-workers.ts";
import { graphOrder } from "./plan-release.ts";

/** A whole worker process on one database, with a target system that answers at once. */
export interface BenchStand {
  /** Hands in one order, under the first release unless another is named, and resolves when it is completed; the latency in ms. */
  readonly run: (orderId: string, release?: CompiledRelease) => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Builds the stand; full durability, the way the product runs. */
export async function createBenchStand(url: string, served: readonly [CompiledRelease, ...CompiledRelease[]]): Promise<BenchStand> {
  const database = openDatabase(url);
  await database.migrate();
  const now = () => new Date().toISOString();
  const log = pino({ level: "warn" });
  const releases = createReleasesStore(database);
  for (const release of served) await releases.put(release, now());
  const unitOfWork = createUnitOfWork({ database, releases, now, log });
  const answer = Promise.resolve({ status: "succeeded", result: { reference: "R-1" } } as const);
  const adapter = { send: () => answer, query: () => Promise.resolve({ status: "notFound" } as const) };
  const workers = startWorkers({ database, unitOfWork, releases, adapterFor: () => adapter, now, log, processId: "bench" });
  const completed = new Map<string, () => void>();
  unitOfWork.attach({
    committed: (orders) => {
      for (const order of orders) if (order.completedAt !== null) completed.get(order.id)?.();
    },
  });
  return {
    async run(orderId, release = served[0]) {
      const startedAt = performance.now();
      const done = new Promise<void>((resolve) => completed.set(orderId, resolve));
      const input = { type: "SubmitOrder", id: `submit/${orderId}`, at: now(), order: graphOrder(orderId), correlationId: orderId } as const;
      const intake = { releaseDigest: release.digest, intentKeys: [`external:web/${orderId}`] };
      const result = await unitOfWork.handle({ orderId, input, intake });
      if (result.outcome !== "applied") throw new Error(`Order ${orderId} was not accepted: ${JSON.stringify(result)}`);
      await done;
      completed.delete(orderId);
      return performance.now() - startedAt;
    },
    async stop() {
      await workers.stop();
      await database.close();
    },
  };
}
