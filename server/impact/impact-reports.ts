import type { Logger } from "pino";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { msBetween } from "../../engine/support/instant.ts";
import { problem } from "../problems/problem.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import type { Database } from "../store/database.ts";
import { forgetImpactReports, insertImpactReport, listImpactReports, readImpactReport, updateImpactReport, type StoredImpactReport } from "../store/impact-report-store.ts";
import { assessOrders } from "./assess-orders.ts";
import { IMPACT_LIMITS } from "./impact-limits.ts";
import { countOpenOrders, openPages } from "./open-orders.ts";

export interface ImpactReportsDeps {
  readonly database: Database;
  readonly releases: Pick<ReleaseLookup, "byDigest">;
  readonly now: () => string;
  readonly clockMs: () => number;
  readonly log: Logger;
}

export interface ImpactRequest {
  /** Names the request: asked again it is the same report. */
  readonly id: string;
  readonly release: CompiledRelease;
  readonly requestedBy: string;
  /** Regions whose orders are looked at; null for all. */
  readonly regions: readonly string[] | null;
}

/** Impact reports over the orders of one database, made in the background and kept. */
export interface ImpactReports {
  /** Begins a report; refuses one more than may be made at the same time. */
  readonly start: (request: ImpactRequest) => Promise<StoredImpactReport>;
  readonly get: (id: string) => Promise<StoredImpactReport | null>;
  readonly list: () => Promise<readonly StoredImpactReport[]>;
  /** Stops what is under way; it is then stored as failed. */
  readonly stop: () => Promise<void>;
}

export function createImpactReports({ database, releases, now, clockMs, log }: ImpactReportsDeps): ImpactReports {
  const running = new Set<Promise<void>>();
  let stopping = false;

  /** A report whose process has gone will never be done. */
  function withoutAbandoned(report: StoredImpactReport): StoredImpactReport {
    if (report.state !== "running" || msBetween(report.updatedAt, now()) < IMPACT_LIMITS.abandonedAfterMs) return report;
    return { ...report, state: "failed", error: "The process that made it has ended; ask for it again." };
  }

  const list = async () => (await listImpactReports(database, IMPACT_LIMITS.keptReports)).map(withoutAbandoned);

  async function make(begun: StoredImpactReport, { release, regions }: ImpactRequest): Promise<void> {
    let told = clockMs();
    try {
      const report = await assessOrders({
        pages: () => openPages(database, regions),
        releaseOf: async (order) => {
          const pinned = await releases.byDigest(order.release.digest);
          if (pinned === null) throw new Error(`Release ${order.release.name} of an order is missing in the database.`);
          return pinned;
        },
        proposed: release,
        at: begun.requestedAt,
        clockMs,
        async onProgress(assessed) {
          if (stopping) throw new Error("The server was stopped; ask for the report again.");
          if (clockMs() - told < IMPACT_LIMITS.progressMs) return;
          told = clockMs();
          await updateImpactReport(database, { ...begun, assessed, updatedAt: now() });
        },
      });
      await updateImpactReport(database, { ...begun, state: "done", assessed: begun.total, updatedAt: now(), report });
      await forgetImpactReports(database, IMPACT_LIMITS.keptReports);
    } catch (error) {
      log.error({ err: error, reportId: begun.id }, "An impact report failed");
      const reason = error instanceof Error ? error.message : String(error);
      await updateImpactReport(database, { ...begun, state: "failed", updatedAt: now(), error: reason }).catch((failure: unknown) => log.error({ err: failure }, "A failed impact report could not be written down"));
    }
  }

  return {
    async start(request) {
      const known = await readImpactReport(database, request.id);
      if (known) return withoutAbandoned(known);
      const busy = (await list()).filter(({ state }) => state === "running");
      const [first] = busy;
      if (first && busy.length >= IMPACT_LIMITS.concurrentReports) throw problem("impact-report-running", `At most ${IMPACT_LIMITS.concurrentReports} at a time; read GET /api/impact/${first.id} and ask again when it is done.`);
      const at = now();
      const begun: StoredImpactReport = {
        id: request.id, releaseDigest: request.release.digest, releaseName: request.release.name, requestedBy: request.requestedBy, requestedAt: at, state: "running",
        assessed: 0, total: await countOpenOrders(database, request.regions), updatedAt: at, report: null, error: null,
      };
      await insertImpactReport(database, begun);
      const work = make(begun, request).finally(() => running.delete(work));
      running.add(work);
      return begun;
    },
    async get(id) {
      const found = await readImpactReport(database, id);
      return found && withoutAbandoned(found);
    },
    list,
    async stop() {
      stopping = true;
      await Promise.all(running);
    },
  };
}
