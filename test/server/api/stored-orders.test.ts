import { pino } from "pino";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Express } from "express";
import { createHttpApp } from "../../../server/http-app.ts";
import { createDemoIssuer, type DemoIssuer } from "../../../server/identity/demo-issuer.ts";
import { createTokenVerifier } from "../../../server/identity/verify-token.ts";
import { createSqlIdempotencyStore } from "../../../server/intake/sql-idempotency-store.ts";
import { createSqlOrderReads } from "../../../server/read/sql-order-reads.ts";
import { openDatabase, type Database } from "../../../server/store/database.ts";
import { createReleasesStore } from "../../../server/store/releases-store.ts";
import { PRODUCT_ORDER_PATH as PATH } from "../../../server/tmf/to-product-order.ts";
import { createUnitOfWork, type GroupedUnitOfWork } from "../../../server/work/handle-inputs.ts";
import { freshPostgres, freshSqlite, type FreshDatabase } from "../../support/fresh-database.ts";
import { NOW, RELEASE } from "./edge-app.ts";
import { exampleOrder, homeFiberOrder, type Mutable } from "./home-fiber-order.ts";

// The REST edge over the real store, unit of work and engine, without workers: an order stays where a command leaves it.

interface Reply {
  readonly status: number;
  readonly body: Mutable;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
}

describe.each(["sqlite", "postgresql"] as const)("orders in %s", (name) => {
  let fresh: FreshDatabase | null = null;
  let database: Database;
  let work: GroupedUnitOfWork;
  let demo: DemoIssuer;
  let app: Express;
  let ids = 0;
  const newId = () => `id-${String((ids += 1)).padStart(6, "0")}`;
  const now = () => NOW;

  beforeAll(async () => {
    if (name === "sqlite") {
      fresh = freshSqlite();
    } else {
      const serverUrl = inject("postgresUrl");
      if (serverUrl === null) return;
      fresh = await freshPostgres(serverUrl, inject("postgresTemplate"));
    }
    database = openDatabase(fresh.url);
    await database.migrate();
    const releases = createReleasesStore(database);
    await releases.put(RELEASE, NOW);
    await releases.activate(RELEASE.digest, NOW);
    work = createUnitOfWork({ database, releases, now, log: pino({ level: "silent" }) });
    demo = await createDemoIssuer(now, newId);
    app = createHttpApp({
      work, releases, demo, now, newId,
      reads: createSqlOrderReads(database),
      idempotency: createSqlIdempotencyStore(database),
      verifyToken: createTokenVerifier(demo.rules, now),
      readiness: () => Promise.resolve({ ready: true, checks: {} }),
      logger: pino({ level: "silent" }),
      webRoot: null,
      extraRouters: [],
    });
  }, 120_000);

  afterAll(async () => {
    if (fresh === null) return;
    await work.drain();
    await database.close();
    await fresh.remove();
  });

  const only = (title: string, run: () => Promise<void>) =>
    it(title, async (context) => {
      if (fresh === null) context.skip("PostgreSQL could not be started");
      await run();
    });
  const submit = async (body: Mutable, key?: string): Promise<Reply> => {
    const call = request(app).post(PATH);
    return (key === undefined ? call : call.set("Idempotency-Key", key)).send(body);
  };
  const get = async (path: string): Promise<Reply> => request(app).get(path);
  const rows = async (table: string) => Number((await database.select(`SELECT count(*) AS n FROM ${table}`))[0]?.[0]?.["n"]);

  only("an accepted order can be read back in both languages", async () => {
    const created = await submit(homeFiberOrder("S1"));
    expect(created.status).toBe(201);
    const id = String(created.body["id"]);
    const retrieved = await get(String(created.headers["location"]));
    expect(retrieved.body).toEqual(created.body);
    const own = await get(`/api/orders/${id}`);
    expect(own.body).toMatchObject({ productOrderId: id, internalState: "SUBMITTED", externalId: "WEB-S1", release: { digest: RELEASE.digest } });
    const history = await get(`/api/orders/${id}/history`);
    expect(history.body).toMatchObject({ productOrderId: id, next: null });
    expect((history.body["entries"] as { events: { type: string }[] }[]).flatMap(({ events }) => events.map(({ type }) => type))).toContain("OrderSubmitted");
  });

  only("a planned order shows steps, milestones, billing and why it waits", async () => {
    const created = await submit(homeFiberOrder("S2"));
    const id = String(created.body["id"]);
    const result = await work.handle({ orderId: id, input: { id: newId(), at: NOW, type: "FulfillOrder" } });
    expect(result.outcome).toBe("applied");
    const { body } = await get(`/api/orders/${id}`);
    expect(body).toMatchObject({ internalState: "IN_PROGRESS", customerVisibleStatus: { key: expect.any(String) as string, title: expect.any(String) as string } });
    expect((body["progress"] as { total: number }).total).toBeGreaterThan(5);
    expect(body["currentBlockingStep"]).toMatch(/^1\//);
    expect((body["billing"] as Mutable[]).map(({ charge, state }) => [charge, state])).toContainEqual(["base-fee", "NOT_DUE"]);
    expect((body["milestones"] as Mutable[]).map(({ key }) => key)).toContain("service-activated");
    const step = String(body["currentBlockingStep"]);
    const explained = await get(`/api/orders/${id}/explain?task=${encodeURIComponent(step)}`);
    expect(explained.body["tasks"]).toHaveLength(1);
    expect((await get(`/api/orders/${id}/explain?task=1/nothing`)).status).toBe(404);
    const tmf = await get(`${PATH}/${id}?fields=state,productOrderMilestone`);
    expect(Object.keys(tmf.body).sort()).toEqual(["@type", "href", "id", "productOrderMilestone", "state"]);
    expect(tmf.body["state"]).toBe("inProgress");
    const line = await get(`/api/orders?q=${id}`);
    expect(line.body).toMatchObject({ total: 1, orders: [{ productOrderId: id, internalState: "IN_PROGRESS", release: { name: RELEASE.name } }] });
  });

  only("commands reach the engine once, and its refusals come back as problems", async () => {
    const created = await submit(homeFiberOrder("S3"));
    const id = String(created.body["id"]);
    await work.handle({ orderId: id, input: { id: newId(), at: NOW, type: "FulfillOrder" } });
    const { body } = await get(`/api/orders/${id}`);
    const token = (await demo.issue("support-lead")).token;
    const path = `/api/orders/${id}/tasks/${String(body["currentBlockingStep"])}`;
    const send = async (action: string, payload: Mutable, key: string): Promise<Reply> =>
      request(app).post(`${path}/${action}`).set({ "Authorization": `Bearer ${token}`, "Idempotency-Key": `"${key}"` }).send(payload);
    const first = await send("retry", { reason: "again" }, "r1");
    expect({ status: first.status, code: first.body["code"] }).toEqual({ status: 409, code: "invalid-transition" });
    const again = await send("retry", { reason: "again" }, "r1");
    expect({ text: again.text, replayed: again.headers["idempotency-replayed"] }).toEqual({ text: first.text, replayed: "true" });
    expect((await send("retry", { reason: "other" }, "r1")).body["code"]).toBe("idempotency-key-reused");
    expect((await send("retry", {}, "r2")).body).toMatchObject({ code: "invalid-body", errors: [{ code: "required", pointer: "/reason" }] });
    expect((await send("complete", { outcome: "REPAIRED" }, "c1")).status).toBe(409);
    const nothing = await request(app).post(`/api/orders/${id}/tasks/1/nothing/retry`).set({ "Authorization": `Bearer ${token}`, "Idempotency-Key": '"n"' }).send({ reason: "x" });
    expect((nothing.body as Mutable)["code"]).toBe("task-not-found");
  });

  only("an event from outside is applied once", async () => {
    const created = await submit(exampleOrder("furniture", "S4"));
    const id = String(created.body["id"]);
    await work.handle({ orderId: id, input: { id: newId(), at: NOW, type: "FulfillOrder" } });
    const token = (await demo.issue("fitter")).token;
    const send = async (): Promise<Reply> =>
      request(app).post(`/api/orders/${id}/events`).set({ "Authorization": `Bearer ${token}`, "Idempotency-Key": '"e1"' }).send({ event: "delivery-completed", itemId: "1" });
    const [one, two] = [await send(), await send()];
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(two.text).toBe(one.text);
    const { body } = await get(`/api/orders/${id}/history`);
    const reached = (body["entries"] as { events: Mutable[] }[]).flatMap(({ events }) => events).filter(({ type, milestoneId }) => type === "MilestoneReached" && String(milestoneId).endsWith("delivery-completed"));
    expect(reached.length).toBeLessThanOrEqual(1);
  });

  only("7 fifty identical requests at once make one order", async () => {
    const before = await rows("orders");
    const server = app.listen(0);
    const answers = await Promise.all(Array.from({ length: 50 }, async (): Promise<Reply> => request(server).post(PATH).set("Idempotency-Key", '"fifty"').send(homeFiberOrder("S5"))));
    server.close();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body["id"])).size).toBe(1);
    expect((await rows("orders")) - before).toBe(1);
  });

  only("7 fifty without a key: one order, the others learn which", async () => {
    const before = await rows("orders");
    const server = app.listen(0);
    const answers = await Promise.all(Array.from({ length: 50 }, async (): Promise<Reply> => request(server).post(PATH).send(homeFiberOrder("S6"))));
    server.close();
    const accepted = answers.filter(({ status }) => status === 201);
    expect(accepted).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status === 409).map(({ body }) => body["orderId"]))).toEqual(new Set([accepted[0]?.body["id"]]));
    expect((await rows("orders")) - before).toBe(1);
  });

  only("a refused order leaves nothing but the answer for repeats", async () => {
    const [orders, journal, intents, records] = [await rows("orders"), await rows("journal"), await rows("intent_keys"), await rows("idempotency_keys")];
    const refused = await submit(homeFiberOrder("S7", (order) => delete order["quote"]), '"refused"');
    expect(refused.status).toBe(422);
    expect([await rows("orders"), await rows("journal"), await rows("intent_keys")]).toEqual([orders, journal, intents]);
    expect((await rows("idempotency_keys")) - records).toBe(1);
  });

  only("lists filter, page and count", async () => {
    const all = await get(`${PATH}?limit=2&fields=none`);
    const total = Number(all.headers["x-total-count"]);
    expect(all.headers["x-result-count"]).toBe("2");
    expect(all.headers["link"]).toContain('rel="next"');
    expect((all.body as unknown as Mutable[]).map((order) => Object.keys(order).sort())).toEqual([["@type", "href", "id"], ["@type", "href", "id"]]);
    const seen = new Set<unknown>();
    for (let offset = 0; offset < total; offset += 2) {
      for (const order of (await get(`${PATH}?limit=2&offset=${offset}`)).body as unknown as Mutable[]) seen.add(order["id"]);
    }
    expect(seen.size).toBe(total);
    const count = async (query: string) => Number((await get(`${PATH}?${query}`)).headers["x-total-count"]);
    expect(await count("externalId=WEB-S2")).toBe(1);
    expect(await count("state=inProgress,acknowledged")).toBe(total);
    expect(await count("state=completed")).toBe(0);
    expect(await count("state=pending")).toBe(0);
    expect(await count("productOrderItem.productOffering.id=HOME_FIBER_1G")).toBe(total - 1);
    expect(await count("relatedParty.id=C-1001&channel.id=web&billingAccount.id=BA-1001")).toBe(total - 1);
    expect(await count(`orderDate.gt=${encodeURIComponent("2026-11-20T09:59:59Z")}&orderDate.lt=${encodeURIComponent("2026-11-20T17:00:01+07:00")}`)).toBe(total);
    expect(await count("externalId=' OR 1=1 --")).toBe(0);
    expect((await get("/api/orders?sort=-priority&state=IN_PROGRESS&blocked=false&region=ID-JK")).status).toBe(200);
    expect((await get(`/api/releases/${RELEASE.digest}`)).body).toMatchObject({ digest: RELEASE.digest, languageVersion: RELEASE.languageVersion });
    expect((await get("/api/releases")).body).toMatchObject({ active: RELEASE.digest });
    expect((await get("/api/unmatched")).body).toEqual({ results: [], total: 0, offset: 0, limit: 20 });
  });
});
