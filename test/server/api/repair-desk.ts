import { pino } from "pino";
import request from "supertest";
import type { Order } from "../../../engine/order/order.ts";
import type { TaskReport } from "../../../engine/order/inputs.ts";
import { createHttpApp } from "../../../server/http-app.ts";
import { createDemoIssuer } from "../../../server/identity/demo-issuer.ts";
import type { PersonaName } from "../../../server/identity/personas.ts";
import { createTokenVerifier } from "../../../server/identity/verify-token.ts";
import { createSqlIdempotencyStore } from "../../../server/intake/sql-idempotency-store.ts";
import { createSqlOrderReads } from "../../../server/read/sql-order-reads.ts";
import { createSqlWorkReads } from "../../../server/read/sql-work-reads.ts";
import { readOrder } from "../../../server/store/order-store.ts";
import { createReleasesStore } from "../../../server/store/releases-store.ts";
import type { Database } from "../../../server/store/database.ts";
import { createUnitOfWork } from "../../../server/work/handle-inputs.ts";
import { repairable } from "../../engine/repair/repair-kit.ts";
import { kitDefinitions } from "../../support/definition-kit.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";
import { itemOf, orderOf, START } from "../../support/order-of.ts";
import { after, task, when, type Sketch } from "../../support/release-of.ts";
import type { Mutable } from "./home-fiber-order.ts";

/** An answer of the edge. */
export interface Reply {
  readonly status: number;
  readonly body: Mutable;
}

/** The REST edge over the real store and engine, for repairs: orders of the small kit under the shipped authority matrix. */
export interface RepairDesk {
  /** Starts an order of one item and lets the named first task end as reported; returns its state. */
  readonly begin: (orderId: string, reports: { readonly [taskKey: string]: TaskReport }, more?: { readonly region?: string; readonly color?: string }) => Promise<Order>;
  readonly report: (orderId: string, taskKey: string, report: TaskReport) => Promise<void>;
  readonly order: (orderId: string) => Promise<Order>;
  readonly get: (path: string, persona: PersonaName) => Promise<Reply>;
  readonly post: (path: string, persona: PersonaName, body: Mutable, key?: string) => Promise<Reply>;
  readonly close: () => Promise<void>;
}

export const FAILED: TaskReport = { status: "failed", failure: { code: "SEMANTIC", message: "It said no", httpStatus: null, effect: "NONE" } };
export const LOST: TaskReport = { status: "failed", failure: { code: "TIMEOUT", message: "No answer", httpStatus: null, effect: "POSSIBLE" } };
export const DONE: TaskReport = { status: "succeeded", result: { reference: "R-1" } };

const shippedMatrix = loadDefinitions().find(({ path }) => path === "decision-table/authority-matrix.json")?.content as Sketch;
const blindWork = kitDefinitions.find(({ key }) => key === "blind-work") as Sketch;

/** Work, an unknown, something to undo, a person's task, and a charge. */
const release = repairable(
  {
    tasks: [
      task("work"), task("blind", "lost-work"), task("reserve", "reserve"), task("sign", "approval"), task("last", "keyed-work", after("work", "blind", "reserve", "sign")),
      task("check", "keyed-work", { mandatory: false }),
    ],
    milestones: [{ key: "worked", reachedBy: ["work"] }],
    billingTriggers: ["start"],
  },
  { ...shippedMatrix, key: "authority" },
  { ...blindWork, key: "lost-work", category: "LOGISTICS" },
  { kind: "billing-trigger", key: "start", milestone: "worked", charges: when("charge", "type", "equal", "recurring"), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "P1D" },
);

export async function createRepairDesk(database: Database): Promise<RepairDesk> {
  let ids = 0;
  const newId = () => `id-${String((ids += 1)).padStart(6, "0")}`;
  const now = () => START;
  const releases = createReleasesStore(database);
  await releases.put(release, START);
  await releases.activate(release.digest, START);
  const work = createUnitOfWork({ database, releases, now, log: pino({ level: "silent" }) });
  const demo = await createDemoIssuer(now, newId);
  const app = createHttpApp({
    work, releases, demo, now, newId,
    reads: createSqlOrderReads(database),
    workReads: createSqlWorkReads(database),
    idempotency: createSqlIdempotencyStore(database),
    verifyToken: createTokenVerifier(demo.rules, now),
    readiness: () => Promise.resolve({ ready: true, checks: {} }),
    logger: pino({ level: "silent" }),
    webRoot: null,
    extraRouters: [],
  });

  const token = async (persona: PersonaName) => `Bearer ${(await demo.issue(persona)).token}`;
  const order = async (orderId: string): Promise<Order> => {
    const found = await readOrder(database, orderId);
    if (!found) throw new Error(`There is no order ${orderId}`);
    return found;
  };
  const report = async (orderId: string, taskKey: string, said: TaskReport): Promise<void> => {
    const { tasks, plan } = await order(orderId);
    const position = plan?.graph.tasks.findLastIndex(({ key }) => key === taskKey) ?? -1;
    const found = tasks[position];
    const result = await work.handle({ orderId, input: { id: newId(), at: START, type: "TaskReported", taskId: found?.id ?? taskKey, via: "response", attempt: found?.attempts ?? null, report: said } });
    if (result.outcome !== "applied") throw new Error(JSON.stringify(result));
  };

  return {
    order,
    report,
    async begin(orderId, reports, { region = "ID", color = "red" } = {}) {
      const charges = [{ key: "monthly", type: "recurring", amount: 30, currency: "EUR" }];
      const input = { id: newId(), at: START, type: "SubmitOrder" as const, order: orderOf([itemOf({ charges, characteristics: { color } })], { id: orderId, externalId: orderId, region }), correlationId: orderId };
      await work.handle({ orderId, input, intake: { releaseDigest: release.digest, intentKeys: [`external:${orderId}`] } });
      await work.handle({ orderId, input: { id: newId(), at: START, type: "FulfillOrder" } });
      for (const [key, said] of Object.entries(reports)) await report(orderId, key, said);
      return order(orderId);
    },
    get: async (path, persona) => request(app).get(path).set("Authorization", await token(persona)),
    post: async (path, persona, body, key = newId()) => request(app).post(path).set({ "Authorization": await token(persona), "Idempotency-Key": `"${key}"` }).send(body),
    close: () => work.drain(),
  };
}
