import { addMs } from "../../engine/support/instant.ts";
import { SERVER_LIMITS } from "../limits.ts";

/** Until when the answer to a request that ended at `at` is kept for repeats. */
export function expiryOf(at: string): string {
  return addMs(at, SERVER_LIMITS.idempotencyKeepMs);
}

/** Until when a request that began at `at` may run before a repeat takes it over. */
export function runningUntil(at: string): string {
  return addMs(at, SERVER_LIMITS.idempotencyRunningMs);
}
