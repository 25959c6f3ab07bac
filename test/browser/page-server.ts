import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { build } from "vite";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { ORDER_MACHINE } from "../../engine/order/machines.ts";
import { createOrderRouter } from "../../examples/orders/order-router.ts";
import { createHttpApp } from "../../server/http-app.ts";
import { createDemoIssuer } from "../../server/identity/demo-issuer.ts";
import { createTokenVerifier } from "../../server/identity/verify-token.ts";
import { submittedOrder } from "../../server/intake/submitted-order.ts";
import type { OrderReads, OrderRow } from "../../server/read/order-reads.ts";
import type { SampleOrder } from "./sample-orders.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Builds the web application into a folder. */
export async function buildPage(outDir: string): Promise<void> {
  await build({ root: `${ROOT}designer`, configFile: `${ROOT}vite.config.ts`, logLevel: "error", build: { outDir, emptyOutDir: true } });
}

export interface PageServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * The real REST edge with its security headers over orders in memory: new ones are accepted, nothing moves them.
 */
export async function startPageServer(webRoot: string, release: CompiledRelease, samples: readonly SampleOrder[]): Promise<PageServer> {
  const held = new Map(samples.map((sample) => [sample.order.id, sample]));
  const now = () => new Date().toISOString();
  let ids = 0;
  const newId = () => `page-${String((ids += 1)).padStart(12, "0")}`;
  const demo = await createDemoIssuer(now, newId);
  const app = createHttpApp({
    work: {
      handle: ({ input }) => {
        if (input.type !== "SubmitOrder") return Promise.resolve({ outcome: "order-not-found" });
        const order = submittedOrder(input.order, release, input.correlationId, input.at);
        held.set(order.id, { order, journal: [] });
        return Promise.resolve({ outcome: "applied", order, events: 1 });
      },
    },
    reads: readsOf(held),
    releases: {
      active: () => release,
      byDigest: (digest) => Promise.resolve(digest === release.digest ? release : null),
      list: () => Promise.resolve([{ name: release.name, digest: release.digest, storedAt: now() }]),
    },
    idempotency: { find: () => Promise.resolve(null), begin: () => Promise.resolve(true), remember: () => Promise.resolve(), release: () => Promise.resolve() },
    verifyToken: createTokenVerifier(demo.rules, now),
    demo,
    readiness: () => Promise.resolve({ ready: true, checks: {} }),
    now,
    newId,
    logger: pino({ level: "silent" }),
    webRoot,
    extraRouters: [createOrderRouter({ now, newId })],
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function readsOf(held: ReadonlyMap<string, SampleOrder>): OrderReads {
  return {
    order: (id) => Promise.resolve(held.get(id)?.order ?? null),
    orders: (ids) => Promise.resolve(new Map(ids.flatMap((id) => held.get(id)?.order ?? []).map((order) => [order.id, order]))),
    find: ({ states, blocked, offset, limit }) => {
      const found = [...held.values()]
        .map(rowOf)
        .filter((row) => (states === undefined || states.includes(row.state)) && (blocked === undefined || row.blocked === blocked))
        .sort((left, right) => (left.acceptedAt < right.acceptedAt ? 1 : -1));
      return Promise.resolve({ rows: found.slice(offset, offset + limit), total: found.length });
    },
    journal: (id, after, limit) => Promise.resolve((held.get(id)?.journal ?? []).filter(({ firstVersion }) => firstVersion > after).slice(0, limit)),
    waiting: () => Promise.resolve(new Map()),
    unmatched: () => Promise.resolve({ rows: [], total: 0 }),
  };
}

function rowOf({ order }: SampleOrder): OrderRow {
  return {
    id: order.id, externalId: order.externalId, state: order.state, customerStatus: order.items[0]?.customerStatus ?? null, priority: order.priority,
    region: order.region, channel: order.channel, customerId: null, billingAccount: order.billingAccount, releaseDigest: order.release.digest,
    aggregateVersion: order.aggregateVersion, correlationId: order.correlationId, acceptedAt: order.acceptedAt, completedAt: order.completedAt,
    updatedAt: order.acceptedAt, blocked: ORDER_MACHINE[order.state].length > 0 && order.cases.some(({ state }) => state === "OPEN"),
  };
}
