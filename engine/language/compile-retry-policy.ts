import { compileDuration } from "./compile-duration.ts";
import type { CompiledRetryPolicy } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import type { RetryPolicy } from "./kinds.ts";

/** Compiles a retry policy: its spans in milliseconds. Without a longest wait, the first one never grows beyond itself times the attempts. */
export function compileRetryPolicy(definition: RetryPolicy, report: Report): CompiledRetryPolicy {
  const { backoff } = definition;
  const initialDelayMs = backoff ? compileDuration(backoff.initialDelay, report, "/backoff/initialDelay") : 0;
  return {
    definition,
    maxElapsedMs: definition.maxElapsed === undefined ? null : compileDuration(definition.maxElapsed, report, "/maxElapsed"),
    initialDelayMs,
    maxDelayMs: backoff?.maxDelay === undefined ? Number.MAX_SAFE_INTEGER : compileDuration(backoff.maxDelay, report, "/backoff/maxDelay"),
  };
}
