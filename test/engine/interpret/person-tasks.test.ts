import { describe, expect, it } from "vitest";
import { given, PERSON } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, releaseOf, task } from "../../support/release-of.ts";

const release = releaseOf({ DEMO: { tasks: [task("ask", "approval"), task("go", "keyed-work", after("ask"))] } });

async function asked(at = "2026-11-02T10:00:00.000Z") {
  const scene = await given(release, orderOf(), at);
  return scene.admit("ask");
}

describe("H1 the work of a person", () => {
  it("waits in the queue its definition computes, for its role, with a deadline in working hours", async () => {
    expect((await asked()).task("ask")).toMatchObject({ state: "AWAITING_MANUAL_ACTION", manual: { cause: "WORK", manualTask: "approve", queue: "desk-north", role: "care-lead", dueAt: "2026-11-02T15:00:00.000Z" } });
    // Friday 16:00 in Berlin: one hour is left, the other three are Monday's.
    expect((await asked("2026-11-06T15:00:00.000Z")).task("ask")).toMatchObject({ manual: { dueAt: "2026-11-09T10:00:00.000Z" } });
  });

  it("ends with an outcome that succeeds; the choice and the form are its outputs and evidence", async () => {
    const scene = await asked();
    await scene.person("ask", "APPROVED");
    expect(scene.task("ask")).toMatchObject({ state: "SUCCEEDED", via: "person", evidence: { reason: "because" }, outputs: { decision: "APPROVED" } });
    expect(scene.past("TaskSucceeded")).toMatchObject([{ by: PERSON.id }]);
    expect(scene.states("go")).toEqual(["READY"]);
  });

  it("refuses an outcome the manual task does not offer, and a form that does not fit", async () => {
    const scene = await asked();
    (await scene.person("ask", "MAYBE")).thenRejected("outcome-not-allowed");
    (await scene.person("ask", "APPROVED", { form: {} })).thenRejected("form-invalid");
    expect(scene.states("ask")).toEqual(["AWAITING_MANUAL_ACTION"]);
  });

  it("fails for good, waits for the customer, or is done again, as the outcome says", async () => {
    const refused = await asked();
    await refused.person("ask", "REJECTED");
    expect(refused.states("ask", "go")).toEqual(["FAILED_FINAL", "CANCELLED"]);
    expect(refused.order.state).toBe("FAILED");
    const again = await asked();
    await again.person("ask", "AGAIN");
    expect(again.states("ask")).toEqual(["READY"]);
    const held = await asked();
    await held.person("ask", "ASK_CUSTOMER");
    expect(held.task("ask")).toMatchObject({ state: "AWAITING_MANUAL_ACTION", manual: { cause: "HOLD" } });
    expect(held.order).toMatchObject({ state: "HELD", items: [{ state: "HELD", holdCause: "CUSTOMER_ACTION" }] });
  });

  it("is done once: a second completion is refused", async () => {
    const scene = await asked();
    await scene.person("ask", "APPROVED");
    (await scene.person("ask", "REJECTED")).thenRejected("invalid-transition");
  });

  it("cannot be completed before it was handed out, nor for a task that does not exist", async () => {
    const scene = await given(release);
    (await scene.person("ask", "APPROVED")).thenRejected("invalid-transition");
    await scene.when({ type: "CompleteManualTask", taskId: "nobody", outcome: "APPROVED", form: {}, evidence: null, actor: PERSON });
    scene.thenRejected("task-not-found");
  });
});

describe("H3 a person repairs what a system could not do", () => {
  async function stopped() {
    const scene = await asked();
    await scene.person("ask", "APPROVED");
    await scene.admit("go");
    return scene.fail("go", "SEMANTIC");
  }

  it("RETRY: the case closes, the same key goes out again", async () => {
    const scene = await stopped();
    await scene.person("go", "REPAIRED");
    expect(scene.openCases()).toEqual([]);
    await scene.admit("go");
    const [first, second] = scene.sent("go");
    expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
  });

  it("SUCCEED: only with the evidence the task type asks for", async () => {
    const scene = await stopped();
    (await scene.person("go", "DONE_BY_HAND")).thenRejected("evidence-invalid");
    await scene.person("go", "DONE_BY_HAND", { evidence: { reference: "by phone" } });
    expect(scene.task("go")).toMatchObject({ state: "SUCCEEDED", outputs: { reference: "by phone", decision: "DONE_BY_HAND" } });
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("FAIL: ends the task and its item", async () => {
    const scene = await stopped();
    await scene.person("go", "REJECTED");
    expect(scene.states("go")).toEqual(["FAILED_FINAL"]);
    expect(scene.order).toMatchObject({ state: "FAILED", plan: { state: "FAILED" } });
  });

  it("HOLD: the customer must act; the case is closed, the item held", async () => {
    const scene = await stopped();
    await scene.person("go", "ASK_CUSTOMER");
    expect(scene.order.state).toBe("HELD");
    expect(scene.openCases()).toEqual([]);
  });

  it("E7 the repair of a person's own work needs that work's evidence, not the repair's form", async () => {
    const picky = releaseOf({ DEMO: { tasks: [task("ask", "picky")] } }, {
      kind: "task-type", key: "picky", category: "COMMERCIAL", owner: "care", action: "approve", work: { by: "person", manualTask: "sign" }, compensation: "none-needed",
      preconditions: { all: [{ fact: "item", path: "place.validated", operator: "equal", value: true }] },
    }, {
      kind: "manual-task", key: "sign", queue: "care", sla: { within: "PT4H" }, role: "care-lead", action: "Have it signed.", form: { type: "object", properties: { signature: { type: "string" } }, required: ["signature"] },
      outcomes: [{ key: "SIGNED", effect: "SUCCEED" }],
    });
    const scene = await given(picky, orderOf([itemOf()]));
    await scene.admit("ask");
    expect(scene.task("ask")).toMatchObject({ state: "AWAITING_MANUAL_ACTION", manual: { cause: "FALLOUT", manualTask: "repair" } });
    (await scene.person("ask", "DONE_BY_HAND")).thenRejected("evidence-invalid");
    await scene.person("ask", "DONE_BY_HAND", { evidence: { signature: "Ann" } });
    expect(scene.states("ask")).toEqual(["SUCCEEDED"]);
  });
});

describe("H1 a person finds out what an unknown command did", () => {
  async function unknown() {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a", "blind-work")] } }));
    await scene.admit("a");
    return scene.fail("a", "TIMEOUT", "POSSIBLE");
  }

  it("it took effect: success with evidence", async () => {
    const scene = await unknown();
    (await scene.person("a", "TOOK_EFFECT", { evidence: {} })).thenRejected("evidence-invalid");
    await scene.person("a", "TOOK_EFFECT", { evidence: { reference: "seen" } });
    expect(scene.states("a")).toEqual(["SUCCEEDED"]);
  });

  it("it had no effect: that is recorded, and the command may go out again", async () => {
    const scene = await unknown();
    await scene.person("a", "NO_EFFECT");
    expect(scene.events("TaskReconciled")).toMatchObject([{ found: "notFound" }]);
    expect(scene.task("a")).toMatchObject({ state: "READY", effect: "NONE" });
    await scene.admit("a");
    expect(scene.sent("a")).toHaveLength(2);
  });

  it("the customer cannot be asked before that is known", async () => {
    (await (await unknown()).person("a", "ASK_CUSTOMER")).thenRejected("reconcile-first");
  });
});

describe("RetryTask", () => {
  const actor = PERSON;
  const retry = (taskId: string) => ({ type: "RetryTask", taskId, reason: "try again", actor }) as const;

  it("lets a stopped task try again and says who and why", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a")] } }));
    await scene.admit("a");
    await scene.fail("a", "SEMANTIC");
    expect(scene.order.plan?.state).toBe("BLOCKED");
    await scene.when(retry(scene.task("a").id));
    expect(scene.events("TaskRetryRequested")).toMatchObject([{ by: "ann", reason: "try again" }]);
    expect(scene.states("a")).toEqual(["READY"]);
    expect(scene.order.plan?.state).toBe("RUNNING");
  });

  it("is refused for work under way, done, or a person's own; and for no task at all", async () => {
    const scene = await given(release);
    await scene.when(retry(scene.task("go").id));
    scene.thenRejected("invalid-transition");
    await scene.admit("ask");
    await scene.when(retry(scene.task("ask").id));
    scene.thenRejected("invalid-transition");
    await scene.person("ask", "APPROVED");
    await scene.run("go");
    await scene.when(retry(scene.task("go").id));
    scene.thenRejected("invalid-transition");
    await scene.when(retry("nobody"));
    scene.thenRejected("task-not-found");
  });

  it("is refused while it is unknown what happened, unless the system recognizes the key", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("keyed"), task("blind", "blind-work")] } }));
    await scene.admit("keyed", "blind");
    await scene.fail("blind", "TIMEOUT", "POSSIBLE");
    await scene.when(retry(scene.task("blind").id));
    scene.thenRejected("reconcile-first");
    await scene.fail("keyed", "SEMANTIC", "PARTIAL");
    await scene.when(retry(scene.task("keyed").id));
    expect(scene.states("keyed")).toEqual(["READY"]);
  });
});
