import { apiClient, RefusedRequest, type ApiClient } from "./api-client.ts";
import type { Arguments } from "./parse-arguments.ts";
import type { Terminal } from "./terminal.ts";
import { InputError } from "./usage-error.ts";

/** The options of every command that talks to a server. */
export const SERVER_OPTIONS = ["url", "token", "as"] as const;

/**
 * A client for the server that `--url` or ORDERLOOM_URL names. Who asks is known from `--token` or ORDERLOOM_TOKEN; on a demo
 * server `--as` takes one of its personas instead.
 */
export async function connect({ value }: Pick<Arguments, "value">, terminal: Terminal): Promise<ApiClient> {
  const url = value("url") ?? terminal.env("ORDERLOOM_URL") ?? "http://localhost:3000";
  const persona = value("as");
  if (persona === undefined) return apiClient(url, value("token") ?? terminal.env("ORDERLOOM_TOKEN"));
  const answer = (await asked(apiClient(url, undefined).post("/demo/token", { persona }, persona))) as { readonly token?: unknown };
  if (typeof answer.token !== "string") throw new InputError(`${url} gives no tokens to personas; use --token.`);
  return apiClient(url, answer.token);
}

/** What the server answers; a refusal becomes the message with every reason it gives. */
export async function asked<T>(request: Promise<T>): Promise<T> {
  return request.catch((error: unknown) => {
    throw asInputError(error);
  });
}

/** A refusal with every reason the server gives. */
export function asInputError(error: unknown): unknown {
  if (!(error instanceof RefusedRequest)) return error;
  const { problem } = error;
  if (problem === null) return new InputError(error.message);
  const existing = problem.orderId === undefined ? [] : [`The existing order is ${problem.orderId}.`];
  const reasons = (problem.errors ?? []).map(({ pointer, code, rule, detail }) => `${pointer || "/"} ${rule ?? code}: ${detail}`);
  return new InputError(`${problem.title}. ${problem.detail} (${problem.code})`, [...existing, ...reasons]);
}
