import { describe, expect, it } from "vitest";
import { given, submitted, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, task, when, type Sketch, type TemplateSketch } from "../../support/release-of.ts";
import { actions, cancel, changeable, changePolicy, decide, done, drive, newest } from "./change-kit.ts";

const bills = (key: string, milestone: string): Sketch => ({ kind: "billing-trigger", key, milestone, charges: when("charge", "type", "equal", "RECURRING"), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "PT4H" });

const LINE: TemplateSketch = { tasks: [task("check", "reserve", { with: { what: "PORT" } }), task("line", "keyed-work", after("check"))], milestones: [{ key: "feasible", reachedBy: ["check"] }, { key: "up", reachedBy: ["line"] }], billingTriggers: ["line-start"] };
const ROUTER: TemplateSketch = {
  tasks: [
    task("reserve", "reserve", { with: { what: "ROUTER" } }),
    task("ship", "install", after("reserve"), edge({ type: "milestone", milestone: "feasible", item: { relationship: "reliesOn" } }), { pointOfNoReturn: "soft" }),
  ],
  milestones: [{ key: "shipped", reachedBy: ["ship"] }], billingTriggers: ["router-start"],
};
const SUPPORT: TemplateSketch = { tasks: [task("grant", "keyed-work", edge({ type: "milestone", milestone: "up", item: { relationship: "reliesOn" } }))], milestones: [{ key: "granted", reachedBy: ["grant"] }], billingTriggers: ["support-start"] };

/** Line 1, router 2 and support 3 that rely on it; each is billed once. */
function office(policies: { readonly [offering: string]: string } = {}, ...sketches: readonly Sketch[]) {
  const templates = Object.fromEntries(Object.entries({ LINE, ROUTER, SUPPORT }).map(([offering, template]) => [offering, policies[offering] ? { ...template, changePolicy: policies[offering] } : template]));
  return changeable(templates, bills("line-start", "up"), bills("router-start", "shipped"), bills("support-start", "granted"), ...sketches);
}
const charges = [{ key: "fee", type: "RECURRING" }];
const reliesOn = [{ type: "reliesOn", itemId: "1" }];
const items = [
  itemOf({ id: "1", offering: "LINE", charges }),
  itemOf({ id: "2", offering: "ROUTER", charges, relationships: reliesOn }),
  itemOf({ id: "3", offering: "SUPPORT", charges, relationships: reliesOn }),
];
const itemStates = (scene: Scene) => scene.order.items.map(({ state }) => state);
const start = (release = office(), order = orderOf(items)) => given(release, order);

describe("G3 one item of an order is cancelled", () => {
  it("28 section 28: the router after its reservation, before its shipment: released once, never billed; the rest completes", async () => {
    const scene = await start();
    await scene.run("2/reserve");
    await cancel(scene, { itemIds: ["2"] });
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["IN_PROGRESS", "IN_PROGRESS", "CANCELLING", "IN_PROGRESS"]);
    await drive(scene);
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["COMPLETED", "COMPLETED", "CANCELLED", "COMPLETED"]);
    expect([done(scene, "release"), actions(scene).filter((action) => action === "charge").length, scene.milestone("2/shipped")]).toEqual([1, 2, "MISSED"]);
    expect(actions(scene)).not.toContain("install");
    expect(scene.openCases()).toEqual([]);
    expect(scene.order.changes).toMatchObject([{ state: "DONE", itemIds: ["2"] }]);
  });

  it("the others are never held up by it", async () => {
    const scene = await start();
    await scene.admit("2/reserve");
    await cancel(scene, { itemIds: ["2"] });
    await scene.run("1/check", "1/line");
    expect(scene.states("3/grant")).toEqual(["READY"]);
    await scene.succeed("2/reserve");
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("billing never starts for a cancelled item, even when its milestone was about to be reached", async () => {
    const scene = await start();
    await scene.run("2/reserve", "1/check");
    await scene.admit("2/ship");
    await cancel(scene, { itemIds: ["2"] });
    await scene.succeed("2/ship");
    expect(scene.milestone("2/shipped")).toBe("REACHED");
    expect(scene.states("2/bill.router-start.fee")).toEqual(["PENDING"]);
    await decide(scene, true);
    scene.thenRejected("approval-stale");
    await cancel(scene, { itemIds: ["2"] });
    await decide(scene, true);
    await drive(scene);
    expect(scene.states("2/bill.router-start.fee")).toEqual(["CANCELLED"]);
    expect(itemStates(scene)[1]).toBe("CANCELLED");
  });

  it("before the plan: it is left out of the plan and of the start", async () => {
    const scene = await submitted(office(), orderOf(items));
    await cancel(scene, { itemIds: ["2"] });
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["READY_FOR_FULFILLMENT", "READY_FOR_FULFILLMENT", "CANCELLED", "READY_FOR_FULFILLMENT"]);
    await scene.when({ type: "FulfillOrder" });
    expect(itemStates(scene)).toEqual(["IN_PROGRESS", "CANCELLED", "IN_PROGRESS"]);
    expect(scene.order.plan?.graph.tasks.some(({ itemId }) => itemId === "2")).toBe(false);
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("the last item that is left: the whole order is cancelled", async () => {
    const scene = await start();
    await cancel(scene, { itemIds: ["2"] });
    await cancel(scene, { itemIds: ["3"] });
    await cancel(scene, { itemIds: ["1"] });
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED"]);
  });

  it("a completed item is refused, with the way to go instead", async () => {
    const scene = await start();
    await scene.run("2/reserve", "1/check", "1/line");
    await drive(scene);
    const half = await given(office(), orderOf([...items, itemOf({ id: "4", offering: "ROUTER", relationships: [] })]));
    await half.run("4/reserve", "4/ship");
    expect(half.order.items[3]?.state).toBe("COMPLETED");
    await cancel(half, { itemIds: ["4"] });
    half.thenRejected("change-refused");
    expect(half.last).toMatchObject({ rejection: { details: { route: "CHANGE_ORDER", items: [{ itemId: "4", answer: "REFUSE" }] } } });
    await cancel(half);
    half.thenRejected("change-refused");
  });

  it("what changes nothing or has failed already does not stand in the way of cancelling the rest", async () => {
    const scene = await given(office(), orderOf([...items, itemOf({ id: "4", action: "NO_CHANGE", offering: "LINE" }), itemOf({ id: "5", offering: "LINE" })]));
    await scene.admit("5/check");
    await scene.fail("5/check", "SEMANTIC");
    await scene.person("5/check", "REJECTED");
    expect(itemStates(scene).slice(3)).toEqual(["COMPLETED", "FAILED"]);
    await scene.run("2/reserve");
    await cancel(scene);
    await drive(scene);
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED", "COMPLETED", "FAILED"]);
    await cancel(scene);
    scene.thenNothing();
  });

  it("then the rest too, while the first is still being undone", async () => {
    const scene = await start();
    await scene.run("2/reserve");
    await cancel(scene, { itemIds: ["2"] });
    await cancel(scene);
    expect(scene.order).toMatchObject({ state: "CANCELLING", changes: [{ itemIds: ["2"] }, { itemIds: ["1", "3"] }] });
    await drive(scene);
    expect([scene.order.state, scene.order.changes.map(({ state }) => state), done(scene, "release")]).toEqual(["CANCELLED", ["DONE", "DONE"], 1]);
  });

  it("the rest too, while someone decides about the first: asked anew for all", async () => {
    const scene = await start();
    await scene.run("2/reserve", "1/check");
    await scene.admit("2/ship");
    await cancel(scene, { itemIds: ["2"] });
    expect(itemStates(scene)[1]).toBe("ASSESSING_CANCELLATION");
    await cancel(scene);
    expect(scene.order.approvals.map(({ state }) => state)).toEqual(["VOID", "PENDING"]);
    expect(scene.order.state).toBe("ASSESSING_CANCELLATION");
    await decide(scene, true);
    await scene.succeed("2/ship");
    await drive(scene);
    expect(scene.order.state).toBe("CANCELLED");
  });

  it("B9 a bundle is cancelled with all its children, and completes without one of them", async () => {
    const bundle = [itemOf({ id: "b", offering: "BUNDLE" }), itemOf({ id: "1", offering: "LINE", parentId: "b" }), itemOf({ id: "2", offering: "ROUTER", parentId: "b", relationships: reliesOn })];
    const scene = await given(office(), orderOf(bundle));
    await cancel(scene, { itemIds: ["2"] });
    await drive(scene);
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["COMPLETED", "COMPLETED", "COMPLETED", "CANCELLED"]);
    const all = await given(office(), orderOf(bundle));
    await cancel(all, { itemIds: ["b"] });
    await drive(all);
    expect([all.order.state, ...itemStates(all)]).toEqual(["CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED"]);
  });
});

describe("G3 items that rely on a cancelled one", () => {
  it("CANCEL_WITH: go with it, and the quote says because of what", async () => {
    const scene = await start();
    await cancel(scene, { itemIds: ["1"] });
    await drive(scene);
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED"]);
    expect(scene.order.changes).toMatchObject([{ itemIds: ["1", "2", "3"] }]);
  });

  it("REFUSE: forbid it, unless they are named too", async () => {
    const release = office({ SUPPORT: "loyal" }, changePolicy("loyal", { dependents: "REFUSE" }));
    const scene = await start(release);
    await cancel(scene, { itemIds: ["1"] });
    scene.thenRejected("change-refused");
    expect(scene.last).toMatchObject({ rejection: { message: "Item 3 relies on item 1; cancel both or none" } });
    await cancel(scene, { itemIds: ["1", "3"] });
    await drive(scene);
    expect(scene.order.state).toBe("CANCELLED");
  });

  it("REFUSE: also before there is a plan", async () => {
    const scene = await submitted(office({ SUPPORT: "loyal" }, changePolicy("loyal", { dependents: "REFUSE" })), orderOf(items));
    await cancel(scene, { itemIds: ["1"] });
    scene.thenRejected("change-refused");
  });

  it("KEEP: stay; what they can no longer get is fallout, never a silent wait", async () => {
    const scene = await start(office({ SUPPORT: "free" }, changePolicy("free", { dependents: "KEEP" })));
    await cancel(scene, { itemIds: ["1"] });
    expect(itemStates(scene)).toEqual(["CANCELLED", "CANCELLED", "IN_PROGRESS"]);
    expect(scene.states("3/grant")).toEqual(["AWAITING_MANUAL_ACTION"]);
    expect(scene.openCases()).toMatchObject([{ itemId: "3", reasonCode: "DEPENDENCY_IMPOSSIBLE" }]);
    expect(scene.order.state).toBe("IN_PROGRESS");
  });

  it("a product that is cancelled only as a whole refuses its single items, before and after the plan", async () => {
    const release = office({ ROUTER: "whole" }, changePolicy("whole", { scopes: ["ORDER"] }));
    const scene = await submitted(release, orderOf(items));
    await cancel(scene, { itemIds: ["2"] });
    scene.thenRejected("change-refused");
    await scene.when({ type: "FulfillOrder" });
    await cancel(scene, { itemIds: ["2"] });
    scene.thenRejected("change-refused");
    await cancel(scene, { itemIds: ["1", "2", "3"] });
    await drive(scene);
    expect(scene.order.state).toBe("CANCELLED");
    expect(newest(scene, "2/reserve").state).toBe("CANCELLED");
  });
});
