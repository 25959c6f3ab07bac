import { canonicalJson } from "../../engine/support/canonical-json.ts";
import { sha256Hex } from "../../engine/support/hash.ts";
import type { Json } from "../../engine/support/json.ts";
import type { RequestIdentity } from "./idempotency-store.ts";

/** The identity of one request: `operation` names what is asked and of what, for example `task.retry ord-1/10/ship`. */
export function requestIdentity(operation: string, actorId: string, key: string, body: Json): RequestIdentity {
  return { scope: `${operation}|${actorId}`, key, hash: sha256Hex(canonicalJson([operation, body])) };
}
