import type { ServerResponse } from "node:http";
import type { JsonObject } from "../../engine/support/json.ts";

/** How a request ends on the wire. */
export type Answer =
  | { readonly kind: "json"; readonly status: number; readonly body: JsonObject; readonly headers?: { readonly [name: string]: string } }
  | { readonly kind: "text"; readonly status: number; readonly text: string }
  /** Never answered: the connection stays open until the caller gives up. */
  | { readonly kind: "hold" }
  /** The connection is reset. */
  | { readonly kind: "reset" };

/** Longest time a held connection stays open. */
export const HOLD_MS_MAX = 120_000;

/** Puts an answer on the wire. */
export function giveAnswer(response: ServerResponse, answer: Answer): void {
  switch (answer.kind) {
    case "json":
      write(response, answer.status, JSON.stringify(answer.body), answer.headers);
      return;
    case "text":
      write(response, answer.status, answer.text);
      return;
    case "hold": {
      const timer = setTimeout(() => response.destroy(), HOLD_MS_MAX);
      response.on("close", () => clearTimeout(timer));
      return;
    }
    case "reset":
      response.socket?.resetAndDestroy();
  }
}

function write(response: ServerResponse, status: number, text: string, headers: { readonly [name: string]: string } = {}): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text), ...headers });
  response.end(text);
}
