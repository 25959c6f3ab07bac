import { describe, expect, it } from "vitest";
import { callFailed } from "../../../engine/flow/call-outcome.ts";
import { callsWithin, countCalls, SLICES_PER_WINDOW, type CallWindow } from "../../../engine/flow/call-window.ts";
import { flowGate, NEW_FLOW, NO_CONTROL, OPEN_GATE, type FlowState } from "../../../engine/flow/flow-gate.ts";
import { rampRoom } from "../../../engine/flow/ramp.ts";
import { reserveOf } from "../../../engine/flow/reserve.ts";
import { countAttempt, retriesLeft } from "../../../engine/flow/retry-budget.ts";
import type { TaskReport } from "../../../engine/order/inputs.ts";
import { addMs } from "../../../engine/support/instant.ts";

const START = "2026-11-02T10:00:00.000Z";
const breaker = { failureRate: 0.5, minimumCalls: 2, windowMs: 10_000, openForMs: 5_000, probes: 1 };
const after = (ms: number) => addMs(START, ms);

describe("the gate of a target system", () => {
  it("is open when nothing is known against it", () => {
    expect(flowGate(NEW_FLOW, NO_CONTROL, {}, START)).toEqual(OPEN_GATE);
    expect(flowGate(NEW_FLOW, NO_CONTROL, { breaker }, START)).toEqual(OPEN_GATE);
  });

  it("is shut by people before all else, and by its breaker", () => {
    const open: FlowState = { ...NEW_FLOW, breaker: { state: "OPEN", since: START, until: after(5_000) } };
    const paused = { paused: { by: "ann", reason: "upgrade", at: START }, resumedAt: null };
    expect(flowGate(open, paused, { breaker }, START).shut).toBe("target-paused");
    expect(flowGate(open, NO_CONTROL, { breaker }, START).shut).toBe("breaker-open");
    expect(flowGate(open, NO_CONTROL, { breaker }, after(5_000))).toMatchObject({ shut: null, narrow: { inFlight: 1, reason: "breaker-probing" } });
    expect(flowGate(open, NO_CONTROL, {}, START).shut).toBe(null);
  });

  it("widens in waves after it was closed or resumed, whichever was last", () => {
    const closed: FlowState = { ...NEW_FLOW, breaker: { state: "CLOSED", since: START, window: [] } };
    const at = (ms: number, resumedAt: string | null = null) => flowGate(closed, { paused: null, resumedAt }, { breaker }, after(ms)).narrow;
    expect([0, 999, 1_000, 2_500, 3_000].map((ms) => at(ms)?.inFlight)).toEqual([1, 1, 2, 4, 8]);
    expect(at(2_500, after(2_000))).toEqual({ inFlight: 1, reason: "ramp-up" });
    expect(at(60_000)).toBe(null);
  });
});

describe("a ramp", () => {
  it("doubles every second and ends", () => {
    expect([null, START].map((start) => rampRoom(start, START))).toEqual([Infinity, 1]);
    expect(rampRoom(START, after(10_000))).toBe(1_024);
    expect(rampRoom(START, after(20_000))).toBe(Infinity);
    expect(rampRoom(after(500), START)).toBe(1);
  });
});

describe("a retry budget", () => {
  it("is a share of the first attempts of the window and a minimum", () => {
    const policy = { share: 0.1, minimum: 2, windowMs: 10_000 };
    let window: CallWindow = [];
    expect(retriesLeft(window, policy, START)).toBe(2);
    for (let count = 0; count < 30; count++) window = countAttempt(window, policy, START, false);
    expect(retriesLeft(window, policy, START)).toBe(5);
    for (let count = 0; count < 6; count++) window = countAttempt(window, policy, START, true);
    expect(retriesLeft(window, policy, START)).toBe(0);
    expect(retriesLeft(window, policy, after(10_000))).toBe(2);
  });
});

describe("a window", () => {
  it("stays small and counts what lies in its span, also when a clock goes back", () => {
    let window: CallWindow = [];
    for (let ms = 0; ms < 100_000; ms += 10) window = countCalls(window, 10_000, ms, { total: 1, marked: 0 });
    expect(window.length).toBeLessThanOrEqual(SLICES_PER_WINDOW + 1);
    expect(callsWithin(window, 10_000, 100_000).total).toBeGreaterThanOrEqual(900);
    const back = countCalls(window, 10_000, 50_000, { total: 1, marked: 1 });
    expect(callsWithin(back, 10_000, 100_000).marked).toBe(1);
  });
});

describe("what a delivery says about the system", () => {
  const failed = (code: string, httpStatus: number | null): TaskReport => ({ status: "failed", failure: { code, message: "", httpStatus, effect: "NONE" } });

  it.each([
    ["an answer", { status: "succeeded", result: null }, null, false],
    ["accepted for later", { status: "accepted" }, null, false],
    ["not found", { status: "notFound" }, null, false],
    ["a question nobody answered", { status: "unanswered", reason: "timeout" }, null, true],
    ["503", failed("BUSY", 503), "TRANSIENT", true],
    ["500 of unknown class", failed("HTTP_500", 500), "UNKNOWN", true],
    ["no connection", failed("CONNECTION_REFUSED", null), null, true],
    ["429", failed("HTTP_429", 429), null, true],
    ["a refusal of the business", failed("ADDRESS_UNKNOWN", 422), "SEMANTIC", false],
    ["a refusal nobody has classified", failed("NOPE", 400), "UNKNOWN", false],
    ["a refusal the table calls transient", failed("LOCKED", 423), "TRANSIENT", true],
  ] as const)("%s", (_name, report, failureClass, expected) => {
    expect(callFailed(report, failureClass)).toBe(expected);
  });
});

describe("the reserve", () => {
  it("is a tenth, at least one, and nothing of a small limit", () => {
    expect([1, 4, 5, 19, 20, 1_000].map(reserveOf)).toEqual([0, 0, 1, 1, 2, 100]);
  });
});
