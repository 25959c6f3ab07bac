import http from "node:http";
import https from "node:https";
import type { DispatchTask, QueryTask } from "../../engine/order/commands.ts";
import type { TaskReport } from "../../engine/order/inputs.ts";
import type { Adapter } from "./adapter.ts";
import { classifyCommandAnswer, classifyQueryAnswer } from "./classify-answer.ts";
import { exchange } from "./exchange.ts";
import { failedReport } from "./failed-report.ts";
import { parseEndpoint } from "./parse-endpoint.ts";

/** How long one exchange may take when nothing else is configured. */
export const HTTP_TIMEOUT_MS = 10_000;
/** Longest answer that is read. */
export const ANSWER_BYTES_MAX = 1_048_576;
/** Connections to one target system; what admission lets through beyond them waits in line, unsent. */
export const CONNECTIONS_MAX = 256;
/** Idle connections are closed before common servers (5 s) close them, so that a request rarely meets a closing one. */
const IDLE_CONNECTION_MS = 4_000;
const HEADER_CHARS_MAX = 1_024;
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const ACTION = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

export interface HttpAdapterOptions {
  readonly targetSystem: string;
  /** Name of the environment variable, for messages. */
  readonly endpointName: string;
  /** Its value. */
  readonly endpoint: string | undefined;
  /** Where this server is reached from outside, without a slash at the end. */
  readonly callbackBaseUrl: string;
  readonly timeoutMs?: number;
}

/**
 * The built-in adapter: `POST {endpoint}/{action}` and `GET {endpoint}/commands/{key}` as the adapter wire contract says.
 * Each has its own connections, so that one slow system never takes those of another. No retry, no redirect.
 */
export function createHttpAdapter(options: HttpAdapterOptions): Adapter {
  const endpoint = parseEndpoint(options.endpointName, options.endpoint);
  const timeoutMs = options.timeoutMs ?? HTTP_TIMEOUT_MS;
  const agentOptions = { keepAlive: true, maxSockets: CONNECTIONS_MAX, timeout: IDLE_CONNECTION_MS, scheduling: "lifo" as const };
  const agent = "base" in endpoint && endpoint.base.protocol === "https:" ? new https.Agent(agentOptions) : new http.Agent(agentOptions);
  const callbackUrl = `${options.callbackBaseUrl}/callbacks/${encodeURIComponent(options.targetSystem)}`;

  const call = (method: "GET" | "POST", path: string, headers: Record<string, string>, signal: AbortSignal, body?: string) =>
    exchange({
      method, agent, timeoutMs, signal, headers,
      url: new URL(`${"base" in endpoint ? endpoint.base.href.replace(/\/$/, "") : ""}/${path}`),
      bodyBytesMax: ANSWER_BYTES_MAX,
      ...(body === undefined ? {} : { body }),
    });

  return {
    async send(command, signal): Promise<TaskReport> {
      if ("problem" in endpoint) return failedReport(endpoint.code, "NONE", endpoint.problem);
      if (!ACTION.test(command.action)) return failedReport("ACTION_INVALID", "NONE", "The action cannot be part of an address.");
      const headers = { ...trace(command), "Idempotency-Key": command.idempotencyKey, "X-Callback-Url": callbackUrl };
      const refused = refuseHeaders(headers);
      if (refused) return refused;
      const body = JSON.stringify({ request: command.request, businessKeys: command.businessKeys });
      const content = { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(body)) };
      return classifyCommandAnswer(await call("POST", command.action, { ...headers, ...content }, signal, body));
    },
    async query(command, signal): Promise<TaskReport> {
      if ("problem" in endpoint) return { status: "unanswered", reason: endpoint.problem };
      const headers = trace(command);
      const refused = refuseHeaders(headers);
      if (refused) return { status: "unanswered", reason: "An identifier cannot be part of a header." };
      return classifyQueryAnswer(await call("GET", `commands/${encodeURIComponent(command.idempotencyKey)}`, headers, signal));
    },
    close: () => agent.destroy(),
  };
}

function trace(command: DispatchTask | QueryTask): Record<string, string> {
  return {
    Accept: "application/json",
    "Accept-Encoding": "identity",
    "X-Command-Id": command.commandId,
    "X-Correlation-Id": command.correlationId,
    "X-Causation-Id": command.causationId,
  };
}

/** Line breaks and other control characters would let a value forge further headers. */
function refuseHeaders(headers: Record<string, string>): TaskReport | null {
  for (const [name, value] of Object.entries(headers)) {
    if (value.length > HEADER_CHARS_MAX || !HEADER_VALUE.test(value)) {
      return failedReport("HEADER_INVALID", "NONE", `The value of ${name} cannot be part of a header: printable ASCII, at most ${HEADER_CHARS_MAX} characters.`);
    }
  }
  return null;
}
