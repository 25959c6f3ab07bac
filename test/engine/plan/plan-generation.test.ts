import { describe, expect, it } from "vitest";
import { explainOrder } from "../../../engine/explain/explain.ts";
import { compile } from "../../../engine/language/compile.ts";
import { given, submitted } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, definitionsOf, edge, releaseOf, task, when, type Sketch } from "../../support/release-of.ts";

const bigOnly = when("item", "quantity", "greaterThan", 5);
const graphOf = (scene: { order: { plan: { graph: unknown } | null } }) => JSON.stringify(scene.order.plan?.graph);

describe("B5 decomposition is deterministic", () => {
  const template = { tasks: [task("a"), task("b", "asked-work", after("a")), task("c", "keyed-work", { includeWhen: bigOnly })], milestones: [{ key: "m", reachedBy: ["a", "b"] }] };

  it("the same order and release give the same plan, byte for byte, whatever order the files come in", async () => {
    const files = definitionsOf({ DEMO: template });
    const reversed = compile(files.toReversed(), { name: "test" });
    if (!reversed.ok) throw new Error("does not compile");
    const first = await given(releaseOf({ DEMO: template }));
    const second = await given(reversed.release);
    expect(second.order.release.digest).toBe(first.order.release.digest);
    expect(graphOf(second)).toBe(graphOf(first));
  });

  it("ids are derived: order, plan, item, task", async () => {
    const scene = await given(releaseOf({ DEMO: template }));
    expect(scene.order.plan).toMatchObject({ id: "O1/p1", number: 1 });
    expect(scene.planned("b").id).toBe("O1/p1/1/b");
  });
});

describe("B7 every task records where it came from", () => {
  it("template, version, table and row", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b")] } }));
    expect(scene.planned("b").source).toEqual({ by: "template", template: "demo", task: 1 });
    expect(scene.order.items[0]?.decomposition).toEqual({ table: "decomposition", tableVersion: 1, row: "demo", template: "demo", templateVersion: 1 });
    expect(explainOrder(scene.order, scene.release).tasks[1]?.exists).toBe('Task b of plan template demo v1, chosen by row "demo" of decomposition v1 for item 1');
  });

  it("work the order does not need stays in the plan, skipped, with the reason; it counts as nothing open", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b", "keyed-work", { includeWhen: bigOnly })] } }));
    expect(scene.task("b")).toMatchObject({ state: "SKIPPED_BY_POLICY", reason: expect.stringContaining("condition does not hold") as string });
    expect(scene.order).toMatchObject({ plan: { openTasks: 1 }, items: [{ mandatoryTasks: 1, openMandatoryTasks: 1 }] });
    expect(explainOrder(scene.order, scene.release).tasks[1]?.leftOut).toContain("condition does not hold");
    expect((await given(scene.release, orderOf([itemOf({ quantity: 6 })]))).states("b")).toEqual(["READY"]);
  });

  it("parameters are fixed by the order's facts when the plan is made", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { with: { label: "=item.characteristics.label" } })] } }), orderOf([itemOf({ characteristics: { label: "L7" } })]));
    expect(scene.planned("a").with).toEqual({ label: "L7" });
  });

  it("optional work is the template's word, else the type's", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b", "keyed-work", { mandatory: false }, after("a")), task("c", "message", { with: { message: "x" } }, after("a"))] } }));
    expect(["a", "b", "c"].map((key) => scene.planned(key).mandatory)).toEqual([true, false, false]);
  });
});

describe("depth", () => {
  it("is the longest way from a task that waits for nothing, also through milestones", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b", "keyed-work", after("a")), task("c", "keyed-work", after("a"), after("b")), task("d", "keyed-work", edge({ type: "milestone", milestone: "m" })), task("e", "keyed-work", edge({ type: "time", with: { at: "=order.acceptedAt" } }))], milestones: [{ key: "m", reachedBy: ["c"] }] } }));
    expect(["a", "b", "c", "d", "e"].map((key) => scene.planned(key).depth)).toEqual([0, 1, 2, 3, 0]);
  });

  it("is found for a chain of two thousand tasks without overflowing anything", async () => {
    const tasks = Array.from({ length: 2_000 }, (_, n) => task(`t${n}`, "record", n === 0 ? {} : after(`t${n - 1}`)));
    const scene = await submitted(releaseOf({ DEMO: { tasks: tasks.toReversed() } }));
    await scene.when({ type: "FulfillOrder" });
    expect(scene.planned("t1999").depth).toBe(1_999);
  }, 60_000);
});

describe("B9 dependencies between items", () => {
  const line = { tasks: [task("build"), task("test", "keyed-work", after("build"))], milestones: [{ key: "live", reachedBy: ["test"] }] };
  const support = { tasks: [task("grant", "keyed-work", edge({ type: "milestone", milestone: "live", item: { relationship: "reliesOn" } }))] };
  const monitor = { tasks: [task("watch", "keyed-work", edge({ type: "success", task: "build", item: { specification: "LINE" } }))] };
  const release = releaseOf({ LINE: line, SUPPORT: support, MONITOR: monitor });
  const lineItem = (id: string) => itemOf({ id, offering: "LINE", specification: "LINE" });

  it("by relationship: support waits for the line it relies on, and for no other", async () => {
    const scene = await given(release, orderOf([lineItem("1"), lineItem("2"), itemOf({ id: "3", offering: "SUPPORT", relationships: [{ type: "reliesOn", itemId: "2" }] })]));
    expect(scene.planned("3/grant").edges).toMatchObject([{ on: { milestone: "2/live" } }]);
    await scene.run("1/build", "1/test");
    expect(scene.states("3/grant")).toEqual(["PENDING"]);
    await scene.run("2/build", "2/test");
    expect(scene.states("3/grant")).toEqual(["READY"]);
    expect(scene.planned("3/grant").depth).toBe(2);
  });

  it("several matching items: it waits for all of them", async () => {
    const scene = await given(release, orderOf([lineItem("1"), lineItem("2"), itemOf({ id: "3", offering: "MONITOR" })]));
    expect(scene.planned("3/watch").edges.map(({ on }) => on)).toEqual([{ task: "O1/p1/1/build" }, { task: "O1/p1/2/build" }]);
    await scene.run("1/build");
    expect(scene.states("3/watch")).toEqual(["PENDING"]);
    await scene.run("2/build");
    expect(scene.states("3/watch")).toEqual(["READY"]);
  });

  it("no matching item: the dependency is omitted, and the plan says so", async () => {
    const scene = await given(release, orderOf([itemOf({ id: "3", offering: "SUPPORT" }), itemOf({ id: "4", offering: "MONITOR" })]));
    expect(scene.states("3/grant", "4/watch")).toEqual(["READY", "READY"]);
    expect(scene.planned("3/grant").omittedEdges).toEqual([{ edge: 0, reason: "No item with live is related by reliesOn" }]);
    expect(scene.planned("4/watch").omittedEdges).toEqual([{ edge: 0, reason: "No other item of LINE has build" }]);
  });
});

describe("B6 a graph that waits for itself never starts", () => {
  it("a circle over two items is a case with the way round, not a plan", async () => {
    const each = (other: string) => ({ tasks: [task("t", "keyed-work", edge({ type: "success", task: "t", item: { specification: other } }))] });
    const release = releaseOf({ A: each("B"), B: each("A") });
    const scene = await submitted(release, orderOf([itemOf({ id: "1", offering: "A", specification: "A" }), itemOf({ id: "2", offering: "B", specification: "B" })]));
    await scene.when({ type: "FulfillOrder" });
    expect(scene.order).toMatchObject({ state: "READY_FOR_FULFILLMENT", plan: null });
    expect(scene.openCases()).toMatchObject([{ reasonCode: "PLAN_CYCLE", itemId: null, blocking: true }]);
    expect(scene.commands).toEqual([]);
  });

  it("a circle within one template does not even compile", () => {
    expect(() => releaseOf({ DEMO: { tasks: [task("a", "keyed-work", after("b")), task("b", "keyed-work", after("a"))] } })).toThrow(/cycle/);
  });

  it("a child that waits for its bundle's completion waits for itself: found through the family too", async () => {
    const release = releaseOf({ PARENT: { tasks: [task("own")] }, CHILD: { tasks: [task("c", "keyed-work", edge({ type: "milestone", milestone: "item-completed", item: { relationship: "partOf" } }))] } });
    const scene = await submitted(release, orderOf([itemOf({ id: "1", offering: "PARENT" }), itemOf({ id: "2", offering: "CHILD", parentId: "1", relationships: [{ type: "partOf", itemId: "1" }] })]));
    await scene.when({ type: "FulfillOrder" });
    expect(scene.openCases()).toMatchObject([{ reasonCode: "PLAN_CYCLE" }]);
  });
});

describe("B11 a decomposition failure is fallout, never a silent rejection", () => {
  const release = releaseOf({ DEMO: { tasks: [task("a")] } });

  it.each([
    ["an action no row fits", itemOf({ action: "DISCONNECT" }), "DECOMPOSITION_NO_ROW"],
    ["an offering no table knows", itemOf({ offering: "NOBODY" }), "DECOMPOSITION_MISSING"],
  ])("%s", async (_what, item, code) => {
    const scene = await submitted(release, orderOf([item]));
    await scene.when({ type: "FulfillOrder" });
    scene.thenEvents("OrderValidationStarted", "OrderReadyForFulfillment", { type: "FalloutCaseOpened", case: { reasonCode: code, itemId: "1", blocking: true } });
    expect(explainOrder(scene.order, release)).toMatchObject({ waitsFor: "person", sentence: expect.stringContaining("No plan could be made") as string });
  });

  it("names every item that has no plan, and trying again without a change adds nothing", async () => {
    const scene = await submitted(release, orderOf([itemOf({ id: "1" }), itemOf({ id: "2", action: "DISCONNECT" }), itemOf({ id: "3", action: "DISCONNECT" })]));
    await scene.when({ type: "FulfillOrder" });
    expect(scene.openCases().map(({ itemId }) => itemId)).toEqual(["2", "3"]);
    await scene.when({ type: "FulfillOrder" });
    scene.thenNothing();
  });

  it("rows that contradict each other are a case too", async () => {
    const twice: Sketch = {
      kind: "decision-table", key: "decomposition", purpose: "decomposition", hitPolicy: "UNIQUE",
      columns: [{ key: "offering", in: "item.offering", type: "string" }, { key: "quantity", in: "item.quantity", type: "number" }, { out: "planTemplate", type: "string" }],
      rows: [{ id: "one", offering: ["DEMO", "BUNDLE"], planTemplate: "demo" }, { id: "many", offering: ["DEMO"], quantity: "> 5", planTemplate: "demo" }],
    };
    const files = definitionsOf({ DEMO: { tasks: [task("a")] } }, twice);
    const compiled = compile(files, { name: "test" });
    if (!compiled.ok) {
      expect(JSON.stringify(compiled.diagnostics)).toContain("many");
      return;
    }
    const scene = await submitted(compiled.release, orderOf([itemOf({ quantity: 6 })]));
    await scene.when({ type: "FulfillOrder" });
    expect(scene.openCases()).toMatchObject([{ reasonCode: "DECOMPOSITION_CONFLICT" }]);
  });

  it("a milestone that needs an instant the order does not have is a case", async () => {
    const dated = releaseOf({ DEMO: { tasks: [task("a")], milestones: [{ key: "day", reachedAt: "=item.requestedDate" }] } });
    const scene = await submitted(dated);
    await scene.when({ type: "FulfillOrder" });
    expect(scene.openCases()).toMatchObject([{ reasonCode: "MILESTONE_INSTANT_MISSING", itemId: "1" }]);
  });
});
