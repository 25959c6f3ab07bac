import { SERVER_LIMITS } from "../limits.ts";
import { problem } from "../problems/problem.ts";
import type { IdempotencyStore, RequestIdentity, StoredAnswer } from "./idempotency-store.ts";

/**
 * The stored answer to a repeat of a request; null when the request is new. Another request under the same key and a
 * request that is still running are refused.
 */
export async function findAnswer(store: IdempotencyStore, request: RequestIdentity, now: string): Promise<StoredAnswer | null> {
  const known = await store.find(request.scope, request.key, now);
  if (known === null) return null;
  if (known.hash !== request.hash) throw problem("idempotency-key-reused");
  if (known.state === "answered") return known.answer;
  throw stillRunning();
}

/** The refusal of a repeat that came before the first answer. */
export function stillRunning(): ReturnType<typeof problem> {
  return problem("request-in-progress", undefined, { headers: { "Retry-After": String(SERVER_LIMITS.retryAfterSeconds) } });
}
