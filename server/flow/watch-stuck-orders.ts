import type { Logger } from "pino";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import type { Database } from "../store/database.ts";
import { repeat } from "../workers/repeat.ts";
import type { Worker } from "../workers/worker-context.ts";
import { WORKER_LIMITS } from "../workers/worker-limits.ts";
import { findStuckOrders, STUCK_LIMITS, type StuckLimits, type StuckOrder } from "./stuck-orders.ts";

export interface StuckWatchDeps {
  readonly database: Database;
  readonly releases: Pick<ReleaseLookup, "byDigest">;
  readonly now: () => string;
  readonly log: Logger;
  readonly limits?: StuckLimits;
}

/** Looks for stuck orders now and then, and tells the log of each once. */
export interface StuckWatch extends Worker {
  /** What the last search found; null before the first. */
  readonly found: () => readonly StuckOrder[] | null;
}

export function watchStuckOrders({ database, releases, now, log, limits = STUCK_LIMITS }: StuckWatchDeps): StuckWatch {
  let found: readonly StuckOrder[] | null = null;
  const { stop } = repeat("watch-stuck-orders", log, WORKER_LIMITS, async () => {
    const known = new Set(found?.map(keyOf));
    found = await findStuckOrders(database, releases, now(), null, limits);
    for (const order of found) {
      const { productOrderId: orderId, step, stuckSince, sentence } = order;
      if (!known.has(keyOf(order))) log.error({ orderId, step, stuckSince, sentence }, "An order is stuck: nothing and nobody will move it");
    }
    return limits.everyMs;
  });
  return { stop, found: () => found };
}

/** An order that moved and is stuck again is news. */
function keyOf({ productOrderId, stuckSince }: StuckOrder): string {
  return `${productOrderId}@${stuckSince}`;
}
