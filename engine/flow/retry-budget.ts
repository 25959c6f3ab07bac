import type { Instant } from "../language/kinds.ts";
import { callsWithin, countCalls, type CallWindow } from "./call-window.ts";

/** How many of the sends to a target system may be repetitions, so that retries never become a storm. */
export interface RetryBudgetPolicy {
  /** Share of the first attempts of the window. */
  readonly share: number;
  /** Retries that are allowed however few first attempts there are. */
  readonly minimum: number;
  readonly windowMs: number;
}

/** The window after one more send: `total` counts first attempts, `marked` retries. */
export function countAttempt(window: CallWindow, policy: RetryBudgetPolicy, at: Instant, retry: boolean): CallWindow {
  return countCalls(window, policy.windowMs, Date.parse(at), retry ? { total: 0, marked: 1 } : { total: 1, marked: 0 });
}

/** Retries that may still go out at this moment. */
export function retriesLeft(window: CallWindow, policy: RetryBudgetPolicy, at: Instant): number {
  const { total, marked } = callsWithin(window, policy.windowMs, Date.parse(at));
  return Math.max(0, Math.floor(total * policy.share) + policy.minimum - marked);
}
