import type { Logger } from "pino";
import type { Database } from "../store/database.ts";
import type { ReleasesStore } from "../store/releases-store.ts";
import { repeat } from "./repeat.ts";
import type { Worker } from "./worker-context.ts";
import { WORKER_LIMITS } from "./worker-limits.ts";

/** Notices that another process has activated a release. A database of one process needs no such look. */
export function followActive({ database, releases, log }: { readonly database: Database; readonly releases: ReleasesStore; readonly log: Logger }): Worker {
  return repeat("follow-active", log, WORKER_LIMITS, async () => {
    if (database.dialect.singleWriter) return null;
    const before = releases.active()?.digest;
    const active = await releases.refreshActive();
    if (active !== null && active.digest !== before) log.info({ release: active.name, digest: active.digest }, "Another process has activated a release");
    return WORKER_LIMITS.activePollMs;
  });
}
