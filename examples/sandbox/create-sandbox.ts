import http, { type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { giveAnswer, type Answer } from "./answer.ts";
import { createCommandStore } from "./command-store.ts";
import { countEffects, type EffectCounts } from "./count-effects.ts";
import { createFaultBook } from "./fault-book.ts";
import type { FaultRule } from "./fault.ts";
import { handleCommand } from "./handle-command.ts";
import { handleControl } from "./handle-control.ts";
import { handleQuery } from "./handle-query.ts";
import { openJournal, type JournalEntry } from "./journal.ts";
import { DEFAULT_LATENCY, type Latency } from "./latency.ts";
import { createMessageSender } from "./message-sender.ts";
import { DEFAULT_PROFILE, SYSTEMS, type SystemProfile } from "./systems.ts";
import type { World } from "./world.ts";

/** Longest request the sandbox reads. */
export const REQUEST_BYTES_MAX = 2_097_152;
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;
const KEEP_ALIVE_MS = 65_000;

export interface SandboxOptions {
  /** `whsec_...`: signs the callbacks. */
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** File of the journal; without it nothing survives the process. */
  readonly journalPath?: string;
  /** Decides every drawn number. */
  readonly seed?: string;
  readonly latency?: Partial<Latency>;
  /** Departures from the usual profile, for example another effects class. */
  readonly systems?: { readonly [system: string]: Partial<SystemProfile> };
  readonly faults?: readonly FaultRule[];
}

export interface Sandbox {
  /** Resolves to the address once requests are served. */
  readonly listen: (port?: number, host?: string) => Promise<string>;
  readonly url: string;
  readonly setFaults: (rules: readonly FaultRule[]) => void;
  readonly journal: () => readonly JournalEntry[];
  readonly effects: (orderId?: string) => EffectCounts;
  readonly close: () => Promise<void>;
}

/** Simulated downstream systems behind real HTTP: `/{system}/{action}`, `/{system}/commands/{key}`, `/sandbox/...`. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const journal = openJournal(options.journalPath);
  const seed = options.seed ?? "sandbox";
  const faults = createFaultBook(seed);
  faults.set(options.faults ?? []);
  const world: World = {
    seed, journal, faults, now: options.now, latency: { ...DEFAULT_LATENCY, ...options.latency },
    commands: createCommandStore(journal.entries()),
    sender: createMessageSender({ secret: options.secret, now: options.now, journal }),
    profileOf: (system) => ({ ...(SYSTEMS[system] ?? DEFAULT_PROFILE), ...options.systems?.[system] }),
  };
  const server = http.createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    answerTo(world, request).then((answer) => giveAnswer(response, answer), () => response.destroy());
  });
  let url: string | null = null;

  return {
    async listen(port = 0, host = "127.0.0.1") {
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
      url = `http://${host}:${(server.address() as AddressInfo).port}`;
      for (const message of unsent(journal.entries())) world.sender.plan(message);
      return url;
    },
    get url() {
      if (url === null) throw new Error("The sandbox has no address before listen().");
      return url;
    },
    setFaults: faults.set,
    journal: journal.entries,
    effects: (orderId) => countEffects(journal.entries(), orderId),
    async close() {
      world.sender.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await journal.close();
    },
  };
}

/** Messages planned by an earlier run and not yet delivered. */
function unsent(entries: readonly JournalEntry[]) {
  const sent = new Set(entries.flatMap((entry) => (entry.kind === "message" ? [entry.messageId] : [])));
  return entries.flatMap((entry) => (entry.kind === "request" ? entry.messages : [])).filter((message) => !sent.has(message.id));
}

async function answerTo(world: World, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://sandbox");
  const [system = "", action = "", ...rest] = pathname.split("/").slice(1).map(decodeURIComponent);
  const method = request.method ?? "GET";
  const body = method === "GET" ? undefined : await readJson(request);
  if (system === "sandbox") return handleControl(world, { method, path: [action, ...rest], query: searchParams, body });
  if (!NAME.test(system)) return refuse(404, "NOT_FOUND", "The address is /{system}/{action}.");

  const commandId = header(request, "x-command-id");
  const attempt = Number(/\/(\d+)$/.exec(commandId ?? "")?.[1] ?? Number.NaN);
  const common = { system, commandId, attempt: Number.isNaN(attempt) ? null : attempt };
  if (method === "GET" && action === "commands" && rest[0] !== undefined) {
    return handleQuery(world, { ...common, on: "query", key: rest[0], action: null, orderId: null, externalId: null, itemId: null });
  }
  const key = header(request, "idempotency-key");
  if (method !== "POST" || !NAME.test(action) || rest.length > 0) return refuse(404, "NOT_FOUND", "The address is /{system}/{action}.");
  if (key === null) return refuse(400, "KEY_MISSING", "Send Idempotency-Key.");
  if (!isJsonObject(body)) return refuse(400, "BODY_INVALID", "Send a JSON object.");
  const business = member(body, "businessKeys");
  return handleCommand(world, {
    ...common, action, key, callbackUrl: header(request, "x-callback-url"), request: member(body, "request"),
    orderId: text(business["orderId"]), externalId: text(business["externalId"]), itemId: text(business["orderItemId"]),
  });
}

async function readJson(request: IncomingMessage): Promise<Json | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > REQUEST_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Json;
  } catch {
    return undefined;
  }
}

function refuse(status: number, code: string, message: string): Answer {
  return { kind: "json", status, body: { code, message } };
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : null;
}

function member(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  return isJsonObject(value) ? value : {};
}

function text(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
