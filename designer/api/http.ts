import type { ProblemBody } from "../../server/problems/problem.ts";

/** A request that did not get through, in words for people. */
export class ApiError extends Error {
  /** Null when no answer came. */
  readonly status: number | null;
  /** The stable code of the problem, when the server named one. */
  readonly code: string | null;
  /** The whole problem body, for places that show more than its sentence. */
  readonly problem: Partial<ProblemBody> | null;

  constructor(message: string, status: number | null, code: string | null, problem: Partial<ProblemBody> | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.problem = problem;
  }
}

export interface Request {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
  readonly signal?: AbortSignal;
  /** Sends no token: the server of a demo then sees a sales channel. */
  readonly anonymous?: boolean;
}

let bearer: () => Promise<string | null> = () => Promise.resolve(null);

/** Who the application acts as; asked before every request, so that a token is renewed in one place. */
export function setBearer(source: () => Promise<string | null>): void {
  bearer = source;
}

/** The token of whoever acts now, for a worker that sends in their name; null where the server asks nobody. */
export function bearerToken(): Promise<string | null> {
  return bearer();
}

/**
 * Sends one request to the server and answers its JSON (null when there is none). Mutations carry a fresh
 * `Idempotency-Key`; nothing is repeated here. Throws `ApiError` with the server's own words.
 */
export async function send<T>(path: string, request: Request = {}): Promise<T> {
  const { method = "GET", body, signal } = request;
  const token = request.anonymous === true ? null : await bearer();
  const headers: Record<string, string> = { Accept: "application/json", ...request.headers };
  if (token !== null) headers["Authorization"] = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["Idempotency-Key"] = JSON.stringify(crypto.randomUUID());
  const init: RequestInit = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(signal === undefined ? {} : { signal }) };
  const response = await fetch(path, init).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiError("The server does not answer. Is it running?", null, null);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  throw refusal(response.status, answer);
}

/** Sends bytes or text as they are and answers the bytes that come back. Throws as `send` does. */
export async function sendBytes(path: string, type: string, body: BodyInit): Promise<Blob> {
  const token = await bearer();
  const headers = { "Content-Type": type, ...(token === null ? {} : { Authorization: `Bearer ${token}` }) };
  const response = await fetch(path, { method: "POST", headers, body }).catch(() => {
    throw new ApiError("The server does not answer. Is it running?", null, null);
  });
  if (response.ok) return response.blob();
  throw refusal(response.status, await response.json().catch(() => null));
}

function refusal(status: number, answer: unknown): ApiError {
  const problem = answer as Partial<ProblemBody> | null;
  const said = problem?.detail ?? "";
  const reasons = problem?.errors?.filter(({ detail }) => !said.includes(detail)).map(({ pointer, detail }) => `${pointer}: ${detail}`) ?? [];
  const message = [problem?.detail ?? `The server answered ${status}.`, ...reasons].join(" ");
  return new ApiError(message, status, problem?.code ?? null, problem);
}
