import { describe, expect, it } from "vitest";
import { given } from "../../support/given.ts";
import { START } from "../../support/order-of.ts";
import { after, task } from "../../support/release-of.ts";
import { actions, AGENT, amend, cancel, changeable, changePolicy, decide, drive, LEAD, pending } from "./change-kit.ts";
import { fresh, thenCancelled } from "./cancelled-fiber.ts";

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

describe("G2, G4 a cancellation and an amendment that both wait for agreement", () => {
  it("neither is given: the item goes on, held by nobody", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await scene.admit("visit");
    await amend(scene, { "1": { characteristics: { speed: "1G", vip: true } } });
    await cancel(scene);
    expect(scene.order.approvals.map(({ state }) => state)).toEqual(["PENDING", "PENDING"]);
    await decide(scene, false, { approvalId: "O1/approval/1" });
    await decide(scene, false, { approvalId: "O1/approval/2" });
    expect([scene.order.state, scene.order.items[0]?.holdCause]).toEqual(["IN_PROGRESS", null]);
    await scene.succeed("visit");
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("the amendment is given while the cancellation is not yet: it is carried out when the cancellation is refused", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await scene.admit("visit");
    await amend(scene, { "1": { characteristics: { speed: "2G", vip: true } } });
    await cancel(scene);
    await decide(scene, true, { approvalId: "O1/approval/1" });
    expect(scene.order.changes.map(({ state }) => state)).toEqual(["EXECUTING", "AWAITING_APPROVAL"]);
    await decide(scene, false, { approvalId: "O1/approval/2" });
    expect(scene.order).toMatchObject({ orderVersion: 2, items: [{ state: "IN_PROGRESS", characteristics: { speed: "2G" } }], changes: [{ state: "DONE" }, { state: "REFUSED" }] });
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

  it("a policy that does not freeze lets work go on while someone decides, but nothing irreversible", async () => {
    const tasks = [task("ship", "keyed-work", { pointOfNoReturn: "soft" }), task("next", "keyed-work", after("ship")), task("install", "install", after("ship"))];
    const scene = await given(changeable({ DEMO: { tasks, changePolicy: "lenient" } }, changePolicy("lenient", { freezeWhileDeciding: false })));
    await scene.admit("ship");
    await cancel(scene);
    await scene.succeed("ship");
    expect([scene.order.state, ...scene.states("next", "install")]).toEqual(["ASSESSING_CANCELLATION", "READY", "PENDING"]);
    await scene.run("next");
    await decide(scene, false);
    expect(scene.states("install")).toEqual(["READY"]);
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
