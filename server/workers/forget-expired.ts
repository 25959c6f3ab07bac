import { purgeIdempotencyRecords } from "../store/intake-store.ts";
import { repeat } from "./repeat.ts";
import type { Worker, WorkerContext } from "./worker-context.ts";

/** Deletes stored answers whose time for repeats is over, so that the table they live in stays as large as its traffic. */
export function forgetExpired({ database, now, log, limits }: Pick<WorkerContext, "database" | "now" | "log" | "limits">): Worker {
  return repeat("forget-expired", log, limits, async () => {
    await purgeIdempotencyRecords(database, now());
    return limits.forgetMs;
  });
}
