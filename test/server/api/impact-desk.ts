import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { Order } from "../../../engine/order/order.ts";
import { createHttpApp } from "../../../server/http-app.ts";
import { createDemoIssuer } from "../../../server/identity/demo-issuer.ts";
import type { PersonaName } from "../../../server/identity/personas.ts";
import { createTokenVerifier } from "../../../server/identity/verify-token.ts";
import { createImpactReports } from "../../../server/impact/impact-reports.ts";
import { readOpenOrders } from "../../../server/impact/open-orders.ts";
import { createSqlIdempotencyStore } from "../../../server/intake/sql-idempotency-store.ts";
import { createSqlOrderReads } from "../../../server/read/sql-order-reads.ts";
import { readOrder } from "../../../server/store/order-store.ts";
import { createReleasesStore } from "../../../server/store/releases-store.ts";
import type { Database } from "../../../server/store/database.ts";
import { createUnitOfWork } from "../../../server/work/handle-inputs.ts";
import { graphOrder, planRelease } from "../../bench/plan-release.ts";
import { START } from "../work/stand.ts";
import type { Mutable } from "./home-fiber-order.ts";
import type { Reply } from "./repair-desk.ts";

/** The release orders run on; one with a further step; one without the first step. */
export const PRESENT = planRelease({ name: "test.present", tasks: [{ key: "a" }, { key: "b", after: ["a"] }], mayMigrate: true });
export const LONGER = planRelease({ name: "test.longer", tasks: [{ key: "a" }, { key: "b", after: ["a"] }, { key: "c", after: ["b"] }], mayMigrate: true });
export const SHORTER = planRelease({ name: "test.shorter", tasks: [{ key: "b" }], mayMigrate: true });

/** The REST edge over the real store and engine, listening, with orders of `PRESENT`. */
export interface ImpactDesk {
  readonly url: string;
  readonly token: (persona: PersonaName) => Promise<string>;
  /** Starts an order; `done` says which of its tasks have succeeded. */
  readonly begin: (orderId: string, ...done: readonly string[]) => Promise<void>;
  readonly order: (orderId: string) => Promise<Order>;
  readonly get: (path: string, persona?: PersonaName) => Promise<Reply>;
  readonly post: (path: string, body: Mutable, persona?: PersonaName, key?: string) => Promise<Reply>;
}

export async function createImpactDesk(database: Database): Promise<ImpactDesk> {
  let ids = 0;
  const newId = () => `id-${String((ids += 1)).padStart(6, "0")}`;
  const now = () => START;
  const log = pino({ level: "silent" });
  const releases = createReleasesStore(database);
  for (const release of [PRESENT, LONGER, SHORTER]) await releases.put(release, START);
  const work = createUnitOfWork({ database, releases, now, log });
  const demo = await createDemoIssuer(now, newId);
  const reports = createImpactReports({ database, releases, now, clockMs: () => performance.now(), log });
  const app = createHttpApp({
    work, releases, demo, now, newId, reads: createSqlOrderReads(database), idempotency: createSqlIdempotencyStore(database), verifyToken: createTokenVerifier(demo.rules, now),
    impact: { reports, openOrders: (query) => readOpenOrders(database, query) },
    readiness: () => Promise.resolve({ ready: true, checks: {} }), logger: log, webRoot: null, extraRouters: [],
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await reports.stop();
    await work.drain();
  });

  const token = async (persona: PersonaName) => (await demo.issue(persona)).token;
  const send = async (path: string, persona: PersonaName, more: { readonly body: string; readonly key: string } | null): Promise<Reply> => {
    const headers = { "Authorization": `Bearer ${await token(persona)}`, "Content-Type": "application/json", ...(more && { "Idempotency-Key": `"${more.key}"` }) };
    const response = await fetch(url + path, { headers, ...(more && { method: "POST", body: more.body }) });
    return { status: response.status, body: (await response.json()) as Mutable };
  };
  return {
    url,
    token,
    async begin(orderId, ...done) {
      await work.handle({ orderId, input: { id: newId(), at: START, type: "SubmitOrder", order: graphOrder(orderId), correlationId: orderId }, intake: { releaseDigest: PRESENT.digest, intentKeys: [`external:${orderId}`] } });
      await work.handle({ orderId, input: { id: newId(), at: START, type: "FulfillOrder" } });
      for (const key of done) await work.handle({ orderId, input: { id: newId(), at: START, type: "TaskReported", taskId: `${orderId}/p1/1/${key}`, via: "response", attempt: 1, report: { status: "succeeded", result: { reference: "R" } } } });
    },
    async order(orderId) {
      const found = await readOrder(database, orderId);
      if (!found) throw new Error(`There is no order ${orderId}`);
      return found;
    },
    get: (path, persona = "senior-operations") => send(path, persona, null),
    post: (path, body, persona = "senior-operations", key = newId()) => send(path, persona, { body: JSON.stringify(body), key }),
  };
}

/** Waits until a report is no longer being made. */
export async function reportOf(desk: ImpactDesk, id: string): Promise<Mutable> {
  for (;;) {
    const { body } = await desk.get(`/api/impact/${id}`);
    if (body["state"] !== "running") return body;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
