import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Express } from "express";
import { pino } from "pino";
import request from "supertest";
import { onTestFinished } from "vitest";
import { formatDefinition } from "../../../engine/language/format-definition.ts";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import { addMs } from "../../../engine/support/instant.ts";
import type { CommitFile } from "../../../server/git/repository.ts";
import { createHttpApp } from "../../../server/http-app.ts";
import { createDemoIssuer } from "../../../server/identity/demo-issuer.ts";
import type { PersonaName } from "../../../server/identity/personas.ts";
import { createTokenVerifier } from "../../../server/identity/verify-token.ts";
import { createSqlIdempotencyStore } from "../../../server/intake/sql-idempotency-store.ts";
import { jsonOf, releaseFileOf } from "../../../server/promotion/definition-files.ts";
import { startPromotion, type DefinitionsSettings, type Promotion } from "../../../server/promotion/start-promotion.ts";
import { createSqlOrderReads } from "../../../server/read/sql-order-reads.ts";
import type { Database } from "../../../server/store/database.ts";
import { createReleasesStore, type ReleasesStore } from "../../../server/store/releases-store.ts";
import { planRelease } from "../../bench/plan-release.ts";
import { ENVIRONMENT, rawGit, temporaryFolder } from "../git/git-stand.ts";

const START = "2026-11-20T10:00:00.000Z";

/** A small release: one plan of two tasks. */
export const RELEASE = planRelease({ name: "2026.11.0", tasks: [{ key: "a" }, { key: "b" }] });

/** The files of a release as a folder holds them. */
export function filesOf(release: CompiledRelease): readonly CommitFile[] {
  const definitions = release.definitions.map((definition) => ({ path: `${definition.kind}/${definition.key}.json`, text: formatDefinition(jsonOf(definition)) }));
  return [...definitions, releaseFileOf(release.name, release.languageVersion)];
}

export interface Reply {
  readonly status: number;
  readonly body: { readonly [name: string]: unknown };
}

/** A server's edge with the flow from draft to release, over a database and a repository of its own. */
export interface PromotionStand {
  readonly app: Express;
  readonly promotion: Promotion;
  readonly releases: ReleasesStore;
  readonly settings: DefinitionsSettings;
  readonly clock: { readonly now: () => string; readonly advance: (ms: number) => void };
  readonly get: (path: string, as?: PersonaName) => Promise<Reply>;
  /** Posts with a new idempotency key, or with the one given. */
  readonly post: (path: string, body: object, as: PersonaName, key?: string) => Promise<Reply>;
  readonly git: (args: readonly string[], input?: string | Buffer) => string;
}

export interface StandOptions {
  readonly settings?: Partial<DefinitionsSettings>;
  readonly release?: CompiledRelease;
  readonly start?: string;
}

export async function createPromotionStand(database: Database, { settings: given = {}, release = RELEASE, start = START }: StandOptions = {}): Promise<PromotionStand> {
  const settings: DefinitionsSettings = {
    repository: join(temporaryFolder(), "definitions.git"), branch: "main", remote: null, reviewIn: "here", pullRequestUrl: null, environment: ENVIRONMENT, ...given,
  };
  let at = start;
  let ids = 0;
  const now = () => at;
  const newId = () => `id-${String((ids += 1)).padStart(6, "0")}`;
  const log = pino({ level: "silent" });
  const releases = createReleasesStore(database);
  await releases.refreshActive();
  const promotion = await startPromotion({ settings, folder: { name: "definitions", files: filesOf(release), release }, database, releases, now, log });
  onTestFinished(promotion.stop);
  const demo = await createDemoIssuer(now, newId);
  const app = createHttpApp({
    work: { handle: () => Promise.reject(new Error("no orders here")) }, reads: createSqlOrderReads(database), releases, promotion, demo, now, newId,
    idempotency: createSqlIdempotencyStore(database), verifyToken: createTokenVerifier(demo.rules, now), readiness: () => Promise.resolve({ ready: true, checks: {} }),
    logger: log, webRoot: null, extraRouters: [],
  });
  const token = async (as: PersonaName) => `Bearer ${(await demo.issue(as)).token}`;
  return {
    app, promotion, releases, settings,
    clock: {
      now,
      advance(ms) {
        at = addMs(at, ms);
      },
    },
    get: async (path, as = "analyst") => request(app).get(path).set("Authorization", await token(as)),
    post: async (path, body, as, key = randomUUID()) => request(app).post(path).set({ "Authorization": await token(as), "Idempotency-Key": `"${key}"` }).send(body),
    git: (args, input) => rawGit(settings.repository, args, input),
  };
}

/** The text of a definition of the release with a change. */
export function changed(path: string, change: (definition: { [member: string]: unknown }) => void, files: readonly CommitFile[] = filesOf(RELEASE)): CommitFile {
  const text = files.find((file) => file.path === path)?.text;
  if (text === undefined) throw new Error(`${path} is no file`);
  const definition = JSON.parse(text) as { [member: string]: unknown };
  change(definition);
  return { path, text: JSON.stringify(definition) };
}
