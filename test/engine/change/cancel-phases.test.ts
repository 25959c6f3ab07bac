import { describe, expect, it } from "vitest";
import { given, submitted, type Scene } from "../../support/given.ts";
import { itemOf, orderOf, START } from "../../support/order-of.ts";
import { after, edge, task, when, type Sketch } from "../../support/release-of.ts";
import { actions, AGENT, amend, cancel, changeable, decide, done, drive, isQuiet, LEAD, pending } from "./change-kit.ts";

const billing: Sketch = { kind: "billing-trigger", key: "start", milestone: "live", charges: when("charge", "type", "equal", "RECURRING"), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "PT4H" };

/** Reserve, book, visit (soft point of no return), activate (hard), bill. */
const fiber = changeable(
  {
    DEMO: {
      tasks: [
        task("reserve", "reserve", { with: { what: "ONT" } }),
        task("book", "book", edge({ type: "output", task: "reserve", with: { output: "reference" } })),
        task("visit", "visit", edge({ type: "output", task: "book", with: { output: "reference" } }), { pointOfNoReturn: "soft" }),
        task("activate", "activate", after("visit"), { with: { speed: "=item.characteristics.speed" }, pointOfNoReturn: "hard" }),
      ],
      milestones: [{ key: "visited", reachedBy: ["visit"] }, { key: "live", reachedBy: ["activate"] }],
      billingTriggers: ["start"],
    },
  },
  billing,
);
const order = orderOf([itemOf({ appointment: { slot: "monday" }, characteristics: { speed: "1G" }, charges: [{ key: "fee", type: "RECURRING" }] })]);
const fresh = () => given(fiber, order);

/** Cancelled for good: nothing under way, everything reserved is released, nothing is billed. */
function thenCancelled(scene: Scene): void {
  expect([scene.order.state, scene.order.items.map(({ state }) => state), scene.order.plan?.state ?? "CANCELLED"]).toEqual(["CANCELLED", ["CANCELLED"], "CANCELLED"]);
  expect(isQuiet(scene)).toBe(true);
  expect(scene.openCases()).toEqual([]);
  expect(done(scene, "release"), "released as often as reserved").toBe(done(scene, "reserve"));
  expect(done(scene, "unbook"), "unbooked as often as booked").toBe(done(scene, "book"));
  expect(actions(scene)).not.toContain("charge");
  expect(scene.order.changes.at(-1)).toMatchObject({ type: "CANCEL", state: "DONE", settledAt: scene.at });
}

describe("G2 cancellation in every phase of an order", () => {
  it("right after acceptance: cancelled at once, and a start that comes late finds nothing to do", async () => {
    const scene = await submitted(fiber, order);
    await cancel(scene);
    thenCancelled(scene);
    await scene.when({ type: "FulfillOrder" });
    scene.thenNothing();
    expect(scene.commands.filter(({ type }) => type === "DispatchTask")).toEqual([]);
  });

  it("before a plan could be made: cancelled, and its case is closed", async () => {
    const scene = await given(fiber, orderOf([itemOf({ offering: "UNKNOWN" })]));
    expect([scene.order.state, scene.openCases().length]).toEqual(["READY_FOR_FULFILLMENT", 1]);
    await cancel(scene);
    expect([scene.order.state, scene.openCases().length]).toEqual(["CANCELLED", 0]);
  });

  it("before anything was sent: everything stops, nothing is sent, nothing is undone", async () => {
    const scene = await fresh();
    expect(scene.states("reserve")).toEqual(["READY"]);
    await cancel(scene);
    thenCancelled(scene);
    expect(actions(scene)).toEqual([]);
    expect(scene.past("CompensationRequested")).toEqual([]);
  });

  it("while admission lets a task out: what was decided a moment ago is not sent", async () => {
    const scene = await fresh();
    const { id } = scene.task("reserve");
    await cancel(scene);
    await scene.when({ type: "TasksAdmitted", taskIds: [id] });
    scene.thenNothing();
    thenCancelled(scene);
  });

  it("in flight, then it succeeds: first its outcome, then it is undone", async () => {
    const scene = await fresh();
    await scene.admit("reserve");
    await cancel(scene);
    expect([scene.order.state, ...scene.states("reserve", "book")]).toEqual(["CANCELLING", "DISPATCHED", "CANCELLED"]);
    expect(actions(scene)).toEqual(["reserve"]);
    await scene.succeed("reserve");
    expect(scene.planned("undo.reserve")).toMatchObject({ type: "release", source: { by: "compensation", of: scene.task("reserve").id } });
    expect(scene.task("undo.reserve")).toMatchObject({ state: "READY", inputs: { reference: "R-reserve" } });
    await drive(scene);
    thenCancelled(scene);
    expect(scene.order.compensations).toMatchObject([{ state: "COMPENSATED", originalTaskId: scene.task("reserve").id, policy: "release-it" }]);
  });

  it("in flight, then it fails: not tried again, nothing to undo", async () => {
    const scene = await fresh();
    await scene.admit("reserve");
    await cancel(scene);
    await scene.fail("reserve", "TRANSIENT");
    thenCancelled(scene);
    expect(actions(scene)).toEqual(["reserve"]);
  });

  it("in flight, then nobody knows: found out before anything is decided, then undone", async () => {
    const scene = await given(fiber, order);
    await scene.run("reserve");
    await scene.admit("book");
    await cancel(scene);
    expect(scene.order.state).toBe("CANCELLING");
    // What the unknown work builds on is not pulled away from under it.
    expect(scene.past("CompensationRequested")).toEqual([]);
    await scene.pass("PT2M");
    expect([scene.states("book"), scene.asked("book")]).toEqual([["OUTCOME_UNKNOWN"], expect.any(Number)]);
    await scene.report("book", { status: "succeeded", result: { reference: "B" } }, { via: "query" });
    await drive(scene);
    thenCancelled(scene);
  });

  it("in flight, then it turns out that nothing happened: not sent again", async () => {
    const scene = await fresh();
    await scene.run("reserve");
    await scene.admit("book");
    await cancel(scene);
    await scene.pass("PT2M");
    await scene.report("book", { status: "notFound" }, { via: "query" });
    expect(scene.states("book")).toEqual(["CANCELLED"]);
    await drive(scene);
    thenCancelled(scene);
    expect(actions(scene).filter((action) => action === "book")).toHaveLength(1);
  });

  it("while a retry waits: not tried again", async () => {
    const scene = await fresh();
    await scene.admit("reserve");
    await scene.fail("reserve", "TRANSIENT");
    expect(scene.states("reserve")).toEqual(["RETRY_SCHEDULED"]);
    await cancel(scene);
    thenCancelled(scene);
  });

  it("while a person works on a failed task: the case is closed, the task is over", async () => {
    const scene = await fresh();
    await scene.admit("reserve");
    await scene.fail("reserve", "SEMANTIC");
    expect(scene.openCases()).toHaveLength(1);
    await cancel(scene);
    thenCancelled(scene);
  });

  it("after reservation and booking: both undone, the last first", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await cancel(scene);
    expect([scene.states("undo.book", "undo.reserve"), scene.order.state]).toEqual([["READY", "PENDING"], "CANCELLING"]);
    await scene.run("undo.book");
    expect(scene.states("undo.reserve")).toEqual(["READY"]);
    await drive(scene);
    thenCancelled(scene);
    expect(actions(scene)).toEqual(["reserve", "book", "unbook", "release"]);
  });

  it("with the item held for the customer: cancelled all the same", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await scene.admit("visit");
    await scene.fail("visit", "NO_ACCESS");
    expect(scene.order.state).toBe("HELD");
    await cancel(scene);
    expect(scene.order.state).toBe("ASSESSING_CANCELLATION");
    await decide(scene, true);
    await drive(scene);
    thenCancelled(scene);
  });

  it("after the hard point of no return: refused, with the way to go instead", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book", "visit");
    await scene.admit("activate");
    await cancel(scene);
    scene.thenRejected("change-refused");
    expect(scene.last).toMatchObject({ rejection: { message: "It is too late: order the change.", details: { route: "CHANGE_ORDER" } } });
  });

  it("after completion: refused", async () => {
    const scene = await fresh();
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
    await cancel(scene);
    scene.thenRejected("invalid-transition");
  });
});

describe("G2, G9 cancellation that someone must agree to", () => {
  const onItsWay = async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    return scene.admit("visit");
  };

  it("waits for the role the policy names, with its fee; the order is frozen until then", async () => {
    const scene = await onItsWay();
    await cancel(scene);
    expect(scene.order).toMatchObject({ state: "ASSESSING_CANCELLATION", changes: [{ state: "AWAITING_APPROVAL", fee: 49, approverRole: "care-lead", requestedBy: "carl" }] });
    expect(pending(scene)).toMatchObject({ role: "care-lead", subject: { type: "change" } });
    await scene.succeed("visit");
    expect(scene.states("activate")).toEqual(["PENDING"]);
    expect(scene.ready()).toEqual([]);
  });

  it("nobody agrees to their own request, nor without the role", async () => {
    const scene = await onItsWay();
    await cancel(scene, { actor: LEAD });
    await decide(scene, true);
    scene.thenRejected("four-eyes");
    await decide(scene, true, { actor: { id: "eve", roles: ["care-agent"], regions: [] } });
    scene.thenRejected("role-missing");
    expect(scene.order.state).toBe("ASSESSING_CANCELLATION");
  });

  it("agreed: carried out", async () => {
    const scene = await onItsWay();
    await cancel(scene);
    await decide(scene, true);
    expect(scene.order).toMatchObject({ state: "CANCELLING", approvals: [{ state: "CONSUMED", decidedBy: "lea" }] });
    await drive(scene);
    thenCancelled(scene);
    await decide(scene, true, { approvalId: "O1/approval/1" });
    scene.thenRejected("approval-consumed");
  });

  it("not agreed: the order goes on where it stood, to its end", async () => {
    const scene = await onItsWay();
    await cancel(scene);
    await scene.succeed("visit");
    await decide(scene, false);
    expect(scene.order).toMatchObject({ state: "IN_PROGRESS", changes: [{ state: "REFUSED" }], items: [{ state: "IN_PROGRESS" }] });
    expect(scene.states("activate")).toEqual(["READY"]);
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("not agreed, of a held order: it stays held for its reason, and the customer's answer still resumes it", async () => {
    const scene = await onItsWay();
    await scene.fail("visit", "NO_ACCESS");
    expect(scene.order.items[0]).toMatchObject({ state: "HELD", holdCause: "CUSTOMER_ACTION" });
    await cancel(scene);
    await decide(scene, false);
    expect([scene.order.state, scene.order.items[0]?.state, scene.order.items[0]?.holdCause]).toEqual(["HELD", "HELD", "CUSTOMER_ACTION"]);
    await scene.when({ type: "ResumeItem", itemId: "1", reason: "at home now", actor: AGENT });
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("N5 an approval is for the state it was asked for: when work has gone on, it is stale and is asked for again", async () => {
    const scene = await onItsWay();
    await cancel(scene);
    const first = pending(scene);
    await scene.succeed("visit");
    await decide(scene, true);
    scene.thenRejected("approval-stale");
    await cancel(scene);
    expect(scene.order.approvals.map(({ state }) => state)).toEqual(["VOID", "PENDING"]);
    expect(pending(scene)?.stateHash).not.toBe(first?.stateHash);
    await decide(scene, true);
    await drive(scene);
    expect(scene.order.state).toBe("CANCELLED");
  });

  it("N5 a decision about another state than the one shown is refused", async () => {
    const scene = await onItsWay();
    await cancel(scene);
    await decide(scene, true, { stateHash: "what I saw yesterday" });
    scene.thenRejected("approval-stale");
  });
});

describe("G2 the request itself", () => {
  it("asked again while it is under way: nothing happens", async () => {
    const scene = await fresh();
    await scene.admit("reserve");
    await cancel(scene);
    await cancel(scene);
    scene.thenNothing();
    await cancel(scene, { itemIds: ["1"] });
    scene.thenNothing();
    await scene.succeed("reserve");
    await drive(scene);
    await cancel(scene);
    scene.thenNothing();
    expect(scene.order.changes).toHaveLength(1);
  });

  it("of an order that has changed since it was read: refused", async () => {
    const scene = await fresh();
    const version = scene.order.aggregateVersion;
    await scene.admit("reserve");
    await cancel(scene, { expectedVersion: version });
    scene.thenRejected("version-conflict");
    await cancel(scene, { expectedVersion: scene.order.aggregateVersion });
    expect(scene.order.state).toBe("CANCELLING");
  });

  it("of an item that does not exist: refused", async () => {
    const scene = await fresh();
    await cancel(scene, { itemIds: ["99"] });
    scene.thenRejected("item-not-found");
  });

  it("while an amendment is carried out: the cancellation wins and the amendment is given up", async () => {
    const scene = await fresh();
    await scene.run("reserve");
    await scene.admit("book");
    await amend(scene, { "1": { appointment: { slot: "tuesday" } } });
    expect(scene.order.changes).toMatchObject([{ type: "AMEND", state: "EXECUTING" }]);
    await cancel(scene);
    expect(scene.order.changes).toMatchObject([{ type: "AMEND", state: "REFUSED" }, { type: "CANCEL", state: "EXECUTING" }]);
    await scene.succeed("book");
    await drive(scene);
    thenCancelled(scene);
    expect(scene.order.orderVersion).toBe(1);
  });
});

describe("G5 a hold stops new work at once", () => {
  it("irreversible work is never sent under a hold, not even again", async () => {
    const scene = await given(changeable({ DEMO: { tasks: [task("install", "install", { pointOfNoReturn: "soft" }), task("late", "keyed-work", after("install"))] } }));
    await scene.admit("install");
    await scene.pass("PT3M");
    expect(scene.task("install")).toMatchObject({ state: "OUTCOME_UNKNOWN", resend: true });
    await cancel(scene);
    expect(scene.order.state).toBe("ASSESSING_CANCELLATION");
    const before = actions(scene).length;
    await scene.when({ type: "TasksAdmitted", taskIds: [scene.task("install").id] });
    expect(actions(scene)).toHaveLength(before);
    await decide(scene, false);
    await scene.when({ type: "TasksAdmitted", taskIds: [scene.task("install").id] });
    expect(actions(scene)).toHaveLength(before + 1);
  });

  it("a deliberate hold keeps what was let out back, and resuming lets it go", async () => {
    const scene = await fresh();
    await scene.when({ type: "HoldItem", itemId: "1", reason: "the customer wants to think", actor: AGENT });
    await scene.when({ type: "TasksAdmitted", taskIds: [scene.task("reserve").id] });
    expect(actions(scene)).toEqual([]);
    await scene.when({ type: "ResumeItem", itemId: "1", reason: "yes", actor: AGENT });
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
    expect(scene.at).toBe(START);
  });
});
