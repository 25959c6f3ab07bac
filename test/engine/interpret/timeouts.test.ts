import { describe, expect, it } from "vitest";
import { given } from "../../support/given.ts";
import { releaseOf, task, type Sketch } from "../../support/release-of.ts";

function policy(key: string, ...steps: readonly object[]): Sketch {
  return { kind: "timeout-policy", key, steps } as unknown as Sketch;
}

async function dispatched(type: string, ...sketches: readonly Sketch[]) {
  const scene = await given(releaseOf({ DEMO: { tasks: [task("a", type)] } }, ...sketches));
  return scene.admit("a");
}

describe("A5 the five things a timeout may do", () => {
  it("MARK_OUTCOME_UNKNOWN: a timeout is never a failure, the outcome is unknown", async () => {
    const scene = await dispatched("asked-work");
    await scene.pass("PT1M");
    expect(scene.task("a")).toMatchObject({ state: "OUTCOME_UNKNOWN", lastFailure: null });
    expect(scene.past("TaskAttemptFailed")).toEqual([]);
  });

  it("QUERY_STATUS: the system is asked, as often as the policy says", async () => {
    const scene = await dispatched("asked-work");
    await scene.pass("PT9M");
    expect(scene.asked("a")).toBe(7);
    expect(scene.past("TaskStatusQueried").map(({ at }) => at.slice(14, 19))).toEqual(["02:00", "03:00", "04:00", "05:00", "06:00", "07:00", "08:00"]);
  });

  it("RETRY_SAME_COMMAND: the same command with the same key waits for admission, up to the attempts of the retry policy", async () => {
    const scene = await dispatched("keyed-work");
    await scene.pass("PT2M");
    expect(scene.task("a")).toMatchObject({ state: "OUTCOME_UNKNOWN", resend: true });
    await scene.admit("a");
    await scene.pass("PT1M");
    await scene.admit("a");
    await scene.pass("PT1M");
    expect(scene.ready()).toEqual([]);
    expect(scene.sent("a")).toHaveLength(3);
    expect(scene.openCases()).toMatchObject([{ queue: "unknowns" }]);
    expect(scene.states("a")).toEqual(["OUTCOME_UNKNOWN"]);
  });

  it("RETRY_SAME_COMMAND on a question: it is simply asked again, and the clock still comes to its end", async () => {
    const scene = await dispatched("question");
    for (let minute = 1; minute <= 6; minute += 1) {
      await scene.pass("PT1M");
      if (scene.ready().length > 0) await scene.admit("a");
    }
    expect(scene.sent("a")).toHaveLength(5);
    expect(scene.openCases()).toMatchObject([{ reasonCode: "TIMEOUT" }]);
  });

  it("ESCALATE: a case, once; the task goes on waiting and its success closes the case", async () => {
    const scene = await dispatched("asked-work");
    await scene.report("a", { status: "accepted" });
    await scene.pass("PT30S");
    await scene.pass("PT1M");
    await scene.report("a", { status: "inProgress" }, { via: "query" });
    expect(scene.states("a")).toEqual(["WAITING"]);
    await scene.pass("PT1H");
    expect(scene.openCases()).toHaveLength(1);
    await scene.succeed("a", undefined, { via: "callback" });
    expect(scene.openCases()).toEqual([]);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("CANCEL_TASK: what was not started in time is given up, quietly", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b", "message", { mandatory: false, with: { message: "hi" } }, { dependsOn: [{ type: "success", task: "a" }] })] } }));
    await scene.run("a");
    expect(scene.states("b")).toEqual(["READY"]);
    await scene.pass("P1D");
    expect(scene.task("b")).toMatchObject({ state: "CANCELLED", reason: "It was not started in time" });
    expect(scene.openCases()).toEqual([]);
    expect(scene.timers.size).toBe(0);
  });

  it("CANCEL_TASK never touches work that was sent", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("b", "message", { with: { message: "hi" } })] } }));
    await scene.admit("b");
    await scene.pass("P2D");
    expect(scene.states("b"), "escalated: what it did counts as unknown").toEqual(["OUTCOME_UNKNOWN"]);
    expect(scene.openCases()).toHaveLength(1);
  });
});

describe("the clock of a timeout", () => {
  it("starts at dispatch, not when the task becomes ready", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a")] } }));
    await scene.pass("P3D");
    expect(scene.states("a")).toEqual(["READY"]);
    expect(scene.timers.size).toBe(0);
    await scene.admit("a");
    expect(scene.timer("a", "timeout")).toBe("2026-11-05T10:01:00.000Z");
  });

  it("does not start anew when an unknown command is repeated, but does after a definite failure", async () => {
    const scene = await dispatched("keyed-work");
    await scene.pass("PT2M");
    await scene.admit("a");
    expect(scene.timer("a", "timeout")).toBe("2026-11-02T10:03:00.000Z");
    await scene.fail("a", "TRANSIENT", "NONE", { via: "callback" });
    expect(scene.timer("a", "timeout")).toBeUndefined();
    await scene.pass("PT10S");
    await scene.admit("a");
    expect(scene.timer("a", "timeout")).toBe("2026-11-02T10:03:10.000Z");
  });

  it("runs on in WAITING and stops when the task is final", async () => {
    const scene = await dispatched("keyed-work");
    await scene.report("a", { status: "accepted" });
    expect(scene.timer("a", "timeout")).toBeDefined();
    await scene.succeed("a", undefined, { via: "callback" });
    expect(scene.timers.size).toBe(0);
  });

  it("looks at the steps of the same instant in the policy's order, with the state the one before has made", async () => {
    const scene = await dispatched("blind-work");
    await scene.pass("PT1M");
    expect(scene.task("a").state).toBe("OUTCOME_UNKNOWN");
    expect(scene.openCases()).toHaveLength(1);
  });

  it("a timer that fires early, twice, or after it was moved says nothing", async () => {
    const scene = await dispatched("keyed-work");
    const timerId = `${scene.task("a").id}#timeout`;
    await scene.when({ type: "TimerFired", timerId });
    scene.thenNothing();
    await scene.succeed("a");
    await scene.when({ type: "TimerFired", timerId });
    scene.thenNothing();
    await scene.when({ type: "TimerFired", timerId: "O1/p1/1/nobody#retry" });
    scene.thenNothing();
  });

  it("never ends in silence: an unknown outcome with no step left goes to a person", async () => {
    const scene = await dispatched("asked-work", policy("ask", { after: "PT1M", do: "MARK_OUTCOME_UNKNOWN" }));
    await scene.pass("P1D");
    expect(scene.states("a")).toEqual(["OUTCOME_UNKNOWN"]);
    expect(scene.openCases()).toHaveLength(1);
  });
});
