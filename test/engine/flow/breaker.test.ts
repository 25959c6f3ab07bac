import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breakerPhase, breakerRoom, NEW_BREAKER, observeCall, type Breaker, type BreakerPolicy } from "../../../engine/flow/breaker.ts";
import { addMs } from "../../../engine/support/instant.ts";

const START = "2026-11-02T10:00:00.000Z";
const POLICY: BreakerPolicy = { failureRate: 0.5, minimumCalls: 4, windowMs: 10_000, openForMs: 5_000, probes: 2 };
const after = (ms: number) => addMs(START, ms);

/** Calls that take no time, one per entry, `gap` apart. */
function calls(breaker: Breaker, failures: readonly boolean[], fromMs = 0, gapMs = 100): Breaker {
  return failures.reduce((known, failed, index) => observeCall(known, POLICY, { sentAt: after(fromMs + index * gapMs), endedAt: after(fromMs + index * gapMs), failed }), breaker);
}

const F = true;
const OK = false;
const opened = () => calls(NEW_BREAKER, [F, F, F, F]);

describe("F3 the circuit breaker", () => {
  it("opens when enough calls of the window have failed, not before", () => {
    expect(calls(NEW_BREAKER, [F, F, F]).state).toBe("CLOSED");
    expect(calls(NEW_BREAKER, [F, OK, OK, OK, F]).state).toBe("CLOSED");
    expect(calls(NEW_BREAKER, [OK, OK, F, F])).toEqual({ state: "OPEN", since: after(300), until: after(5_300) });
  });

  it("forgets what lies outside its window", () => {
    const old = calls(NEW_BREAKER, [F, F, F]);
    expect(calls(old, [F], 60_000).state).toBe("CLOSED");
  });

  it("lets nothing out while it is open, then its probes and no more", () => {
    const breaker = opened();
    expect([breakerPhase(breaker, after(5_299)), breakerRoom(breaker, POLICY, after(5_299))]).toEqual(["OPEN", 0]);
    expect([breakerPhase(breaker, after(5_300)), breakerRoom(breaker, POLICY, after(9_999))]).toEqual(["HALF_OPEN", 2]);
  });

  it("closes with one probe that succeeds and opens anew with one that fails", () => {
    const at = { sentAt: after(6_000), endedAt: after(6_100) };
    expect(observeCall(opened(), POLICY, { ...at, failed: OK })).toEqual({ state: "CLOSED", since: after(6_100), window: [] });
    expect(observeCall(opened(), POLICY, { ...at, failed: F })).toEqual({ state: "OPEN", since: after(6_100), until: after(11_100) });
  });

  it("does not listen to stragglers: each phase hears only the calls sent in it", () => {
    const open = opened();
    expect(observeCall(open, POLICY, { sentAt: after(0), endedAt: after(5_500), failed: OK })).toBe(open);
    expect(observeCall(open, POLICY, { sentAt: after(0), endedAt: after(5_500), failed: F })).toBe(open);
    const closed = observeCall(open, POLICY, { sentAt: after(5_300), endedAt: after(5_400), failed: OK });
    expect(observeCall(closed, POLICY, { sentAt: after(5_300), endedAt: after(9_000), failed: F })).toBe(closed);
  });

  it("wastes no call on a system that looks dead: only as many may be in flight as are missing to be sure", () => {
    expect(breakerRoom(NEW_BREAKER, POLICY, START)).toBe(Infinity);
    expect(breakerRoom(calls(NEW_BREAKER, [F]), POLICY, after(100))).toBe(3);
    expect(breakerRoom(calls(NEW_BREAKER, [F, OK, OK]), POLICY, after(300))).toBe(Infinity);
  });

  it("is plain data: it survives being written down", () => {
    for (const breaker of [NEW_BREAKER, calls(NEW_BREAKER, [F, OK]), opened()]) expect(JSON.parse(JSON.stringify(breaker))).toEqual(breaker);
  });
});

describe("the breaker as a machine", () => {
  const step = fc.record({ waitMs: fc.integer({ min: 0, max: 4_000 }), sends: fc.integer({ min: 0, max: 6 }), ends: fc.integer({ min: 0, max: 6 }), failed: fc.boolean(), pick: fc.nat() });
  const policies = fc.record({
    failureRate: fc.constantFrom(0.1, 0.5, 1), minimumCalls: fc.integer({ min: 1, max: 8 }), windowMs: fc.constantFrom(1, 1_000, 10_000), openForMs: fc.constantFrom(1, 2_000, 8_000), probes: fc.integer({ min: 1, max: 3 }),
  });

  it("never lets more out than its probes while it is not closed, and always lets somebody try again", () => {
    fc.assert(
      fc.property(policies, fc.array(step, { maxLength: 60 }), (policy, steps) => {
        let breaker: Breaker = NEW_BREAKER;
        let atMs = 0;
        const inFlight: { sentAt: string; phase: string }[] = [];
        for (const { waitMs, sends, ends, failed, pick } of steps) {
          atMs += waitMs;
          const at = after(atMs);
          for (let count = 0; count < ends && inFlight.length > 0; count++) {
            const [call] = inFlight.splice(pick % inFlight.length, 1);
            if (call) breaker = observeCall(breaker, policy, { sentAt: call.sentAt, endedAt: at, failed });
          }
          const phase = breakerPhase(breaker, at);
          const before = inFlight.length;
          for (let count = 0; count < sends && inFlight.length < breakerRoom(breaker, policy, at); count++) inFlight.push({ sentAt: at, phase });
          const sent = inFlight.length - before;
          if (phase === "OPEN") expect(sent).toBe(0);
          if (phase === "HALF_OPEN" && sent > 0) expect(inFlight.length).toBeLessThanOrEqual(policy.probes);
          if (phase !== "OPEN" && before === 0 && sends > 0) expect(sent).toBeGreaterThan(0);
          breaker = JSON.parse(JSON.stringify(breaker)) as Breaker;
        }
      }),
      { seed: 3503, numRuns: 500 },
    );
  });
});
