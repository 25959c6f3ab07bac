import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, inject, it } from "vitest";
import { endpointsFor } from "../../examples/sandbox/endpoints-for.ts";
import { fillOrder } from "../../examples/orders/fill-order.ts";
import { writeFastDefinitions } from "../support/fast-definitions.ts";
import { freePort, pause, ROOT, start, temporaryFolder, type Running } from "./processes.ts";

/** Orders under way when the server dies. */
const ORDERS = 50;
/** How much shorter than shipped the waits of the policies are. */
const FASTER = 15;
const KILLS = 3;
const END_TIMEOUT_MS = 240_000;
const TMF = "/tmf-api/productOrderingManagement/v4/productOrder";
const SECRET = `whsec_${Buffer.from("a secret for the crash test only").toString("base64")}`;
const MIX = ["home-fiber", "home-fiber", "contact-center", "furniture", "managed-office", "mobile-sim"] as const;

const running: Running[] = [];
afterEach(async () => {
  for (const { kill } of running.splice(0)) await kill();
});

const databases: readonly (readonly [string, () => string | null])[] = [
  ["SQLite", () => null],
  ["PostgreSQL", () => inject("postgresUrl") ?? ""],
];

describe.each(databases)("kill -9 on %s", (name, url) => {
  it(`given ${ORDERS} running orders, when the server is killed ${KILLS} times, then every order completes and no effect happens twice`, async (context) => {
    const databaseUrl = url();
    if (databaseUrl === "") return context.skip(`no PostgreSQL: ${name} not tested`);
    const folder = temporaryFolder();
    const sandboxPort = await freePort();
    const port = await freePort();
    const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
    const base = `http://127.0.0.1:${port}`;
    running.push(
      await start("examples/sandbox/main.ts", { SANDBOX_PORT: String(sandboxPort), SANDBOX_JOURNAL: join(folder, "sandbox.jsonl"), SANDBOX_CALLBACK_SECRET: SECRET }, async () => (await fetch(`${sandboxUrl}/sandbox/effects`)).ok),
    );
    const serve = async () =>
      start("server/main.ts", {
        PORT: String(port), ORDERLOOM_SANDBOX: "0", ORDERLOOM_CALLBACK_SECRETS: SECRET, LOG_LEVEL: "warn", ...endpointsFor(sandboxUrl),
        ORDERLOOM_DEFINITIONS: writeFastDefinitions(join(folder, "definitions"), FASTER), ORDERLOOM_DEFINITIONS_REPOSITORY: join(folder, "definitions.git"),
        ...(databaseUrl === null ? { ORDERLOOM_SQLITE_FILE: join(folder, "orders.db") } : { DATABASE_URL: await ownDatabase(databaseUrl) }),
      }, async () => (await fetch(`${base}/health/ready`)).ok);

    // given
    let ownUrl: string | null = null;
    async function ownDatabase(server: string): Promise<string> {
      ownUrl ??= await createDatabase(server);
      return ownUrl;
    }
    let server = await serve();
    running.push(server);
    const ids: string[] = [];
    for (let n = 0; n < ORDERS; n += 1) ids.push(await submit(base, MIX[n % MIX.length] as string, n));
    expect(new Set(ids).size).toBe(ORDERS);

    // when
    for (let kill = 0; kill < KILLS; kill += 1) {
      await pause(400 + 700 * kill);
      await server.kill();
      server = await serve();
      running.push(server);
    }

    // then
    const states = await followToEnd(base, ids);
    expect(states).toEqual(Object.fromEntries(ids.map((id) => [id, "COMPLETED"])));
    const journal = readFileSync(join(folder, "sandbox.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line) as { system: string; key?: string; effect?: boolean; kind: string });
    const effects = count(journal.filter(({ effect }) => effect === true));
    const twice = [...effects].filter(([, times]) => times > 1);
    expect(twice, "an effect happened twice").toEqual([]);
    const carrierCommands = count(journal.filter(({ system, kind }) => system === "carrier" && kind === "request"));
    expect([...carrierCommands].filter(([, times]) => times > 1), "sent twice to a system that knows no key").toEqual([]);
    expect(effects.size).toBeGreaterThan(ORDERS * 5);
  }, END_TIMEOUT_MS + 60_000);
});

async function createDatabase(server: string): Promise<string> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const name = `crash_${Date.now()}`;
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function submit(base: string, sample: string, n: number): Promise<string> {
  const text = readFileSync(join(ROOT, "examples/orders", `${sample}.json`), "utf8");
  const body = JSON.stringify(fillOrder(text, new Date().toISOString(), `CRASH${n}`));
  const response = await fetch(base + TMF, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  if (response.status !== 201) throw new Error(`${sample}: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}

interface View {
  readonly internalState: string;
  readonly steps: readonly { readonly taskId: string; readonly key: string; readonly itemId: string; readonly state: string }[];
}

/** Follows the orders to their end; people do their manual work and find out what unknown commands did. */
async function followToEnd(base: string, ids: readonly string[]): Promise<{ [id: string]: string }> {
  const states: { [id: string]: string } = {};
  const deadline = Date.now() + END_TIMEOUT_MS;
  const token = await tokenOf(base, "admin");
  while (Date.now() < deadline) {
    for (const id of ids.filter((candidate) => states[candidate] !== "COMPLETED")) {
      const response = await fetch(`${base}/api/orders/${id}`);
      const view = (await response.json()) as View;
      states[id] = view.internalState;
      for (const step of view.steps) {
        if (step.state === "OUTCOME_UNKNOWN" && step.key === "book-transport") await findOut(base, token, id, step.itemId, step.key);
      }
    }
    if (ids.every((id) => states[id] === "COMPLETED")) break;
    await pause(500);
  }
  return states;
}

/** Someone phones the haulier: the transport is booked. */
async function findOut(base: string, token: string, orderId: string, itemId: string, key: string): Promise<void> {
  await fetch(`${base}/api/orders/${orderId}/tasks/${itemId}/${key}/complete`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Authorization": `Bearer ${token}`, "Idempotency-Key": `"${orderId}-${key}"` },
    body: JSON.stringify({ outcome: "TOOK_EFFECT", form: { tookEffect: true, evidence: "Called the haulier." }, evidence: { transportId: `T-${orderId}` } }),
  });
}

async function tokenOf(base: string, persona: string): Promise<string> {
  const response = await fetch(`${base}/demo/token`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ persona }) });
  return ((await response.json()) as { token: string }).token;
}

function count(entries: readonly { readonly system: string; readonly key?: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { system, key } of entries) counts.set(`${system} ${key}`, (counts.get(`${system} ${key}`) ?? 0) + 1);
  return counts;
}
