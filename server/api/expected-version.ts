import type { Request } from "express";
import type { JsonObject } from "../../engine/support/json.ts";
import { problem } from "../problems/problem.ts";
import { refuse } from "./command-body.ts";

/** The `ETag` of an order: its version, so that a decision can be bound to what was read. */
export function versionTag(aggregateVersion: number): string {
  return `"${aggregateVersion}"`;
}

/**
 * The version of the order a caller decided on, or null when it does not matter: `If-Match: "<version>"`, or
 * `expectedVersion` in the body. Both may be sent when they agree.
 */
export function expectedVersion(request: Request, body: JsonObject): number | null {
  const fromBody = body["expectedVersion"] ?? null;
  if (fromBody !== null && !(Number.isSafeInteger(fromBody) && Number(fromBody) >= 1)) throw refuse("expectedVersion", "invalid-value", "Send the aggregateVersion you have read, a whole number from 1 on.");
  const header = request.headers["if-match"];
  if (header === undefined || header.trim() === "*") return fromBody as number | null;
  const fromHeader = /^"(\d{1,15})"$/.exec(header.trim())?.[1];
  // A tag of another form names a version we have never had.
  if (fromHeader === undefined || (fromBody !== null && Number(fromHeader) !== fromBody)) throw problem("version-conflict", "If-Match names no version of this order; read it again and send its ETag.");
  return Number(fromHeader);
}
