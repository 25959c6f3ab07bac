import { describe, expect, it } from "vitest";
import { given, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, releaseOf, task, when, type Sketch } from "../../support/release-of.ts";

const two = releaseOf({ DEMO: { tasks: [task("a")] } });
const items = [itemOf({ id: "1" }), itemOf({ id: "2" })];

async function lose(scene: Scene, name: string): Promise<Scene> {
  await scene.admit(name);
  await scene.fail(name, "SEMANTIC");
  return scene.person(name, "REJECTED");
}

const itemStates = (scene: Scene) => scene.order.items.map(({ state }) => state);

describe("B9 an order follows from its items", () => {
  it("is completed when all are", async () => {
    const scene = await given(two, orderOf(items));
    await scene.run("1/a");
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["IN_PROGRESS", "COMPLETED", "IN_PROGRESS"]);
    await scene.run("2/a");
    expect(scene.order).toMatchObject({ state: "COMPLETED", plan: { state: "COMPLETED" } });
  });

  it("is completed in part when some failed for good, and failed when all did", async () => {
    const scene = await given(two, orderOf(items));
    await scene.run("1/a");
    await lose(scene, "2/a");
    expect([scene.order.state, ...itemStates(scene), scene.order.plan?.state]).toEqual(["PARTIALLY_COMPLETED", "COMPLETED", "FAILED", "FAILED"]);
    const lost = await given(two, orderOf(items));
    await lose(lost, "1/a");
    expect(lost.order.state).toBe("IN_PROGRESS");
    await lose(lost, "2/a");
    expect(lost.order).toMatchObject({ state: "FAILED", completedAt: lost.at });
  });

  it("is held while one item is, and goes on with it", async () => {
    const scene = await given(two, orderOf(items));
    await scene.admit("1/a");
    await scene.fail("1/a", "SEMANTIC");
    await scene.person("1/a", "ASK_CUSTOMER");
    expect(scene.order.state).toBe("HELD");
    await scene.run("2/a");
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["HELD", "HELD", "COMPLETED"]);
    await scene.when({ type: "ResumeItem", itemId: "1", reason: "ok", actor: { id: "ann", roles: [], regions: [] } });
    expect(scene.order.state).toBe("IN_PROGRESS");
    await scene.run("1/a");
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("a recoverable failure leaves the order in progress and blocks the plan only when nothing else moves", async () => {
    const scene = await given(two, orderOf(items));
    await scene.admit("1/a");
    await scene.fail("1/a", "SEMANTIC");
    expect(scene.order).toMatchObject({ state: "IN_PROGRESS", plan: { state: "RUNNING" } });
    await scene.run("2/a");
    expect(scene.order).toMatchObject({ state: "IN_PROGRESS", plan: { state: "BLOCKED" } });
    await scene.person("1/a", "REPAIRED");
    expect(scene.order.plan?.state).toBe("RUNNING");
  });

  it("an item that changes nothing is complete with the start; an order of such items at once", async () => {
    const scene = await given(two, orderOf([itemOf({ id: "1" }), itemOf({ id: "2", action: "NO_CHANGE" })]));
    expect(itemStates(scene)).toEqual(["IN_PROGRESS", "COMPLETED"]);
    const idle = await given(two, orderOf([itemOf({ action: "NO_CHANGE" })]));
    expect(idle.order).toMatchObject({ state: "COMPLETED", plan: { state: "COMPLETED", openTasks: 0 } });
  });
});

describe("B9 a bundle follows from its children", () => {
  const bundle = orderOf([itemOf({ id: "b", offering: "BUNDLE" }), itemOf({ id: "1", parentId: "b" }), itemOf({ id: "2", parentId: "b" })]);

  it("is completed with the last child", async () => {
    const scene = await given(two, bundle);
    expect(itemStates(scene)).toEqual(["IN_PROGRESS", "IN_PROGRESS", "IN_PROGRESS"]);
    await scene.run("1/a");
    expect(itemStates(scene)).toEqual(["IN_PROGRESS", "COMPLETED", "IN_PROGRESS"]);
    await scene.run("2/a");
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["COMPLETED", "COMPLETED", "COMPLETED", "COMPLETED"]);
  });

  it("cannot be completed once a child has failed: the order ends in part, or failed", async () => {
    const scene = await given(two, bundle);
    await scene.run("1/a");
    await lose(scene, "2/a");
    expect([scene.order.state, ...itemStates(scene)]).toEqual(["PARTIALLY_COMPLETED", "FAILED", "COMPLETED", "FAILED"]);
    const lost = await given(two, bundle);
    await lose(lost, "1/a");
    expect(itemStates(lost)).toEqual(["IN_PROGRESS", "FAILED", "IN_PROGRESS"]);
    await lose(lost, "2/a");
    expect([lost.order.state, ...itemStates(lost)]).toEqual(["FAILED", "FAILED", "FAILED", "FAILED"]);
  });
});

describe("A8 what the customer sees", () => {
  const texts = (key: string, notify?: string) => ({ key, title: { en: key }, ...(notify && { notify: { en: notify, de: `${notify} (de)` } }) });
  const told: Sketch = {
    kind: "milestone-map", key: "kit", statusTable: "status", notifyWith: "message",
    milestones: [{ key: "live", title: "Live", notify: { en: "=(\"Item \" + item.id + \" is live.\")", de: "Es geht." } }],
    statuses: [texts("IN_PROGRESS"), texts("DELAYED", "It takes longer."), texts("ACTION_REQUIRED"), texts("CANNOT_PROCESS", "We are sorry."), texts("DONE", "All done.")],
  };
  const release = releaseOf({ DEMO: { tasks: [task("a"), task("b", "keyed-work", after("a"))], milestones: [{ key: "live", reachedBy: ["a"] }], deadline: "P2D" } }, told);

  it("is the status of the table, with the rule that gave it, changed only when it changes", async () => {
    const scene = await given(release);
    await scene.run("a", "b");
    expect(scene.past("CustomerStatusChanged").map(({ status, rule }) => [status, rule])).toEqual([["IN_PROGRESS", "status/otherwise"], ["DONE", "status/done"]]);
  });

  it("I5 a message goes out when its milestone is reached, in the customer's language, and never blocks", async () => {
    const scene = await given(release, orderOf([itemOf()], { customer: { id: "C1", language: "de" } }));
    expect(scene.states("notify.live")).toEqual(["PENDING"]);
    await scene.run("a");
    expect(scene.task("notify.live")).toMatchObject({ state: "READY", request: { message: "Es geht." } });
    await scene.admit("notify.live");
    await scene.fail("notify.live", "SEMANTIC");
    expect(scene.states("notify.live")).toEqual(["FAILED_FINAL"]);
    await scene.run("b");
    expect(scene.order.state).toBe("COMPLETED");
    const english = await given(release);
    await english.run("a");
    expect(english.task("notify.live").request).toEqual({ message: "Item 1 is live." });
  });

  it("I5 a delay is told once, when the deadline passes; the other messages fall away at the end", async () => {
    const scene = await given(release);
    expect(scene.timers.get("O1/1#deadline")).toBe("2026-11-04T10:00:00.000Z");
    await scene.pass("P2D");
    expect(scene.order.items[0]).toMatchObject({ deadlinePassed: true, customerStatus: "DELAYED" });
    expect(scene.task("notify.status.DELAYED")).toMatchObject({ state: "READY", request: { message: "It takes longer." } });
    await scene.run("a", "b");
    expect(scene.states("notify.status.DELAYED", "notify.status.DONE", "notify.status.CANNOT_PROCESS")).toEqual(["READY", "READY", "SKIPPED_BY_POLICY"]);
    await scene.run("notify.status.DELAYED", "notify.status.DONE", "notify.live");
    expect(scene.order.plan?.state).toBe("COMPLETED");
    expect(scene.timers.size).toBe(0);
  });

  it("an order in time is not delayed: the deadline is dropped with the completion", async () => {
    const scene = await given(release);
    await scene.run("a", "b");
    expect([...scene.timers.keys()]).not.toContain("O1/1#deadline");
    await scene.when({ type: "TimerFired", timerId: "O1/1#deadline" });
    scene.thenNothing();
  });

  it("a blocked item is delayed in the customer's eyes, and not any more when it goes on", async () => {
    const scene = await given(release);
    await scene.admit("a");
    await scene.fail("a", "SEMANTIC");
    expect(scene.order.items[0]?.customerStatus).toBe("DELAYED");
    await scene.person("a", "REPAIRED");
    expect(scene.order.items[0]?.customerStatus).toBe("IN_PROGRESS");
  });

  it("follows the order's own state where the table asks for it, for every item", async () => {
    const byOrder: Sketch = {
      kind: "decision-table", key: "status", purpose: "customer-status", hitPolicy: "FIRST",
      columns: [{ key: "order", in: "order.state", type: "string" }, { out: "status", type: "string" }],
      rows: [{ id: "held", order: ["HELD"], status: "ACTION_REQUIRED" }, { id: "done", order: ["COMPLETED"], status: "DONE" }, { id: "lost", order: ["FAILED"], status: "CANNOT_PROCESS" }, { id: "part", order: ["PARTIALLY_COMPLETED"], status: "DELAYED" }],
      otherwise: { status: "IN_PROGRESS" },
    };
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a")] } }, byOrder), orderOf(items));
    await scene.admit("1/a");
    await scene.fail("1/a", "SEMANTIC");
    await scene.person("1/a", "ASK_CUSTOMER");
    expect(scene.order.items.map(({ customerStatus }) => customerStatus)).toEqual(["ACTION_REQUIRED", "ACTION_REQUIRED"]);
    await scene.when({ type: "ResumeItem", itemId: "1", reason: "ok", actor: { id: "ann", roles: [], regions: [] } });
    await scene.run("1/a", "2/a");
    expect(scene.order.items.map(({ customerStatus }) => customerStatus)).toEqual(["DONE", "DONE"]);
  });
});

describe("I3 the installed base", () => {
  it("is written by the task that records it, once, with the item's product or a new id", async () => {
    const release = releaseOf({ DEMO: { tasks: [task("a"), task("r", "record", after("a"))] } });
    const scene = await given(release, orderOf([itemOf({ characteristics: { speed: "1G" } }), itemOf({ id: "2", action: "MODIFY", product: { id: "PR7" } })]));
    await scene.run("1/a", "2/a");
    expect(scene.commands.filter(({ type }) => type === "RecordProduct")).toEqual([]);
    await scene.admit("1/r", "2/r");
    expect(scene.commands.filter(({ type }) => type === "RecordProduct")).toMatchObject([
      { productId: "O1/1", itemId: "1", status: "ACTIVE", offering: "DEMO", characteristics: { speed: "1G" } }, { productId: "PR7", itemId: "2" },
    ]);
    expect(scene.task("r")).toMatchObject({ state: "SUCCEEDED", via: "internal", outputs: { productId: "O1/1" } });
    expect(scene.order.state).toBe("COMPLETED");
  });
});

describe("the point of no return", () => {
  it("is passed at dispatch and shown as a fact of the item", async () => {
    const release = releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { pointOfNoReturn: "hard" }), task("b", "keyed-work", edge({ type: "conditional", task: "a", with: { condition: when("item", "pointOfNoReturn", "equal", "hard") } }))] } });
    const scene = await given(release);
    expect(scene.planned("a").pointOfNoReturn).toBe("hard");
    expect(scene.states("b")).toEqual(["READY"]);
  });
});
