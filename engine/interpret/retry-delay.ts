import type { CompiledRetryPolicy } from "../language/compiled-release.ts";
import { hashFraction } from "../support/hash.ts";

/**
 * Milliseconds to wait before attempt `attempt + 1` (F2). Jitter spreads the delay evenly over
 * `[1 - jitter, 1 + jitter]` by a hash of `seed`, so that the same order always waits equally long and a thousand orders
 * do not come back in the same second.
 */
export function retryDelayMs(policy: CompiledRetryPolicy, attempt: number, seed: string): number {
  const { backoff } = policy.definition;
  if (!backoff) return 0;
  const grown =
    backoff.strategy === "FIXED" ? policy.initialDelayMs
    : backoff.strategy === "LINEAR" ? policy.initialDelayMs * attempt
    : policy.initialDelayMs * (backoff.factor ?? 2) ** (attempt - 1);
  const capped = Math.min(grown, policy.maxDelayMs);
  const jitter = backoff.jitter ?? 0;
  return jitter === 0 ? Math.round(capped) : Math.round(capped * (1 - jitter + 2 * jitter * hashFraction(`${seed}/${attempt}`)));
}
