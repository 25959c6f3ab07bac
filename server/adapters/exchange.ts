import { setMaxListeners } from "node:events";
import http from "node:http";
import https from "node:https";

/** One request and how it ended. */
export interface ExchangeRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly agent: http.Agent;
  /** The whole exchange: name lookup, connecting, sending, the last byte of the answer. */
  readonly timeoutMs: number;
  readonly bodyBytesMax: number;
  readonly signal: AbortSignal;
}

export type Exchange =
  | { readonly kind: "answered"; readonly status: number; readonly body: AnswerBody }
  /** `sent` is false only when it is certain that no byte of the request left: there was no connection yet. */
  | { readonly kind: "unanswered"; readonly sent: boolean; readonly cause: "timeout" | "connection" | "protocol"; readonly detail: string };

export type AnswerBody = { readonly text: string } | { readonly unreadable: string };

/**
 * Performs one HTTP exchange and never rejects. node:http rather than fetch: it says whether a connection existed when an
 * exchange failed, follows no redirect, decompresses nothing and costs less per call.
 */
export function exchange(options: ExchangeRequest): Promise<Exchange> {
  return new Promise((resolve) => {
    const secure = options.url.protocol === "https:";
    let sent = false;
    let stopped: string | null = null;
    let request: http.ClientRequest | null = null;
    let answered = false;

    const stop = (why: string): void => {
      stopped = why;
      request?.destroy();
    };
    const timer = setTimeout(() => stop(`no answer within ${options.timeoutMs} ms`), options.timeoutMs);
    const abort = (): void => stop("the wait was ended by this process");
    const settle = (result: Exchange): void => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", abort);
      resolve(result);
    };
    const fail = (error: NodeJS.ErrnoException | null): void => {
      if (answered) return; // the end of the body says how it ended
      const code = error?.code ?? "connection closed";
      if (stopped !== null) settle({ kind: "unanswered", sent, cause: "timeout", detail: stopped });
      else settle({ kind: "unanswered", sent, cause: code.startsWith("HPE_") ? "protocol" : "connection", detail: code });
    };

    if (options.signal.aborted) return settle({ kind: "unanswered", sent, cause: "timeout", detail: "the wait was ended by this process" });
    setMaxListeners(0, options.signal); // one signal ends all waiting when the process stops: many listeners are no leak
    options.signal.addEventListener("abort", abort, { once: true });

    request = (secure ? https : http).request(options.url, { method: options.method, headers: options.headers, agent: options.agent });
    request.on("socket", (socket) => {
      if (!socket.connecting) sent = true;
      else socket.once(secure ? "secureConnect" : "connect", () => (sent = true));
    });
    request.on("error", fail);
    request.on("close", () => fail(null));
    request.on("response", (response) => {
      answered = true;
      readBody(response, options.bodyBytesMax, (body) => {
        settle({ kind: "answered", status: response.statusCode ?? 0, body: stopped === null ? body : { unreadable: stopped } });
      });
    });
    request.end(options.body);
  });
}

function readBody(response: http.IncomingMessage, bytesMax: number, done: (body: AnswerBody) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= bytesMax) chunks.push(chunk);
    else {
      done({ unreadable: `longer than ${bytesMax} bytes` });
      response.destroy();
    }
  });
  response.on("end", () => done(response.complete ? decode(Buffer.concat(chunks)) : { unreadable: "truncated" }));
  response.on("error", () => done({ unreadable: "truncated" }));
  response.on("close", () => done({ unreadable: "truncated" }));
}

function decode(bytes: Buffer): AnswerBody {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { unreadable: "not UTF-8" };
  }
}
