import type { RetryPolicy } from "../../engine/language/kinds.ts";
import { parseDurationMs } from "../../engine/support/duration.ts";

/** What is drawn at most; a policy may allow more. */
const DRAWN_MAX = 50;

/** When a policy tries, in milliseconds after the first attempt, without jitter and without the time the attempts take. */
export function retrySchedule({ maxAttempts, backoff, maxElapsed }: RetryPolicy): readonly number[] {
  const initial = parseDurationMs(backoff?.initialDelay ?? "PT0S") ?? 0;
  const max = parseDurationMs(backoff?.maxDelay ?? "") ?? Infinity;
  const limit = parseDurationMs(maxElapsed ?? "") ?? Infinity;
  const attempts = [0];
  for (let number = 1; number < Math.min(maxAttempts, DRAWN_MAX); number += 1) {
    const grown = backoff?.strategy === "EXPONENTIAL" ? initial * (backoff.factor ?? 2) ** (number - 1) : backoff?.strategy === "LINEAR" ? initial * number : initial;
    const at = (attempts.at(-1) ?? 0) + Math.min(grown, max);
    if (at > limit) break;
    attempts.push(at);
  }
  return attempts;
}
