import { assessOrders } from "../impact/assess-orders.ts";
import { countOpenOrders, openPages } from "../impact/open-orders.ts";
import type { Database } from "../store/database.ts";
import type { ReleasesStore } from "../store/releases-store.ts";
import type { AssessImpact } from "./review-desk.ts";

/** Assesses all open orders of the database, of every region: what a release means is more than one region sees. */
export function assessOpenOrders(database: Database, releases: ReleasesStore, now: () => string): AssessImpact {
  return async (proposed, progress, stopped) => {
    const total = await countOpenOrders(database, null);
    return assessOrders({
      pages: () => openPages(database, null),
      releaseOf: (order) => releases.get(order.release.digest),
      proposed,
      at: now(),
      clockMs: () => Date.parse(now()),
      onProgress(done) {
        if (stopped()) throw new Error("The server is stopping");
        progress(done, total);
      },
    });
  };
}
