import type { Express } from "express";
import { pino } from "pino";
import request from "supertest";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { IntakeGate } from "../../../server/flow/intake-gate.ts";
import { createHttpApp } from "../../../server/http-app.ts";
import { createDemoIssuer } from "../../../server/identity/demo-issuer.ts";
import type { PersonaName } from "../../../server/identity/personas.ts";
import { createTokenVerifier } from "../../../server/identity/verify-token.ts";
import { createSqlIdempotencyStore } from "../../../server/intake/sql-idempotency-store.ts";
import { createSqlOrderReads } from "../../../server/read/sql-order-reads.ts";
import type { Database } from "../../../server/store/database.ts";
import { createReleasesStore } from "../../../server/store/releases-store.ts";
import type { Stand } from "../work/stand.ts";

export interface Reply {
  readonly status: number;
  readonly body: { readonly [name: string]: unknown };
  readonly headers: { readonly [name: string]: string };
}

/** The REST edge over a stand's database and unit of work. */
export interface FlowApp {
  readonly app: Express;
  readonly get: (path: string, as?: PersonaName) => Promise<Reply>;
  readonly post: (path: string, body: object, key: string, as?: PersonaName) => Promise<Reply>;
}

export async function createFlowApp(database: Database, release: CompiledRelease, stand: Stand, gate?: IntakeGate): Promise<FlowApp> {
  const { now } = stand.clock;
  let ids = 0;
  const newId = () => `id-${String((ids += 1)).padStart(6, "0")}`;
  const releases = createReleasesStore(database);
  await releases.activate(release.digest, now());
  const demo = await createDemoIssuer(now, newId);
  const app = createHttpApp({
    work: stand.unitOfWork, releases, demo, now, newId,
    reads: createSqlOrderReads(database),
    idempotency: createSqlIdempotencyStore(database),
    verifyToken: createTokenVerifier(demo.rules, now),
    readiness: () => Promise.resolve({ ready: true, checks: {} }),
    flow: { database, unitOfWork: stand.unitOfWork },
    ...(gate && { gate }),
    logger: pino({ level: "silent" }),
    webRoot: null,
    extraRouters: [],
  });
  const token = async (as: PersonaName) => `Bearer ${(await demo.issue(as)).token}`;
  return {
    app,
    get: async (path, as = "operator") => request(app).get(path).set("Authorization", await token(as)),
    post: async (path, body, key, as = "senior-operations") =>
      request(app).post(path).set({ "Authorization": await token(as), "Idempotency-Key": `"${key}"` }).send(body),
  };
}
