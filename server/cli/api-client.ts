import type { ProblemBody } from "../problems/problem.ts";
import { EnvironmentError, UsageError } from "./usage-error.ts";

/** The server said no. `problem` is null when the answer was no problem+json, so something else answered. */
export class RefusedRequest extends Error {
  readonly status: number;
  readonly problem: ProblemBody | null;

  constructor(status: number, problem: ProblemBody | null, url: string) {
    super(problem?.detail ?? `${url} answered ${status}; is an Orderloom server listening there?`);
    this.status = status;
    this.problem = problem;
  }
}

/** Requests to one running server. */
export interface ApiClient {
  readonly url: string;
  readonly get: (path: string) => Promise<unknown>;
  readonly post: (path: string, body: unknown, idempotencyKey: string) => Promise<unknown>;
}

/** How long a server may take for one answer. */
const ANSWER_TIMEOUT_MS = 15_000;

/** A client for the server at `url`; throws `UsageError` when it is no address. */
export function apiClient(url: string, token: string | undefined): ApiClient {
  const base = readUrl(url);
  const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const send = async (path: string, request: { readonly method: string; readonly headers?: { readonly [name: string]: string }; readonly body?: string }) => {
    const headers = { Accept: "application/json", ...authorization, ...request.headers };
    const response = await fetch(`${base}${path}`, { ...request, headers, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).catch((error: unknown) => {
      throw new EnvironmentError(`No server answers at ${base} (${causeOf(error)}). Start one with "npm start", or name another with --url.`);
    });
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok || body === null) throw new RefusedRequest(response.status, isProblem(body) ? body : null, base);
    return body;
  };
  return {
    url: base,
    get: (path) => send(path, { method: "GET" }),
    post: (path, body, idempotencyKey) =>
      send(path, { method: "POST", headers: { "Content-Type": "application/json", "Idempotency-Key": JSON.stringify(idempotencyKey) }, body: JSON.stringify(body) }),
  };
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) throw new UsageError(`"${text}" is no address of a server; give one such as http://localhost:3000.`);
  return url.href.replace(/\/$/, "");
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === "object" && body !== null && "detail" in body && "code" in body;
}

/** `fetch` hides the reason in the cause of its error. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return error instanceof Error ? error.message : String(error);
}
