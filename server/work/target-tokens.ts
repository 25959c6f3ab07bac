import { msBetween } from "../../engine/support/instant.ts";
import type { StoredUsage } from "../store/admission-store.ts";

/** Sends a target system's rate limit allows now: a bucket that holds one second's worth and fills steadily. */
export function tokensAt(usage: StoredUsage | undefined, ratePerSecond: number, now: string): number {
  const capacity = Math.max(1, ratePerSecond);
  if (!usage || usage.tokens === null || usage.refilledAt === null) return capacity;
  const refilled = (Math.max(0, msBetween(usage.refilledAt, now)) / 1_000) * ratePerSecond;
  return Math.min(capacity, usage.tokens + refilled);
}
