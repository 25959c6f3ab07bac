import type { Instant } from "../language/kinds.ts";
import { addMs } from "../support/instant.ts";
import { callsWithin, countCalls, type CallWindow } from "./call-window.ts";

/** When a target system is left alone, and how it is found out that it works again. */
export interface BreakerPolicy {
  /** Share of failed calls, above 0 up to 1, from which nothing more is sent. */
  readonly failureRate: number;
  /** Fewer calls than this in the window never open it. */
  readonly minimumCalls: number;
  readonly windowMs: number;
  readonly openForMs: number;
  /** Calls in flight while it is found out. */
  readonly probes: number;
}

/**
 * What is remembered of one target system. There is no third state to store: an OPEN breaker whose time is over is half
 * open, so that nothing has to happen at that moment and no process has to be there.
 */
export type Breaker =
  | { readonly state: "CLOSED"; /** When it closed again; null when it never was open. */ readonly since: Instant | null; readonly window: CallWindow }
  | { readonly state: "OPEN"; readonly since: Instant; readonly until: Instant };

export type BreakerPhase = "CLOSED" | "OPEN" | "HALF_OPEN";

/** A call that was answered, or was not. */
export interface FinishedCall {
  readonly sentAt: Instant;
  readonly endedAt: Instant;
  readonly failed: boolean;
}

export const NEW_BREAKER: Breaker = { state: "CLOSED", since: null, window: [] };

export function breakerPhase(breaker: Breaker, at: Instant): BreakerPhase {
  if (breaker.state === "CLOSED") return "CLOSED";
  return at < breaker.until ? "OPEN" : "HALF_OPEN";
}

/**
 * The breaker after one call. A phase listens only to calls sent in it: an answer speaks of the system as it was when it was
 * asked, so a straggler of the outage neither opens a breaker that has closed nor closes one that is open.
 */
export function observeCall(breaker: Breaker, policy: BreakerPolicy, { sentAt, endedAt, failed }: FinishedCall): Breaker {
  const opened: Breaker = { state: "OPEN", since: endedAt, until: addMs(endedAt, policy.openForMs) };
  if (breaker.state === "OPEN") {
    if (sentAt < breaker.until) return breaker;
    return failed ? opened : { state: "CLOSED", since: endedAt, window: [] };
  }
  if (breaker.since !== null && sentAt < breaker.since) return breaker;
  const atMs = Date.parse(endedAt);
  const window = countCalls(breaker.window, policy.windowMs, atMs, { total: 1, marked: failed ? 1 : 0 });
  const calls = callsWithin(window, policy.windowMs, atMs);
  if (failed && calls.total >= policy.minimumCalls && calls.marked / calls.total >= policy.failureRate) return opened;
  return { ...breaker, window };
}

/**
 * Calls that may be in flight. While the few calls known so far look like an outage, no more go out than are needed to be
 * sure: otherwise every call that happens to be in flight would be wasted on a dead system.
 */
export function breakerRoom(breaker: Breaker, policy: BreakerPolicy, at: Instant): number {
  switch (breakerPhase(breaker, at)) {
    case "OPEN":
      return 0;
    case "HALF_OPEN":
      return policy.probes;
    case "CLOSED": {
      const { total, marked } = callsWithin(breaker.state === "CLOSED" ? breaker.window : [], policy.windowMs, Date.parse(at));
      const suspicious = marked > 0 && total < policy.minimumCalls && marked / total >= policy.failureRate;
      return suspicious ? policy.minimumCalls - total : Infinity;
    }
  }
}
