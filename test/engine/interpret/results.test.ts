import { describe, expect, it } from "vitest";
import { given } from "../../support/given.ts";
import { after, releaseOf, task, when } from "../../support/release-of.ts";

const release = releaseOf({ DEMO: { tasks: [task("a"), task("b", "keyed-work", after("a"))] } });
const late = { via: "callback" } as const;

async function dispatched() {
  const scene = await given(release);
  return scene.admit("a");
}

describe("E5 a result that was heard already", () => {
  it("a duplicate success changes nothing", async () => {
    const scene = await dispatched();
    await scene.succeed("a");
    await scene.succeed("a", { reference: "R-a" }, late);
    scene.thenNothing();
  });

  it("an acceptance after the success changes nothing", async () => {
    const scene = await dispatched();
    await scene.succeed("a", undefined, late);
    await scene.report("a", { status: "accepted" });
    scene.thenNothing();
  });

  it("a duplicate acceptance changes nothing", async () => {
    const scene = await dispatched();
    await scene.report("a", { status: "accepted" });
    await scene.report("a", { status: "accepted" }, late);
    scene.thenNothing();
  });

  it("a duplicate failure changes nothing while the retry waits", async () => {
    const scene = await dispatched();
    await scene.fail("a", "TRANSIENT");
    expect(scene.states("a")).toEqual(["RETRY_SCHEDULED"]);
    await scene.fail("a", "TRANSIENT", "NONE", late);
    scene.thenNothing();
    await scene.pass("PT10S");
    await scene.fail("a", "TRANSIENT", "NONE", late);
    scene.thenNothing();
    expect(scene.states("a")).toEqual(["READY"]);
  });

  it("a duplicate failure changes nothing while a person looks at the first", async () => {
    const scene = await dispatched();
    await scene.fail("a", "SEMANTIC");
    await scene.fail("a", "SEMANTIC", "NONE", late);
    scene.thenNothing();
    expect(scene.openCases()).toHaveLength(1);
  });

  it("another failure about work that is not under way is recorded and changes nothing", async () => {
    const scene = await dispatched();
    await scene.fail("a", "SEMANTIC");
    await scene.fail("a", "PERMANENT", "NONE", late);
    scene.thenEvents({ type: "LateResultRecorded", taskId: scene.task("a").id });
  });

  it("a lost answer after the retry was scheduled changes nothing", async () => {
    const scene = await dispatched();
    await scene.fail("a", "TRANSIENT");
    await scene.fail("a", "TIMEOUT", "POSSIBLE");
    expect(scene.states("a")).toEqual(["RETRY_SCHEDULED"]);
  });
});

describe("E5 results out of order", () => {
  it("a result before its command is kept, and taken at dispatch without anything being sent", async () => {
    const scene = await given(release);
    await scene.succeed("a", { reference: "early" }, late);
    scene.thenEvents("ResultParked");
    await scene.admit("a");
    expect(scene.events().map(({ type }) => type)).toEqual(expect.arrayContaining(["TaskDispatched", "ParkedResultTaken", "TaskSucceeded"]));
    expect(scene.sent("a")).toEqual([]);
    expect(scene.task("a")).toMatchObject({ state: "SUCCEEDED", outputs: { reference: "early" } });
    expect(scene.order.parkedResults).toEqual([]);
  });

  it("a failure before its command is kept too and decides at dispatch", async () => {
    const scene = await given(release);
    await scene.fail("a", "SEMANTIC", "NONE", late);
    await scene.admit("a");
    expect(scene.states("a")).toEqual(["AWAITING_MANUAL_ACTION"]);
    expect(scene.sent("a")).toEqual([]);
  });

  it("a repeat of a kept result is nothing new; a different one is recorded", async () => {
    const scene = await given(release);
    await scene.succeed("a", { reference: "early" }, late);
    await scene.succeed("a", { reference: "early" }, late);
    scene.thenNothing();
    await scene.succeed("a", { reference: "other" }, late);
    scene.thenEvents("LateResultRecorded");
  });

  it("a success of an earlier attempt counts, because the key is the same", async () => {
    const scene = await dispatched();
    await scene.fail("a", "TRANSIENT");
    await scene.pass("PT10S");
    await scene.admit("a");
    await scene.succeed("a", { reference: "first" }, { ...late, attempt: 1 });
    expect(scene.task("a")).toMatchObject({ state: "SUCCEEDED", outputs: { reference: "first" } });
  });

  it("a failure of an earlier attempt is recorded and changes nothing", async () => {
    const scene = await dispatched();
    await scene.fail("a", "TRANSIENT");
    await scene.pass("PT10S");
    await scene.admit("a");
    await scene.fail("a", "SEMANTIC", "NONE", { ...late, attempt: 1 });
    scene.thenEvents("LateResultRecorded");
    expect(scene.states("a")).toEqual(["DISPATCHED"]);
  });

  it.each(["RETRY_SCHEDULED", "READY", "AWAITING_MANUAL_ACTION"] as const)("a success that comes while the task is %s counts", async (state) => {
    const scene = await dispatched();
    await scene.fail("a", state === "AWAITING_MANUAL_ACTION" ? "SEMANTIC" : "TRANSIENT");
    if (state === "READY") await scene.pass("PT10S");
    expect(scene.states("a")).toEqual([state]);
    await scene.succeed("a", undefined, { ...late, attempt: 1 });
    expect(scene.states("a", "b")).toEqual(["SUCCEEDED", "READY"]);
    expect(scene.openCases()).toEqual([]);
  });

  it("a success that comes while the retry waits for its execution window counts", async () => {
    const windowed = releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { window: "office" })] } });
    const scene = await given(windowed, undefined, "2026-11-02T15:59:55.000Z");
    await scene.admit("a");
    await scene.fail("a", "TRANSIENT");
    await scene.pass("PT10S");
    expect(scene.task("a")).toMatchObject({ state: "PENDING", attempts: 1 });
    await scene.succeed("a", undefined, { ...late, attempt: 1 });
    expect(scene.states("a")).toEqual(["SUCCEEDED"]);
  });
});

describe("E5 a result for settled work", () => {
  it("a success with other evidence is recorded, opens a case, and changes nothing", async () => {
    const scene = await dispatched();
    await scene.succeed("a");
    await scene.succeed("a", { reference: "another" }, late);
    scene.thenEvents("LateResultRecorded", { type: "FalloutCaseOpened", case: { reasonCode: "LATE_RESULT", taskId: scene.task("a").id } });
    expect(scene.task("a")).toMatchObject({ state: "SUCCEEDED", outputs: { reference: "R-a" } });
  });

  it("a failure after the success is recorded and opens a case; the answer to the first sending is no news", async () => {
    const scene = await dispatched();
    await scene.succeed("a", undefined, late);
    await scene.fail("a", "TIMEOUT", "POSSIBLE");
    scene.thenNothing();
    await scene.fail("a", "SEMANTIC", "NONE", late);
    expect(scene.events("LateResultRecorded")).toHaveLength(1);
    expect(scene.openCases()).toMatchObject([{ reasonCode: "LATE_RESULT" }]);
  });

  it("a success after the task failed for good is recorded and looked at by a person, never dropped", async () => {
    const scene = await dispatched();
    await scene.fail("a", "SEMANTIC");
    await scene.person("a", "REJECTED");
    expect(scene.states("a")).toEqual(["FAILED_FINAL"]);
    await scene.succeed("a", undefined, late);
    expect(scene.events("LateResultRecorded")).toHaveLength(1);
    expect(scene.openCases().some(({ reasonCode }) => reasonCode === "LATE_RESULT")).toBe(true);
    expect(scene.states("a")).toEqual(["FAILED_FINAL"]);
  });

  it("E3 a result for a task the order does not have is refused", async () => {
    const scene = await dispatched();
    await scene.when({ type: "TaskReported", taskId: "O1/p1/1/nobody", via: "callback", attempt: null, report: { status: "accepted" } });
    scene.thenRejected("task-not-found");
  });
});

describe("E7 evidence", () => {
  it("success without the evidence the type requires is not success: it is partial and goes to a person", async () => {
    const scene = await dispatched();
    await scene.succeed("a", {});
    expect(scene.task("a")).toMatchObject({ state: "AWAITING_MANUAL_ACTION", effect: "PARTIAL", lastFailure: { code: "EVIDENCE_INCOMPLETE", class: "PARTIAL" } });
    expect(scene.openCases()).toHaveLength(1);
  });

  it("the same incomplete success again changes nothing, the complete one ends the task", async () => {
    const scene = await dispatched();
    await scene.succeed("a", {});
    await scene.succeed("a", {}, late);
    scene.thenNothing();
    await scene.succeed("a", undefined, late);
    expect(scene.states("a")).toEqual(["SUCCEEDED"]);
    expect(scene.openCases()).toEqual([]);
  });
});

describe("E1 the command", () => {
  it("carries ids, keys, cause and the business references", async () => {
    const scene = await dispatched();
    const taskId = scene.task("a").id;
    expect(scene.sent("a")).toMatchObject([{
      commandId: `${taskId}/work/1`, correlationId: "corr-1", taskId, attempt: 1, targetSystem: "keyed", action: "work", request: { item: "1" },
      businessKeys: { orderId: "O1", orderItemId: "1", externalId: "X-1", billingAccount: "BA1", customerId: "C1", quoteId: "Q1" },
    }]);
    expect(scene.sent("a")[0]?.causationId).toMatch(/^O1#\d+$/);
  });

  it("is not sent when its preconditions do not hold; a person looks, and nothing stays locked", async () => {
    const guarded = releaseOf({ DEMO: { tasks: [task("a", "guarded")] } }, {
      kind: "task-type", key: "guarded", category: "WORK", owner: "operations", targetSystem: "keyed", action: "work", work: { by: "system", mode: "command" },
      evidence: { type: "object", properties: { reference: { type: "string" } }, required: ["reference"] }, retry: "thrice", timeout: "repeat", compensation: "none-needed-after-all",
      preconditions: when("item", "place.validated", "equal", true), locks: [{ scope: "asset", key: "X" }],
    });
    const scene = await given(guarded);
    await scene.admit("a");
    expect(scene.task("a")).toMatchObject({ state: "AWAITING_MANUAL_ACTION", effect: "NONE", locked: false });
    expect(scene.sent("a")).toEqual([]);
    expect(scene.openCases()).toMatchObject([{ reasonCode: "PRECONDITION_NOT_MET" }]);
  });
});

describe("E4 what a repeat meets says nothing about the sending that was never answered", () => {
  it("given a command without answer that is sent again, when the repeat is not let in, then the outcome stays unknown", async () => {
    const scene = await dispatched();
    await scene.fail("a", "TIMEOUT", "POSSIBLE");
    await scene.pass("PT5M");
    await scene.admit("a");
    await scene.fail("a", "TRANSIENT", "NONE");
    expect(scene.task("a")).toMatchObject({ state: "OUTCOME_UNKNOWN", effect: "POSSIBLE" });
  });
});
