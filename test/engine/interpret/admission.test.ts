import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admit, lockName, type AdmissionCandidate, type AdmissionUsage, type TargetUsage } from "../../../engine/interpret/admit.ts";
import type { FlowGate } from "../../../engine/flow/flow-gate.ts";
import { deepFreeze } from "../../support/deep-freeze.ts";

function candidate(taskId: string, more: Partial<AdmissionCandidate> = {}): AdmissionCandidate {
  return { orderId: "O1", taskId, targetSystem: "net", limits: { concurrency: 100 }, locks: [], locked: false, priority: 0, depth: 0, ...more };
}

function usage(more: { readonly targets?: { readonly [key: string]: Partial<TargetUsage> }; readonly held?: { readonly [name: string]: string }; readonly global?: AdmissionUsage["global"] } = {}): AdmissionUsage {
  const targets = Object.entries(more.targets ?? {}).map(([key, use]) => [key, { dispatched: 0, outstanding: 0, tokens: Infinity, ...use }] as const);
  return { now: "2026-11-02T10:00:00.000Z", global: more.global ?? { dispatched: 0, limit: 1_000 }, targets: new Map(targets), heldLocks: new Map(Object.entries(more.held ?? {})) };
}

function admitted(candidates: readonly AdmissionCandidate[], use: AdmissionUsage = usage()): string[] {
  return admit(deepFreeze(candidates), use).filter((decision) => decision.admitted).map(({ taskId }) => taskId);
}

function reasons(candidates: readonly AdmissionCandidate[], use: AdmissionUsage = usage()) {
  return Object.fromEntries(admit(candidates, use).map((decision) => [decision.taskId, decision.admitted ? "goes" : `${decision.reason} ${decision.resource}`]));
}

describe("D1 the order of admission", () => {
  it("is priority DESC, depth ASC, task id ASC by code unit", () => {
    const mixed = [candidate("b"), candidate("B"), candidate("a", { depth: 1 }), candidate("z", { priority: 5, depth: 9 })];
    expect(admitted(mixed)).toEqual(["z", "B", "b", "a"]);
  });
});

describe("D3 limits", () => {
  it("concurrency of the target: as many as places are free, counting what is out", () => {
    const limits = { concurrency: 2 };
    expect(reasons([candidate("a", { limits }), candidate("b", { limits }), candidate("c", { limits, targetSystem: "other" })], usage({ targets: { net: { dispatched: 1 } } })))
      .toEqual({ a: "goes", b: "target-concurrency target:net", c: "goes" });
  });

  it("outstanding work of the target counts what waits for an answer, too; a repeat takes no new place", () => {
    const limits = { concurrency: 9, outstanding: 3 };
    expect(reasons([candidate("a", { limits }), candidate("again", { limits, locked: true })], usage({ targets: { net: { outstanding: 3 } } })))
      .toEqual({ a: "target-outstanding target:net", again: "goes" });
  });

  it("rate of the target: as many as the bucket holds", () => {
    const limits = { concurrency: 9, ratePerSecond: 2 };
    const three = ["a", "b", "c"].map((id) => candidate(id, { limits }));
    expect(reasons(three, usage({ targets: { net: { tokens: 1.9 } } }))).toEqual({ a: "goes", b: "target-rate rate:net", c: "target-rate rate:net" });
    expect(admitted(three)).toEqual(["a", "b"]);
  });

  it("the global limit, over all targets; people's and internal work take no place", () => {
    const use = usage({ global: { dispatched: 3, limit: 4 } });
    expect(reasons([candidate("a"), candidate("b", { targetSystem: "other" }), candidate("person", { targetSystem: null, limits: null })], use))
      .toEqual({ a: "goes", b: "global-concurrency global", person: "goes" });
  });

  it("work of a held item waits for its item and takes no place from others", () => {
    const limits = { concurrency: 1 };
    expect(reasons([candidate("a", { limits, held: true }), candidate("b", { limits })])).toEqual({ a: "held held:O1", b: "goes" });
  });
});

describe("D6 critical work", () => {
  const limits = { concurrency: 10 };

  it("goes before all other and may use the reserve, which other work leaves free", () => {
    const use = usage({ targets: { net: { dispatched: 8 } } });
    expect(reasons([candidate("a", { limits, priority: 0 }), candidate("b", { limits }), candidate("undo", { limits, depth: 9, critical: true })], use))
      .toEqual({ undo: "goes", a: "target-concurrency target:net", b: "target-concurrency target:net" });
    expect(reasons([candidate("a", { limits }), candidate("b", { limits })], use)).toEqual({ a: "goes", b: "target-concurrency target:net" });
    expect(reasons([candidate("undo", { limits, critical: true })], usage({ targets: { net: { dispatched: 10 } } }))).toEqual({ undo: "target-concurrency target:net" });
  });

  it("has a reserve of outstanding commands and of all commands in flight, too", () => {
    const outstanding = { concurrency: 99, outstanding: 10 };
    const use = usage({ targets: { net: { outstanding: 9 } } });
    expect(reasons([candidate("a", { limits: outstanding }), candidate("undo", { limits: outstanding, critical: true })], use)).toEqual({ undo: "goes", a: "target-outstanding target:net" });
    const global = usage({ global: { dispatched: 18, limit: 20 } });
    expect(reasons([candidate("a"), candidate("undo", { critical: true })], global)).toEqual({ undo: "goes", a: "global-concurrency global" });
  });
});

describe("F3 the gate of a target system", () => {
  const through = (flow: FlowGate, candidates: readonly AdmissionCandidate[], dispatched = 0) => reasons(candidates, usage({ targets: { net: { dispatched, flow } } }));

  it("lets nothing out while it is shut, not even critical work", () => {
    expect(through({ shut: "target-paused", narrow: null, retries: 9 }, [candidate("a"), candidate("undo", { critical: true }), candidate("c", { targetSystem: "other" })]))
      .toEqual({ a: "target-paused flow:net", undo: "target-paused flow:net", c: "goes" });
  });

  it("lets so many be in flight as the wave has room for", () => {
    expect(through({ shut: null, narrow: { inFlight: 2, reason: "ramp-up" }, retries: 9 }, [candidate("a"), candidate("b")], 1)).toEqual({ a: "goes", b: "ramp-up flow:net" });
  });

  it("lets out first attempts when the retries have used up theirs", () => {
    expect(through({ shut: null, narrow: null, retries: 1 }, [candidate("a", { retry: true }), candidate("b", { retry: true }), candidate("c")]))
      .toEqual({ a: "goes", b: "retry-budget retries:net", c: "goes" });
  });
});

describe("D4 locks", () => {
  const lock = (key: string, scope = "asset") => ({ scope, key });

  it("are taken all or none: a task that cannot have one takes no other", () => {
    expect(reasons([candidate("a", { locks: [lock("1"), lock("2")] }), candidate("b", { locks: [lock("1")] })], usage({ held: { "asset|2": "other" } })))
      .toEqual({ a: "locked lock:asset|2", b: "goes" });
  });

  it("the first in rank has it, the next waits for it by name", () => {
    expect(reasons([candidate("b", { locks: [lock("1")] }), candidate("a", { locks: [lock("1")] })])).toEqual({ a: "goes", b: "locked lock:asset|1" });
  });

  it("the same key in another scope is another lock", () => {
    expect(admitted([candidate("a", { locks: [lock("1")] }), candidate("b", { locks: [lock("1", "billing-account")] })])).toEqual(["a", "b"]);
  });

  it("a task that holds its locks already never waits for itself", () => {
    expect(admitted([candidate("a", { locked: true, locks: [lock("1")] })], usage({ held: { "asset|1": "a" } }))).toEqual(["a"]);
  });

  it("are asked in a fixed order, whatever order the definition lists them in", () => {
    const held = usage({ held: { "asset|1": "x", "asset|2": "x" } });
    for (const locks of [[lock("2"), lock("1")], [lock("1"), lock("2")]]) expect(reasons([candidate("a", { locks })], held)).toEqual({ a: "locked lock:asset|1" });
  });
});

describe("admission as algebra", () => {
  const candidates = fc.uniqueArray(
    fc.record({
      taskId: fc.string({ minLength: 1, maxLength: 3 }), orderId: fc.constantFrom("O1", "O2"), targetSystem: fc.constantFrom("x", "y"),
      locks: fc.uniqueArray(fc.record({ scope: fc.constantFrom("asset", "place"), key: fc.constantFrom("1", "2", "3") }), { selector: lockName, maxLength: 3 }),
      locked: fc.constant(false), priority: fc.integer({ min: 0, max: 2 }), depth: fc.integer({ min: 0, max: 3 }),
    }),
    { selector: ({ taskId }) => taskId, maxLength: 12 },
  );
  const limits = fc.record({ concurrency: fc.integer({ min: 1, max: 4 }), outstanding: fc.integer({ min: 1, max: 5 }), ratePerSecond: fc.integer({ min: 1, max: 5 }) });

  it("answers the same for any order of the candidates, and stays within every limit and lock", () => {
    fc.assert(
      fc.property(candidates, limits, fc.integer({ min: 0, max: 6 }), fc.infiniteStream(fc.nat()), (drawn, limit, global, shuffle) => {
        const all = drawn.map((each): AdmissionCandidate => ({ ...each, limits: limit }));
        const use = usage({ global: { dispatched: 0, limit: global } });
        const decisions = admit(all, use);
        const shuffled = all.map((each) => [shuffle.next().value, each] as const).sort(([a], [b]) => a - b).map(([, each]) => each);
        expect(admit(shuffled, use)).toEqual(decisions);
        const out = all.filter(({ taskId }) => decisions.some((decision) => decision.taskId === taskId && decision.admitted));
        expect(out.length).toBeLessThanOrEqual(global);
        for (const target of ["x", "y"]) expect(out.filter(({ targetSystem }) => targetSystem === target).length).toBeLessThanOrEqual(Math.min(limit.concurrency, limit.outstanding, limit.ratePerSecond));
        const names = out.flatMap(({ locks }) => locks.map(lockName));
        expect(new Set(names).size).toBe(names.length);
        for (const decision of decisions) if (!decision.admitted) expect(decision.resource).not.toBe("");
      }),
      { seed: 4242, numRuns: 300 },
    );
  });

  it("lets somebody go whenever there is room: nobody waits for a lock in a circle", () => {
    fc.assert(
      fc.property(candidates, (drawn) => {
        const all = drawn.map((each): AdmissionCandidate => ({ ...each, limits: { concurrency: 99 } }));
        fc.pre(all.length > 0);
        expect(admitted(all).length).toBeGreaterThan(0);
      }),
      { seed: 4243, numRuns: 300 },
    );
  });
});
