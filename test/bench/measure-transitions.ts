import pino from "pino";
import type { Work } from "../../server/work/contract.ts";
import { openDatabase } from "../../server/store/database.ts";
import { createReleasesStore } from "../../server/store/releases-store.ts";
import { createUnitOfWork } from "../../server/work/handle-inputs.ts";
import { longRelease } from "./diamond-release.ts";
import { graphOrder } from "./plan-release.ts";

/** Transitions timed per plan size; a small plan needs several orders for as many. */
const TRANSITIONS = 400;

/**
 * Median time of one transition - a task's result, its commit, and the dispatch of what follows - of an order alone whose plan
 * has so many tasks. The answers are handed in one after the other, so that every commit holds one.
 */
export async function measureTransitions(url: string, planTasks: number): Promise<number> {
  const database = openDatabase(url);
  await database.migrate();
  const now = () => new Date().toISOString();
  const releases = createReleasesStore(database);
  const release = longRelease(planTasks);
  await releases.put(release, now());
  const unitOfWork = createUnitOfWork({ database, releases, now, log: pino({ level: "warn" }) });
  const timesMs: number[] = [];
  for (let number = 0; timesMs.length < TRANSITIONS * 2; number++) {
    const orderId = `order-${number}`;
    const send = (work: Omit<Work, "orderId">) => unitOfWork.handle({ ...work, orderId });
    await send({
      input: { type: "SubmitOrder", id: `submit/${orderId}`, at: now(), order: graphOrder(orderId), correlationId: orderId },
      intake: { releaseDigest: release.digest, intentKeys: [] },
    });
    let result = await send({ input: { type: "FulfillOrder", id: `fulfill/${orderId}`, at: now() } });
    while (result.outcome === "applied" && result.order.completedAt === null && timesMs.length < TRANSITIONS * 2) {
      const task = result.order.tasks.find(({ state }) => state === "DISPATCHED");
      if (!task) throw new Error(`Nothing of ${orderId} is under way`);
      const startedAt = performance.now();
      result = await send({
        input: {
          type: "TaskReported", id: `report/${task.id}`, at: now(), taskId: task.id, via: "callback", attempt: 1,
          report: { status: "succeeded", result: { reference: "R-1" } },
        },
      });
      timesMs.push(performance.now() - startedAt);
    }
  }
  await unitOfWork.drain();
  await database.close();
  const measured = timesMs.slice(TRANSITIONS).sort((a, b) => a - b);
  return measured[Math.floor(measured.length / 2)] ?? 0;
}
