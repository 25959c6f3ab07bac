import type { Request } from "express";
import { SERVER_LIMITS } from "../limits.ts";
import { problem } from "../problems/problem.ts";

const HEADER = "idempotency-key";
/** A String of structured fields (RFC 8941, 3.3.3): quoted printable ASCII, `"` and `\` escaped. */
const STRUCTURED_STRING = /^ *"((?:[\x20\x21\x23-\x5B\x5D-\x7E]|\\["\\])+)" *$/;

/** The key of the request, or null when none was sent. Throws `idempotency-key-invalid`. */
export function readIdempotencyKey(request: Request): string | null {
  const lines = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === HEADER).length;
  if (lines === 0) return null;
  const value = request.headers[HEADER];
  const quoted = lines === 1 && typeof value === "string" ? STRUCTURED_STRING.exec(value)?.[1] : undefined;
  const key = quoted?.replace(/\\(["\\])/g, "$1");
  if (key === undefined || key.length > SERVER_LIMITS.idempotencyKeyCharacters) throw problem("idempotency-key-invalid");
  return key;
}

/** As `readIdempotencyKey`, but the key must be there. */
export function requireIdempotencyKey(request: Request): string {
  const key = readIdempotencyKey(request);
  if (key === null) throw problem("idempotency-key-missing");
  return key;
}
