import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../examples/sandbox/create-sandbox.ts";
import { NO_LATENCY } from "../../examples/sandbox/latency.ts";
import type { Adapter } from "../../server/adapters/adapter.ts";
import { createHttpAdapter } from "../../server/adapters/http-adapter.ts";
import { verifyWebhook } from "../../server/callbacks/verify-webhook.ts";

export const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes ok!").toString("base64")}`;

/** A message as it reached us. */
export interface Received {
  readonly path: string;
  readonly id: string;
  readonly verified: boolean;
  readonly body: { readonly [member: string]: unknown };
}

/** A sandbox, a receiver of its callbacks and our own adapter between them. */
export interface Bench {
  readonly sandbox: Sandbox;
  readonly received: readonly Received[];
  /** Status the receiver answers with. */
  answerWith: number;
  /** Where the receiver takes the callbacks of a system. */
  readonly callbackUrl: (system: string) => string;
  readonly adapter: (system: string, timeoutMs?: number) => Adapter;
  /** Waits until so many messages have arrived. */
  readonly arrived: (count: number) => Promise<readonly Received[]>;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

export async function openBench(options: Partial<SandboxOptions> = {}): Promise<Bench> {
  const received: Received[] = [];
  const adapters: Adapter[] = [];
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  const receiver = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => {
      const raw = Buffer.concat(chunks);
      const { ok } = verifyWebhook(request.headers, raw, [SECRET], Date.now());
      received.push({ path: request.url ?? "", id: String(request.headers["webhook-id"]), verified: ok, body: JSON.parse(raw.toString()) as Received["body"] });
      response.writeHead(ok ? bench.answerWith : 401).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const sandbox = createSandbox({ secret: SECRET, now: () => Date.now(), latency: NO_LATENCY, ...options });
  const url = await sandbox.listen();
  const receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const bench: Bench = {
    callbackUrl: (system) => `${receiverUrl}/callbacks/${system}`,
    sandbox, received, folder, answerWith: 200,
    adapter(system, timeoutMs = 300) {
      const adapter = createHttpAdapter({
        targetSystem: system, endpointName: "X", endpoint: `${url}/${system}`, timeoutMs,
        callbackBaseUrl: receiverUrl,
      });
      adapters.push(adapter);
      return adapter;
    },
    async arrived(count) {
      for (let waitedMs = 0; received.length < count && waitedMs < 5_000; waitedMs += 5) await pause(5);
      await pause(30);
      return received;
    },
    async close() {
      for (const adapter of adapters) adapter.close?.();
      await sandbox.close();
      receiver.closeAllConnections();
      receiver.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return bench;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
