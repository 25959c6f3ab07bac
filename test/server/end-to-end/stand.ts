import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { createSandbox, type Sandbox } from "../../../examples/sandbox/create-sandbox.ts";
import { endpointsFor } from "../../../examples/sandbox/endpoints-for.ts";
import type { FaultRule } from "../../../examples/sandbox/fault.ts";
import { fillOrder } from "../../../examples/orders/fill-order.ts";
import { readConfig } from "../../../server/config.ts";
import { compileTexts, readDefinitionTexts } from "../../../server/load-release.ts";
import { createIdSource } from "../../../server/new-id.ts";
import { randomCallbackSecret, startServer } from "../../../server/start-server.ts";
import { writeFastDefinitions } from "../../support/fast-definitions.ts";

const TMF = "/tmf-api/productOrderingManagement/v4/productOrder";
/** How much shorter than shipped the waits of the policies are. */
const FASTER = 60;
const END_TIMEOUT_MS = 40_000;
const ADAPTER_TIMEOUT_MS = 400;

export interface HistoryEntry {
  readonly events: readonly { readonly type: string; readonly taskId?: string }[];
}

/** A whole server with its sandbox over real HTTP, as `npm start` runs them, on an empty database. */
export interface Stand {
  readonly sandbox: Sandbox;
  readonly submit: (sample: string) => Promise<string>;
  /** The answer to a sample order filled with this `unique`, and with what `change` makes of it. */
  readonly post: (sample: string, unique: string, change?: (text: string) => string) => Promise<{ readonly status: number; readonly body: { readonly id?: string; readonly code?: string; readonly orderId?: string } }>;
  /** Follows an order until its state is one of these. */
  readonly follow: (orderId: string, ...states: readonly string[]) => Promise<{ readonly internalState: string; readonly explanation: string }>;
  /** Types of the events of one task, in order. */
  readonly eventsOf: (orderId: string, taskKey: string) => Promise<readonly string[]>;
  /** Effects of `system.action` for this order. */
  readonly effects: (orderId: string, action: string) => number;
}

export async function startStand(databaseUrl: string | null, faults: readonly FaultRule[]): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), "orderloom-"));
  const loaded = compileTexts(await readDefinitionTexts(writeFastDefinitions(join(folder, "definitions"), FASTER)));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const configured = readConfig({
    PORT: "0", ORDERLOOM_ADAPTER_TIMEOUT_MS: String(ADAPTER_TIMEOUT_MS),
    ...(databaseUrl === null ? { ORDERLOOM_SQLITE_FILE: join(folder, "orders.db") } : { DATABASE_URL: databaseUrl }),
  });
  if (!configured.ok) throw new Error(configured.problems.join(" "));
  const secret = randomCallbackSecret();
  const nowMs = () => Date.now();
  const sandbox = createSandbox({ secret, now: nowMs, faults, latency: { fieldWork: [50, 100], delivery: [50, 100] } });
  const sandboxUrl = await sandbox.listen();
  const server = await startServer(configured.config, {
    nowMs, newId: createIdSource(nowMs), log: pino({ level: "silent" }), release: loaded.release, callbackSecrets: [secret],
    endpoints: endpointsFor(sandboxUrl, [...loaded.release.targetSystems.keys()]), webRoot: null,
  });
  onTestFinished(async () => {
    await server.stop();
    await sandbox.close();
  });

  const get = async <T>(path: string): Promise<T> => (await (await fetch(server.url + path)).json()) as T;
  return {
    sandbox,
    async submit(sample) {
      const text = readFileSync(new URL(`../../../examples/orders/${sample}.json`, import.meta.url), "utf8");
      const body = JSON.stringify(fillOrder(text, new Date().toISOString()));
      const response = await fetch(server.url + TMF, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      return ((await response.json()) as { id: string }).id;
    },
    async post(sample, unique, change = (text) => text) {
      const text = change(readFileSync(new URL(`../../../examples/orders/${sample}.json`, import.meta.url), "utf8"));
      const body = JSON.stringify(fillOrder(text, new Date().toISOString(), unique));
      const response = await fetch(server.url + TMF, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      return { status: response.status, body: (await response.json()) as { id?: string } };
    },
    async follow(orderId, ...states) {
      const deadline = Date.now() + END_TIMEOUT_MS;
      for (;;) {
        const view = await get<{ internalState: string; explanation: string }>(`/api/orders/${orderId}`);
        if (states.includes(view.internalState) || Date.now() > deadline) return view;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async eventsOf(orderId, taskKey) {
      const { entries } = await get<{ entries: readonly HistoryEntry[] }>(`/api/orders/${orderId}/history`);
      return entries.flatMap(({ events }) => events.filter(({ taskId }) => taskId?.endsWith(`/${taskKey}`)).map(({ type }) => type));
    },
    effects: (orderId, action) => sandbox.effects(orderId).byAction[action] ?? 0,
  };
}
