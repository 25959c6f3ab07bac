import { compileDuration } from "./compile-duration.ts";
import type { CompiledRetryPolicy } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import { LIMITS } from "./limits.ts";
import type { RetryPolicy } from "./kinds.ts";

/** Compiles a retry policy: its spans in milliseconds. A policy that names no longest wait has `LIMITS.longestWaitMs`. */
export function compileRetryPolicy(definition: RetryPolicy, report: Report): CompiledRetryPolicy {
  const { backoff } = definition;
  const initialDelayMs = backoff ? compileDuration(backoff.initialDelay, report, "/backoff/initialDelay") : 0;
  return {
    definition,
    maxElapsedMs: definition.maxElapsed === undefined ? null : compileDuration(definition.maxElapsed, report, "/maxElapsed"),
    initialDelayMs,
    maxDelayMs: backoff?.maxDelay === undefined ? LIMITS.longestWaitMs : compileDuration(backoff.maxDelay, report, "/backoff/maxDelay"),
  };
}
