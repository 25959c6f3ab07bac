import { pino } from "pino";
import request from "supertest";
import type { TaskReport } from "../../../engine/order/inputs.ts";
import type { Order } from "../../../engine/order/order.ts";
import { sampleValue } from "../../../engine/simulate/sample-value.ts";
import { createHttpApp } from "../../../server/http-app.ts";
import { createDemoIssuer } from "../../../server/identity/demo-issuer.ts";
import type { PersonaName } from "../../../server/identity/personas.ts";
import { createTokenVerifier } from "../../../server/identity/verify-token.ts";
import { createSqlIdempotencyStore } from "../../../server/intake/sql-idempotency-store.ts";
import { createSqlOrderReads } from "../../../server/read/sql-order-reads.ts";
import type { Database } from "../../../server/store/database.ts";
import { readOrder } from "../../../server/store/order-store.ts";
import { createReleasesStore } from "../../../server/store/releases-store.ts";
import { PRODUCT_ORDER_PATH } from "../../../server/tmf/to-product-order.ts";
import { createUnitOfWork } from "../../../server/work/handle-inputs.ts";
import { NOW, RELEASE } from "./edge-app.ts";
import { exampleOrder, type Mutable } from "./home-fiber-order.ts";

/** An answer of the edge. */
export interface Reply {
  readonly status: number;
  readonly body: Mutable;
  readonly headers: { readonly [name: string]: string };
}

interface Sending {
  readonly key?: string | null;
  readonly ifMatch?: string;
}

/** The REST edge over the real store, unit of work and engine, with the shipped release: for changes of orders under way. */
export interface ChangeDesk {
  /** Submits an example order and starts it; returns its id. */
  readonly begin: (example: string, started?: boolean) => Promise<string>;
  /** The systems report success of the named tasks (`item/key`), with a sample of their evidence. */
  readonly succeed: (orderId: string, ...names: readonly string[]) => Promise<void>;
  readonly fail: (orderId: string, name: string, code: string) => Promise<void>;
  /** Everything that was sent succeeds, until nothing is under way any more. */
  readonly drive: (orderId: string) => Promise<void>;
  readonly order: (orderId: string) => Promise<Order>;
  readonly get: (path: string, persona: PersonaName) => Promise<Reply>;
  readonly post: (path: string, persona: PersonaName | null, body: unknown, sending?: Sending) => Promise<Reply>;
  readonly database: Database;
  readonly close: () => Promise<void>;
}

export async function createChangeDesk(database: Database): Promise<ChangeDesk> {
  let ids = 0;
  const newId = () => `id-${String((ids += 1)).padStart(6, "0")}`;
  const now = () => NOW;
  const releases = createReleasesStore(database);
  await releases.put(RELEASE, NOW);
  await releases.activate(RELEASE.digest, NOW);
  const work = createUnitOfWork({ database, releases, now, log: pino({ level: "silent" }) });
  const demo = await createDemoIssuer(now, newId);
  const app = createHttpApp({
    work, releases, demo, now, newId,
    reads: createSqlOrderReads(database),
    idempotency: createSqlIdempotencyStore(database),
    verifyToken: createTokenVerifier(demo.rules, now),
    readiness: () => Promise.resolve({ ready: true, checks: {} }),
    logger: pino({ level: "silent" }),
    webRoot: null,
    extraRouters: [],
  });
  const order = async (orderId: string): Promise<Order> => {
    const found = await readOrder(database, orderId);
    if (!found) throw new Error(`There is no order ${orderId}`);
    return found;
  };
  const report = async (orderId: string, taskId: string, said: TaskReport): Promise<void> => {
    const attempt = (await order(orderId)).tasks.find(({ id }) => id === taskId)?.attempts ?? null;
    const result = await work.handle({ orderId, input: { id: newId(), at: NOW, type: "TaskReported", taskId, via: "response", attempt, report: said } });
    if (result.outcome !== "applied") throw new Error(JSON.stringify(result));
  };
  const taskNamed = async (orderId: string, name: string) => {
    const planned = (await order(orderId)).plan?.graph.tasks.findLast(({ itemId, key }) => `${itemId}/${key}` === name);
    if (!planned) throw new Error(`Order ${orderId} has no task ${name}`);
    return planned;
  };
  const done = (type: string, seed: string): TaskReport => ({ status: "succeeded", result: sampleValue(RELEASE.taskTypes.get(type)?.definition.evidence, { at: NOW, seed }) });

  return {
    order, database,
    async begin(example, started = true) {
      const { body, status } = (await request(app).post(PRODUCT_ORDER_PATH).send(exampleOrder(example, newId()))) as Reply;
      if (status !== 201) throw new Error(JSON.stringify(body));
      const orderId = String(body["id"]);
      if (started) await work.handle({ orderId, input: { id: newId(), at: NOW, type: "FulfillOrder" } });
      return orderId;
    },
    async succeed(orderId, ...names) {
      for (const name of names) {
        const { id, type, key } = await taskNamed(orderId, name);
        await report(orderId, id, done(type, key));
      }
    },
    async fail(orderId, name, code) {
      const { id } = await taskNamed(orderId, name);
      await report(orderId, id, { status: "failed", failure: { code, message: code, httpStatus: 422, effect: "NONE" } });
    },
    async drive(orderId) {
      for (let round = 0; round < 100; round += 1) {
        const { tasks, plan } = await order(orderId);
        const position = tasks.findLastIndex(({ state }) => state === "DISPATCHED" || state === "WAITING");
        const planned = plan?.graph.tasks[position];
        if (!planned) return;
        await report(orderId, planned.id, done(planned.type, planned.key));
      }
    },
    get: async (path, persona) => request(app).get(path).set("Authorization", `Bearer ${(await demo.issue(persona)).token}`),
    async post(path, persona, body, { key = newId(), ifMatch } = {}) {
      let call = request(app).post(path);
      if (persona !== null) call = call.set("Authorization", `Bearer ${(await demo.issue(persona)).token}`);
      if (key !== null) call = call.set("Idempotency-Key", `"${key}"`);
      if (ifMatch !== undefined) call = call.set("If-Match", ifMatch);
      return call.send(body as object);
    },
    close: () => work.drain(),
  };
}
