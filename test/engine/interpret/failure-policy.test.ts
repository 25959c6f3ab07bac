import { describe, expect, it } from "vitest";
import type { FailureClass } from "../../../engine/language/kinds.ts";
import { given } from "../../support/given.ts";
import { after, releaseOf, task } from "../../support/release-of.ts";

const release = releaseOf({ DEMO: { tasks: [task("keyed"), task("asked", "asked-work"), task("blind", "blind-work"), task("question", "question")] } });
type System = "keyed" | "asked" | "blind" | "question";
const SYSTEMS: readonly System[] = ["keyed", "asked", "blind", "question"];

async function failed(system: System, code: string, effect: "NONE" | "POSSIBLE" | "PARTIAL") {
  const scene = await given(release);
  await scene.admit(system);
  return scene.fail(system, code, effect);
}

/** F1: what each class of failure leads to, when the system says that nothing happened. `blind` has a policy without retries. */
const DEFINITE: { readonly [name in FailureClass]: { readonly [system in System]: string } } = {
  TRANSIENT: { keyed: "RETRY_SCHEDULED", asked: "RETRY_SCHEDULED", blind: "AWAITING_MANUAL_ACTION", question: "RETRY_SCHEDULED" },
  PERMANENT: { keyed: "AWAITING_MANUAL_ACTION", asked: "AWAITING_MANUAL_ACTION", blind: "AWAITING_MANUAL_ACTION", question: "AWAITING_MANUAL_ACTION" },
  SEMANTIC: { keyed: "AWAITING_MANUAL_ACTION", asked: "AWAITING_MANUAL_ACTION", blind: "AWAITING_MANUAL_ACTION", question: "AWAITING_MANUAL_ACTION" },
  POLICY: { keyed: "AWAITING_MANUAL_ACTION", asked: "AWAITING_MANUAL_ACTION", blind: "AWAITING_MANUAL_ACTION", question: "AWAITING_MANUAL_ACTION" },
  UNKNOWN: { keyed: "OUTCOME_UNKNOWN", asked: "OUTCOME_UNKNOWN", blind: "OUTCOME_UNKNOWN", question: "AWAITING_MANUAL_ACTION" },
  PARTIAL: { keyed: "AWAITING_MANUAL_ACTION", asked: "AWAITING_MANUAL_ACTION", blind: "AWAITING_MANUAL_ACTION", question: "AWAITING_MANUAL_ACTION" },
  STALE: { keyed: "AWAITING_MANUAL_ACTION", asked: "AWAITING_MANUAL_ACTION", blind: "AWAITING_MANUAL_ACTION", question: "AWAITING_MANUAL_ACTION" },
  DUPLICATE: { keyed: "OUTCOME_UNKNOWN", asked: "OUTCOME_UNKNOWN", blind: "OUTCOME_UNKNOWN", question: "AWAITING_MANUAL_ACTION" },
};

describe("F1 the class of a failure decides what follows", () => {
  const rows = Object.entries(DEFINITE).flatMap(([name, states]) => SYSTEMS.map((system) => [name, system, states[system]] as const));
  it.each(rows)("%s from %s: %s", async (name, system, state) => {
    const scene = await failed(system, name, "NONE");
    expect(scene.task(system)).toMatchObject({ state, lastFailure: { class: name, rule: `failures/${name.toLowerCase()}` } });
    if (state === "AWAITING_MANUAL_ACTION") expect(scene.openCases()).toMatchObject([{ reasonCode: name, blocking: true, queue: name === "UNKNOWN" ? "unknowns" : "support" }]);
  });

  it.each(SYSTEMS.filter((system) => system !== "question"))("E4 a command to %s whose effect is possible is unknown, whatever its class", async (system) => {
    for (const name of ["TRANSIENT", "SEMANTIC", "UNKNOWN"]) expect((await failed(system, name, "POSSIBLE")).task(system).state).toBe("OUTCOME_UNKNOWN");
  });

  it("a lost answer to a question is no unknown outcome: a question has no effect", async () => {
    const scene = await failed("question", "TRANSIENT", "POSSIBLE");
    expect(scene.task("question").state).toBe("RETRY_SCHEDULED");
  });

  it.each(SYSTEMS.filter((system) => system !== "question"))("a partial effect at %s is never repeated: a person decides", async (system) => {
    const scene = await failed(system, "TRANSIENT", "PARTIAL");
    expect(scene.task(system)).toMatchObject({ state: "AWAITING_MANUAL_ACTION", effect: "PARTIAL" });
  });
});

describe("E4 an unknown outcome: what the other side can do decides what we do", () => {
  it("neither: nothing is ever sent again, a person finds out at once, the task stays unknown", async () => {
    const scene = await failed("blind", "TIMEOUT", "POSSIBLE");
    expect(scene.openCases()).toMatchObject([{ queue: "unknowns", manualTask: "find-out", taskId: scene.task("blind").id }]);
    await scene.pass("P30D");
    expect(scene.task("blind")).toMatchObject({ state: "OUTCOME_UNKNOWN", resend: false });
    expect(scene.sent("blind")).toHaveLength(1);
    expect(scene.asked("blind")).toBe(0);
    expect(scene.openCases()).toHaveLength(1);
  });

  it("neither: a claim that the command is not known proves nothing", async () => {
    const scene = await failed("blind", "TIMEOUT", "POSSIBLE");
    await scene.report("blind", { status: "notFound" }, { via: "callback" });
    expect(scene.task("blind").state).toBe("OUTCOME_UNKNOWN");
    expect(scene.ready()).not.toContain("1/blind");
  });

  it("idempotent-key: the same command with the same key, up to the attempts of the policy, then a case; it stays unknown", async () => {
    const scene = await failed("keyed", "TIMEOUT", "POSSIBLE");
    for (const attempt of [2, 3]) {
      await scene.pass("PT10S");
      expect(scene.task("keyed")).toMatchObject({ state: "OUTCOME_UNKNOWN", resend: true });
      await scene.admit("keyed");
      expect(scene.task("keyed")).toMatchObject({ state: "DISPATCHED", attempts: attempt });
      await scene.fail("keyed", "TIMEOUT", "POSSIBLE");
    }
    expect(scene.openCases()).toMatchObject([{ queue: "unknowns" }]);
    await scene.pass("PT9M");
    expect(scene.task("keyed")).toMatchObject({ state: "OUTCOME_UNKNOWN", resend: false, attempts: 3 });
    const sent = scene.sent("keyed");
    expect(sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(new Set(sent.map(({ idempotencyKey, request }) => `${idempotencyKey}${JSON.stringify(request)}`)).size).toBe(1);
    expect(new Set(sent.map(({ commandId }) => commandId)).size).toBe(3);
  });

  it("queryable: it is asked, never sent again before its settle window has passed", async () => {
    const scene = await failed("asked", "TIMEOUT", "POSSIBLE");
    expect(scene.timer("asked", "query")).toBeDefined();
    await scene.pass("PT5S");
    await scene.report("asked", { status: "notFound" }, { via: "query" });
    expect(scene.task("asked").state).toBe("OUTCOME_UNKNOWN");
    expect(scene.timer("asked", "query")).toBe("2026-11-02T10:00:10.000Z");
    await scene.pass("PT5S");
    expect(scene.asked("asked")).toBe(1);
    await scene.report("asked", { status: "notFound" }, { via: "query" });
    expect(scene.task("asked")).toMatchObject({ state: "RETRY_SCHEDULED", effect: "NONE" });
    await scene.pass("PT10S");
    await scene.admit("asked");
    expect(new Set(scene.sent("asked").map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(scene.sent("asked")).toHaveLength(2);
  });

  it("queryable: found means done; nothing is sent again", async () => {
    const scene = await failed("asked", "TIMEOUT", "POSSIBLE");
    await scene.pass("PT10S");
    await scene.succeed("asked", { reference: "found" }, { via: "query" });
    expect(scene.events().map(({ type }) => type)).toEqual(["TaskReconciled", "TaskSucceeded"]);
    expect(scene.sent("asked")).toHaveLength(1);
  });

  it("queryable: still at work means accepted; a definite failure is a failure", async () => {
    const scene = await failed("asked", "TIMEOUT", "POSSIBLE");
    await scene.report("asked", { status: "inProgress" }, { via: "query" });
    expect(scene.task("asked").state).toBe("WAITING");
    await scene.pass("PT1M");
    await scene.fail("asked", "SEMANTIC", "NONE", { via: "query" });
    expect(scene.task("asked")).toMatchObject({ state: "AWAITING_MANUAL_ACTION", effect: "NONE" });
  });

  it("queryable: a question that got no answer is asked again", async () => {
    const scene = await failed("asked", "TIMEOUT", "POSSIBLE");
    await scene.pass("PT10S");
    await scene.report("asked", { status: "unanswered", reason: "down" }, { via: "query" });
    scene.thenEvents({ type: "TaskQueryScheduled", reason: "down" });
    await scene.pass("PT10S");
    expect(scene.asked("asked")).toBe(2);
  });
});

describe("F2 retries", () => {
  const policy = (backoff: object, more: object = {}) => ({ kind: "retry-policy", key: "thrice", maxAttempts: 5, backoff, retryOn: { classes: ["TRANSIENT"], codes: ["ODD"] }, neverOn: { codes: ["NEVER"] }, reconcileFirst: true, onExhausted: "FALLOUT", ...more }) as never;
  const one = { DEMO: { tasks: [task("a")] } };

  async function delays(backoff: object, more: object = {}, times = 4): Promise<number[]> {
    const scene = await given(releaseOf(one, policy(backoff, more)));
    const waits: number[] = [];
    for (let attempt = 1; attempt <= times; attempt += 1) {
      await scene.admit("a");
      await scene.fail("a", "TRANSIENT");
      const due = scene.timer("a", "retry");
      if (due === undefined) break;
      waits.push((Date.parse(due) - Date.parse(scene.at)) / 1000);
      await scene.pass("PT2H");
    }
    return waits;
  }

  it("wait equally long, longer by steps, or twice as long each time, up to the longest wait", async () => {
    expect(await delays({ strategy: "FIXED", initialDelay: "PT10S", maxDelay: "PT1M" })).toEqual([10, 10, 10, 10]);
    expect(await delays({ strategy: "LINEAR", initialDelay: "PT10S", maxDelay: "PT35S" })).toEqual([10, 20, 30, 35]);
    expect(await delays({ strategy: "EXPONENTIAL", initialDelay: "PT10S", factor: 3, maxDelay: "PT2M" })).toEqual([10, 30, 90, 120]);
  });

  it("spread by jitter around the delay, the same for the same order every time", async () => {
    const backoff = { strategy: "FIXED", initialDelay: "PT100S", maxDelay: "PT100S", jitter: 0.2 };
    const waits = await delays(backoff);
    for (const wait of waits) expect(wait >= 80 && wait <= 120).toBe(true);
    expect(new Set(waits).size).toBeGreaterThan(1);
    expect(await delays(backoff)).toEqual(waits);
  });

  it("end with the attempts: a case and a person", async () => {
    const scene = await given(release);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await scene.admit("keyed");
      await scene.fail("keyed", "TRANSIENT");
      await scene.pass("PT10S");
    }
    expect(scene.task("keyed")).toMatchObject({ state: "AWAITING_MANUAL_ACTION", attempts: 3 });
    expect(scene.openCases()).toHaveLength(1);
  });

  it("end with the time: an attempt that would come too late is not made", async () => {
    expect(await delays({ strategy: "EXPONENTIAL", initialDelay: "PT10M", maxDelay: "PT10H" }, { maxElapsed: "PT1H" })).toEqual([600]);
  });

  it("end for good where the policy says so: the task fails, the item fails", async () => {
    const scene = await given(releaseOf(one, policy({ strategy: "FIXED", initialDelay: "PT10S" }, { maxAttempts: 1, onExhausted: "FAIL_FINAL" })));
    await scene.admit("a");
    await scene.fail("a", "TRANSIENT");
    expect(scene.states("a")).toEqual(["FAILED_FINAL"]);
    expect(scene.order.state).toBe("FAILED");
  });

  it("tell someone after so many attempts and go on; the case closes with the success", async () => {
    const scene = await given(releaseOf(one, policy({ strategy: "FIXED", initialDelay: "PT10S" }, { escalateAfterAttempts: 2 })));
    for (const open of [0, 1, 1]) {
      await scene.admit("a");
      await scene.fail("a", "TRANSIENT");
      expect(scene.openCases()).toHaveLength(open);
      expect(scene.states("a")).toEqual(["RETRY_SCHEDULED"]);
      await scene.pass("PT10S");
    }
    await scene.run("a");
    expect(scene.openCases()).toEqual([]);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("a code may be retried, or never, whatever its class", async () => {
    const fixed = policy({ strategy: "FIXED", initialDelay: "PT10S" }, { retryOn: { classes: ["TRANSIENT", "SEMANTIC"], codes: ["PERMANENT"] }, neverOn: { codes: ["NEVER"] } });
    for (const [code, state] of [["PERMANENT", "RETRY_SCHEDULED"], ["OTHER", "RETRY_SCHEDULED"], ["NEVER", "AWAITING_MANUAL_ACTION"]] as const) {
      const scene = await given(releaseOf(one, fixed));
      await scene.admit("a");
      await scene.fail("a", code);
      expect(scene.states("a")).toEqual([state]);
    }
  });
});

describe("optional work", () => {
  it("that fails leaves a case and never blocks; what else the order needs goes on", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("extra", "keyed-work", { mandatory: false }, after("a"))] } }));
    await scene.run("a");
    expect(scene.order.state).toBe("COMPLETED");
    await scene.admit("extra");
    await scene.fail("extra", "SEMANTIC");
    expect(scene.states("extra")).toEqual(["FAILED_FINAL"]);
    expect(scene.openCases()).toMatchObject([{ blocking: false }]);
    expect(scene.order.plan?.state).toBe("COMPLETED");
  });
});
