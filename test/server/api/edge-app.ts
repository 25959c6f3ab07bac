import type { Express } from "express";
import { pino } from "pino";
import { compile } from "../../../engine/language/compile.ts";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { Input } from "../../../engine/order/inputs.ts";
import type { Order } from "../../../engine/order/order.ts";
import { createHttpApp, type HttpAppDependencies } from "../../../server/http-app.ts";
import { createDemoIssuer, type DemoIssuer } from "../../../server/identity/demo-issuer.ts";
import type { PersonaName } from "../../../server/identity/personas.ts";
import { createTokenVerifier } from "../../../server/identity/verify-token.ts";
import type { IdempotencyStore, KnownRequest } from "../../../server/intake/idempotency-store.ts";
import { submittedOrder } from "../../../server/intake/submitted-order.ts";
import type { OrderReads, OrderRow } from "../../../server/read/order-reads.ts";
import type { Work, WorkResult } from "../../../server/work/contract.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

/** The instant all edge tests happen at, unless they move the clock. */
export const NOW = "2026-11-20T10:00:00.000Z";

/** The shipped release, compiled once. */
export const RELEASE: CompiledRelease = compileShipped();

/** The REST edge over a memory that behaves like the store at its seam; tests of the edge alone need no database. */
export interface EdgeApp {
  readonly app: Express;
  readonly orders: Map<string, Order>;
  readonly inputs: Input[];
  readonly records: Map<string, KnownRequest>;
  readonly clock: { now: string };
  /** What the next command is answered with instead of being applied. */
  readonly script: { results: (WorkResult | Error)[] };
  readonly tokenOf: (persona: PersonaName) => Promise<string>;
}

export async function createEdgeApp(overrides: Partial<HttpAppDependencies> = {}): Promise<EdgeApp> {
  const orders = new Map<string, Order>();
  const intents = new Map<string, string>();
  const records = new Map<string, KnownRequest>();
  const inputs: Input[] = [];
  const clock = { now: NOW };
  const script: EdgeApp["script"] = { results: [] };
  const now = () => clock.now;
  let ids = 0;
  const newId = () => `id-${String((ids += 1)).padStart(6, "0")}`;
  const demo: DemoIssuer = await createDemoIssuer(now, newId);

  const handle = async (work: Work): Promise<WorkResult> => {
    await Promise.resolve();
    const scripted = script.results.shift();
    if (scripted instanceof Error) throw scripted;
    if (scripted !== undefined) return scripted;
    inputs.push(work.input);
    if (work.input.type !== "SubmitOrder") {
      const order = orders.get(work.orderId);
      return order === undefined ? { outcome: "order-not-found" } : { outcome: "applied", order, events: 1 };
    }
    const { intake, input } = work;
    const record = intake?.idempotency;
    if (record !== undefined && records.has(`${record.scope} ${record.key}`)) return { outcome: "key-taken" };
    const taken = intake?.intentKeys.find((key) => intents.has(key));
    if (taken !== undefined) return { outcome: "intent-exists", intentKey: taken, orderId: intents.get(taken) ?? "" };
    const order = submittedOrder(input.order, RELEASE, input.correlationId, input.at);
    orders.set(order.id, order);
    for (const key of intake?.intentKeys ?? []) intents.set(key, order.id);
    if (record !== undefined) records.set(`${record.scope} ${record.key}`, { state: "answered", hash: record.requestHash, answer: { status: record.status, body: record.response } });
    return { outcome: "applied", order, events: 1 };
  };

  const dependencies: HttpAppDependencies = {
    work: { handle },
    reads: memoryReads(orders),
    releases: {
      active: () => RELEASE,
      byDigest: (digest) => Promise.resolve(digest === RELEASE.digest ? RELEASE : null),
      list: () => Promise.resolve([{ name: RELEASE.name, digest: RELEASE.digest, storedAt: NOW }]),
    },
    idempotency: memoryIdempotency(records),
    verifyToken: createTokenVerifier(demo.rules, now),
    demo,
    readiness: () => Promise.resolve({ ready: true, checks: { database: { ok: true } } }),
    now,
    newId,
    logger: pino({ level: "silent" }),
    webRoot: null,
    extraRouters: [],
    ...overrides,
  };
  return { app: createHttpApp(dependencies), orders, inputs, records, clock, script, tokenOf: async (persona) => (await demo.issue(persona)).token };
}

function compileShipped(): CompiledRelease {
  const compiled = compile(loadDefinitions(), { name: "2026.11.0" });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics, null, 1));
  return compiled.release;
}

function memoryReads(orders: ReadonlyMap<string, Order>): OrderReads {
  return {
    order: (id) => Promise.resolve(orders.get(id) ?? null),
    orders: (ids) => Promise.resolve(new Map(ids.flatMap((id) => (orders.has(id) ? [[id, orders.get(id) as Order]] : [])))),
    find: ({ regions, states, externalId, offset, limit }) => {
      const found = [...orders.values()].filter(
        (order) =>
          (regions === null || order.region === null || regions.includes(order.region)) &&
          (states === undefined || states.includes(order.state)) &&
          (externalId === undefined || order.externalId === externalId),
      );
      return Promise.resolve({ rows: found.slice(offset, offset + limit).map(toRow), total: found.length });
    },
    journal: () => Promise.resolve([]),
    waiting: () => Promise.resolve(new Map()),
    unmatched: () => Promise.resolve({ rows: [], total: 0 }),
  };
}

function toRow(order: Order): OrderRow {
  return {
    id: order.id, externalId: order.externalId, state: order.state, customerStatus: null, priority: order.priority, region: order.region,
    channel: order.channel, customerId: null, billingAccount: order.billingAccount, releaseDigest: order.release.digest,
    aggregateVersion: order.aggregateVersion, correlationId: order.correlationId, acceptedAt: order.acceptedAt, completedAt: null,
    updatedAt: order.acceptedAt, blocked: false,
  };
}

function memoryIdempotency(records: Map<string, KnownRequest>): IdempotencyStore {
  const name = (scope: string, key: string) => `${scope} ${key}`;
  return {
    find: (scope, key) => Promise.resolve(records.get(name(scope, key)) ?? null),
    begin: ({ scope, key, hash }) => {
      if (records.has(name(scope, key))) return Promise.resolve(false);
      records.set(name(scope, key), { state: "running", hash });
      return Promise.resolve(true);
    },
    remember: ({ scope, key, hash }, answer) => {
      records.set(name(scope, key), { state: "answered", hash, answer });
      return Promise.resolve();
    },
    release: ({ scope, key }) => {
      records.delete(name(scope, key));
      return Promise.resolve();
    },
  };
}
