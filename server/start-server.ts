import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { dirname } from "node:path";
import type { Router } from "express";
import type { Logger } from "pino";
import type { CompiledRelease } from "../engine/language/compiled-release.ts";
import { createAdapters, missingEndpoints, type AdaptersOptions } from "./adapters/adapters.ts";
import type { Readiness } from "./api/health-routes.ts";
import { createCallbackRouter } from "./callbacks/create-callback-router.ts";
import type { Config } from "./config.ts";
import { createHttpApp } from "./http-app.ts";
import { createImpactReports } from "./impact/impact-reports.ts";
import { readOpenOrders } from "./impact/open-orders.ts";
import { createIntakeGate } from "./flow/intake-gate.ts";
import { watchStuckOrders } from "./flow/watch-stuck-orders.ts";
import { createDemoIssuer } from "./identity/demo-issuer.ts";
import { createTokenVerifier } from "./identity/verify-token.ts";
import { oidcRules } from "./identity/oidc-rules.ts";
import { createSqlIdempotencyStore } from "./intake/sql-idempotency-store.ts";
import { startPromotion, type PromotionParts } from "./promotion/start-promotion.ts";
import { createSqlOrderReads } from "./read/sql-order-reads.ts";
import { createSqlWorkReads } from "./read/sql-work-reads.ts";
import { openDatabase, type Database } from "./store/database.ts";
import { knownInputId } from "./store/inbox-store.ts";
import { findCommand } from "./store/outbox-store.ts";
import { createReleasesStore, type ReleasesStore } from "./store/releases-store.ts";
import { recordUnmatched } from "./store/unmatched-store.ts";
import { createUnitOfWork } from "./work/handle-inputs.ts";
import { followActive } from "./workers/follow-active.ts";
import { startWorkers } from "./workers/start-workers.ts";

/** What a server is made of besides its configuration: its clock, its ids, its log, and what the process adds. */
export interface ServerParts {
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly log: Logger;
  /** What the definitions folder compiles to; null when it does not, which only a server with a repository can do without. */
  readonly release: CompiledRelease | null;
  /** The definitions folder, which begins a new repository. Without it the folder's release is the one for new orders. */
  readonly folder?: Omit<PromotionParts["folder"], "release">;
  readonly callbackSecrets: readonly string[];
  /** Environment variable -> address of a target system. */
  readonly endpoints: AdaptersOptions["endpoints"];
  readonly extraRouters?: readonly Router[];
  /** Folder of the built web application; null serves none. */
  readonly webRoot: string | null;
}

export interface RunningServer {
  readonly url: string;
  /** The release new orders are accepted under; null when there is none. */
  readonly release: () => CompiledRelease | null;
  /** Stops taking requests, lets what is under way end, and gives everything back. */
  readonly stop: () => Promise<void>;
}

/** Puts one process of Orderloom together and starts it; the order of starting is the order of depending. */
export async function startServer(config: Config, parts: ServerParts): Promise<RunningServer> {
  const { log, newId, nowMs, release } = parts;
  const now = () => new Date(nowMs()).toISOString();

  const database = await openStore(config);
  const releases = createReleasesStore(database);
  await releases.refreshActive();
  const { definitions } = config;
  const promotion = config.role === "worker" || definitions === null || parts.folder === undefined
    ? null
    : await startPromotion({ settings: definitions, folder: { ...parts.folder, release }, database, releases, now, log });
  if (promotion === null && release !== null && (definitions === null || parts.folder === undefined)) await activateFolder(releases, release, now());
  const follower = followActive({ database, releases, log });
  const unitOfWork = createUnitOfWork({ database, releases, now, log, limits: { commandsInFlight: config.globalConcurrency } });

  const stuck = config.role === "api" ? null : watchStuckOrders({ database, releases, now, log });

  let stopping = false;
  const readiness = async (): Promise<Readiness> => {
    const answers = await database.select("SELECT 1 AS one").then(() => true, () => false);
    const checks = { database: { ok: answers }, release: { ok: releases.active() !== null }, process: { ok: !stopping }, stuckOrders: { ok: true, detail: String(stuck?.found()?.length ?? "unknown") }, ...definitionsCheck() };
    return { ready: answers && releases.active() !== null && !stopping, checks };
  };
  function definitionsCheck(): Readiness["checks"] {
    if (promotion === null) return {};
    const { commit, refusal } = promotion.tracker.tracking();
    const active = releases.active()?.name ?? "no release";
    return { definitions: refusal === null ? { ok: true, detail: active } : { ok: false, detail: `${refusal.code}: commit ${(commit ?? "").slice(0, 12)} was refused, ${active} stays active. ${refusal.detail}` } };
  }
  const demo = config.demo ? await createDemoIssuer(now, newId) : null;
  const rules = demo?.rules ?? (config.issuer === null ? null : oidcRules(config.issuer));
  if (rules === null) throw new Error("No issuer of tokens is configured; set OIDC_ISSUER and OIDC_AUDIENCE.");
  const callbacks = createCallbackRouter({
    unitOfWork,
    secretsFor: () => parts.callbackSecrets,
    now: nowMs,
    findCommand: (key) => findCommand(database, key),
    recordUnmatched: (message) => recordUnmatched(database, message),
    knownInputId: (source, messageId) => knownInputId(database, source, messageId),
  });
  const impactReports = createImpactReports({ database, releases, now, clockMs: nowMs, log });
  const app = createHttpApp({
    work: unitOfWork,
    reads: createSqlOrderReads(database),
    workReads: createSqlWorkReads(database),
    releases,
    idempotency: createSqlIdempotencyStore(database),
    verifyToken: createTokenVerifier(rules, now),
    demo,
    readiness,
    flow: { database, unitOfWork },
    impact: { reports: impactReports, openOrders: (query) => readOpenOrders(database, query) },
    ...(promotion !== null && { promotion }),
    gate: createIntakeGate(database, now),
    now,
    newId,
    logger: log,
    webRoot: config.role === "worker" ? null : parts.webRoot,
    extraRouters: [callbacks, ...(parts.extraRouters ?? [])],
  });
  const http = createServer(app);
  const url = config.publicUrl.replace(/:0$/, `:${await listen(http, config.port, config.host)}`);

  // Target systems answer to our address, so workers begin when it is known.
  const adapters = createAdapters({ endpoints: parts.endpoints, callbackBaseUrl: url, timeoutMs: config.adapterTimeoutMs });
  const active = releases.active();
  for (const name of active === null ? [] : missingEndpoints(active, parts.endpoints)) log.warn({ name }, "The address of a target system is not set; its tasks will fail");
  const workers = config.role === "api" ? null : startWorkers({ database, unitOfWork, releases, adapterFor: adapters.adapterFor, now, log, processId: newId() });

  return {
    url,
    release: releases.active,
    async stop() {
      stopping = true;
      const closed = new Promise((resolve) => {
        http.close(resolve);
      });
      http.closeIdleConnections();
      const patience = setTimeout(() => http.closeAllConnections(), config.shutdownTimeoutMs);
      await promotion?.stop();
      await follower.stop();
      await stuck?.stop();
      await impactReports.stop();
      await workers?.stop();
      await unitOfWork.drain();
      await closed;
      clearTimeout(patience);
      adapters.close();
      await database.close();
    },
  };
}

/** Without a repository the folder decides at each start what new orders are accepted under. */
async function activateFolder(releases: ReleasesStore, release: CompiledRelease, at: string): Promise<void> {
  await releases.put(release, at);
  if (releases.active()?.digest !== release.digest) await releases.activate(release.digest, at);
}

async function openStore(config: Config): Promise<Database> {
  if (config.databaseUrl === null) await mkdir(dirname(config.sqliteFile), { recursive: true });
  const database = openDatabase(config.databaseUrl ?? config.sqliteFile);
  await database.migrate();
  return database;
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** A secret for callbacks that only this process and its own sandbox know. */
export function randomCallbackSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}
