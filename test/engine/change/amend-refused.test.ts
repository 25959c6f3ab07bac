import { describe, expect, it } from "vitest";
import { given, submitted } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, task } from "../../support/release-of.ts";
import { fiber, fresh, item, output, tuesday } from "./amended-fiber.ts";
import { actions, AGENT, amend, changeable, decide, drive, LEAD, newest, pending } from "./change-kit.ts";

describe("G4 an amendment that is not possible is refused, with the way to go instead", () => {
  it("after activation: a new order changes it", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book", "visit", "activate");
    await amend(scene, { "1": { characteristics: { speed: "2G", router: false } } });
    scene.thenRejected("change-refused");
    expect(scene.last).toMatchObject({ rejection: { details: { route: "CHANGE_ORDER" } } });
    await drive(scene);
    await amend(scene, { "1": { characteristics: { speed: "2G", router: false } } });
    scene.thenRejected("change-refused");
    expect(scene.last).toMatchObject({ rejection: { details: { route: "CHANGE_ORDER" } } });
  });

  it("B13 a changed place voids the qualification: without a new one it is refused, with it accepted", async () => {
    const scene = await fresh();
    await amend(scene, { "1": { place: { id: "P2" } } });
    scene.thenRejected("change-refused");
    expect(scene.last).toMatchObject({ rejection: { message: "A change of place needs a new qualification; send its result with the change" } });
    await amend(scene, { "1": { place: { id: "P2" }, qualification: { id: "Q2" } } });
    expect(scene.order.items[0]).toMatchObject({ place: { id: "P2" }, qualification: { id: "Q2" } });
    const early = await submitted(fiber, orderOf([item()]));
    await amend(early, { "1": { place: { id: "P2" } } });
    early.thenRejected("change-refused");
  });

  it("what would need another plan is cancelled and ordered anew", async () => {
    const scene = await fresh();
    await amend(scene, { "1": { offering: "SPARE" } });
    scene.thenRejected("change-refused");
    expect(scene.last).toMatchObject({ rejection: { details: { route: "CANCEL_AND_RECREATE" } } });
  });

  it("what would need another plan when it is too late anyway: the way is the policy's, nobody is told to cancel what works", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book", "visit", "activate");
    await amend(scene, { "1": { offering: "SPARE" } });
    scene.thenRejected("change-refused");
    expect(scene.last).toMatchObject({ rejection: { details: { route: "CHANGE_ORDER" } } });
  });

  it("what no plan can be made for is refused before anything is touched", async () => {
    const dated = changeable({ DEMO: { tasks: [task("a")], milestones: [{ key: "day", reachedAt: "=item.characteristics.day" }] } });
    const scene = await given(dated, orderOf([itemOf({ characteristics: { day: "2026-11-20T00:00:00Z" } })]));
    await amend(scene, { "1": { characteristics: {} } });
    scene.thenRejected("change-refused");
    expect(scene.order.changes).toEqual([]);
  });

  it("an item that is not in the order, or an order that has changed since", async () => {
    const scene = await fresh();
    await amend(scene, { "9": {} });
    scene.thenRejected("item-not-found");
    await amend(scene, tuesday, { expectedVersion: 1 });
    scene.thenRejected("version-conflict");
  });

  it("another one while one is carried out; the same one again changes nothing", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await scene.admit("visit");
    await amend(scene, tuesday);
    await amend(scene, tuesday);
    scene.thenNothing();
    await amend(scene, { "1": { appointment: { slot: "friday" } } });
    scene.thenRejected("invalid-transition");
  });

  it("too late after all: when called-back work was done before it heard, the amendment is refused and the order goes on", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await scene.admit("visit");
    await amend(scene, tuesday);
    await scene.succeed("visit");
    expect(scene.order).toMatchObject({ state: "IN_PROGRESS", orderVersion: 1, changes: [{ state: "REFUSED" }], items: [{ appointment: { slot: "monday" } }] });
    await drive(scene);
    expect([scene.order.state, actions(scene).filter((action) => action === "visit").length]).toEqual(["COMPLETED", 1]);
  });

  it("too late for one of two visits: the other one, called back in time, is planned again as it was", async () => {
    const twoVisits = changeable({
      DEMO: { tasks: [task("book", "book"), task("first", "visit", output("book")), task("second", "visit", output("book")), task("end", "keyed-work", after("first", "second"))], milestones: [{ key: "visited", reachedBy: ["first", "second"] }] },
    });
    const scene = await given(twoVisits, orderOf([item()]));
    await scene.run("book");
    await scene.admit("first", "second");
    await amend(scene, tuesday);
    await scene.run("withdraw.first");
    expect(scene.states("first")).toEqual(["CANCELLED"]);
    await scene.succeed("second");
    expect(scene.order.changes).toMatchObject([{ state: "REFUSED" }]);
    await drive(scene);
    expect([scene.order.state, newest(scene, "first").state, scene.milestone("visited")]).toEqual(["COMPLETED", "SUCCEEDED", "REACHED"]);
  });
});

describe("G4 agreement to an amendment", () => {
  const vip = { "1": { characteristics: { speed: "1G", router: false, vip: true } } };

  it("is asked from the role the policy names; the item is held until then", async () => {
    const scene = await fresh();
    await amend(scene, vip);
    expect(scene.order).toMatchObject({ state: "HELD", orderVersion: 1, changes: [{ state: "AWAITING_APPROVAL", fee: 5 }] });
    expect(scene.ready().filter((name) => name !== "1/reserve")).toEqual([]);
    await scene.when({ type: "TasksAdmitted", taskIds: [scene.task("reserve").id] });
    expect(actions(scene)).toEqual([]);
    await decide(scene, true, { actor: AGENT });
    scene.thenRejected("four-eyes");
    await decide(scene, true);
    expect(scene.order).toMatchObject({ state: "IN_PROGRESS", orderVersion: 2, changes: [{ state: "DONE" }] });
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("not given: the item goes on as it was", async () => {
    const scene = await fresh();
    await amend(scene, vip);
    await decide(scene, false);
    expect(scene.order).toMatchObject({ state: "IN_PROGRESS", orderVersion: 1, changes: [{ state: "REFUSED" }] });
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("N5 is void when the work has gone on: asked again, it is assessed anew", async () => {
    const scene = await fresh();
    await scene.admit("reserve");
    await amend(scene, vip);
    await scene.succeed("reserve");
    await decide(scene, true);
    scene.thenRejected("approval-stale");
    await amend(scene, vip, { actor: LEAD });
    expect(scene.order.approvals.map(({ state }) => state)).toEqual(["VOID", "PENDING"]);
    await decide(scene, true, { actor: { id: "max", roles: ["care-lead"], regions: [] } });
    await drive(scene);
    expect([scene.order.state, scene.order.orderVersion]).toEqual(["COMPLETED", 2]);
    expect(pending(scene)).toBeUndefined();
  });
});

