import { describe, expect, it } from "vitest";
import { evolve } from "../../../engine/order/evolve.ts";
import type { Order } from "../../../engine/order/order.ts";
import { given, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, task } from "../../support/release-of.ts";
import { actions, AGENT, cancel, changeable, decide, done, drive, LEAD, pending } from "./change-kit.ts";

const chain = changeable({
  DEMO: {
    tasks: [
      task("a", "reserve", { with: { what: "A" } }),
      task("b", "reserve", after("a"), { with: { what: "B" } }),
      task("c", "reserve", after("b"), { with: { what: "C" } }),
      task("last", "keyed-work", after("c")),
    ],
  },
});
const reserved = async (...names: readonly string[]): Promise<Scene> => (await given(chain)).run(...names);
const undoStates = (scene: Scene) => scene.order.compensations.map(({ state }) => state);

describe("G1 undoing is work of its own", () => {
  it("is done in the reverse order of the work, each with its own key, evidence and the outputs of its original", async () => {
    const scene = await reserved("a", "b", "c");
    await cancel(scene);
    expect(scene.states("undo.a", "undo.b", "undo.c")).toEqual(["PENDING", "PENDING", "READY"]);
    await scene.run("undo.c");
    expect(scene.states("undo.a", "undo.b")).toEqual(["PENDING", "READY"]);
    await scene.run("undo.b", "undo.a");
    expect(scene.order.state).toBe("CANCELLED");
    const released = scene.commands.filter((command) => command.type === "DispatchTask" && command.action === "release");
    expect(new Set(released.map((command) => command.type === "DispatchTask" && command.idempotencyKey)).size).toBe(3);
    expect(scene.task("undo.b").inputs).toEqual({ reference: "R-b" });
  });

  it("is planned as the next version of the plan; what was done stays where it is", async () => {
    const scene = await reserved("a");
    const before = scene.order.tasks;
    await cancel(scene);
    expect(scene.order.plan).toMatchObject({ id: "O1/p2", number: 2 });
    expect(scene.task("a")).toBe(before[scene.position("a")]);
    expect(scene.past("PlanSuperseded")).toMatchObject([{ supersedes: "O1/p1" }]);
  });

  it("that fails is fallout: the order stays CANCELLING until a person has repaired it", async () => {
    const scene = await reserved("a", "b");
    await cancel(scene);
    await scene.admit("undo.b");
    await scene.fail("undo.b", "SEMANTIC");
    expect([scene.order.state, scene.openCases().map(({ taskId }) => taskId), scene.order.plan?.state]).toEqual(["CANCELLING", [scene.task("undo.b").id], "BLOCKED"]);
    expect(scene.states("undo.a")).toEqual(["PENDING"]);
    await scene.person("undo.b", "REPAIRED");
    await drive(scene);
    expect([scene.order.state, undoStates(scene), scene.openCases()]).toEqual(["CANCELLED", ["COMPENSATED", "COMPENSATED"], []]);
    expect(done(scene, "release")).toBe(2);
  });

  it("is tried again by its own retry policy", async () => {
    const scene = await reserved("a");
    await cancel(scene);
    await scene.admit("undo.a");
    await scene.fail("undo.a", "TRANSIENT");
    await scene.pass("PT20S");
    await drive(scene);
    expect([scene.order.state, actions(scene)]).toEqual(["CANCELLED", ["reserve", "release", "release"]]);
  });

  it("whose outcome is unknown is found out, never assumed", async () => {
    const scene = await reserved("a");
    await cancel(scene);
    await scene.admit("undo.a");
    await scene.pass("PT90S");
    expect([scene.states("undo.a"), scene.order.state]).toEqual([["OUTCOME_UNKNOWN"], "CANCELLING"]);
    await scene.report("undo.a", { status: "succeeded", result: { reference: "late" } }, { via: "callback" });
    expect(scene.order.state).toBe("CANCELLED");
  });

  it("given up by a person leaves a failed compensation on record; the order ends, and says so", async () => {
    const scene = await reserved("a");
    await cancel(scene);
    await scene.admit("undo.a");
    await scene.fail("undo.a", "SEMANTIC");
    await scene.person("undo.a", "REJECTED");
    expect([scene.order.state, undoStates(scene)]).toEqual(["CANCELLED", ["FAILED"]]);
  });

  it("refuses a second event about a compensation that is settled", async () => {
    const scene = await reserved("a");
    await cancel(scene);
    await drive(scene);
    const settled: Order = scene.order;
    expect(() => evolve(settled, { type: "CompensationSettled", at: scene.at, compensationId: "O1/undo/1", succeeded: false })).toThrow(/may not go from COMPENSATED to FAILED/);
  });
});

describe("G1 undoing that someone must agree to", () => {
  const twoLines = changeable({ DEMO: { tasks: [task("on", "activate", { with: { speed: "1G" } }), task("hold", "approval", after("on"))] } });
  const active = async () => (await given(twoLines)).run("on");

  it("waits for the role its policy names, after the cancellation itself was accepted", async () => {
    const scene = await active();
    await cancel(scene);
    expect([scene.order.state, undoStates(scene), pending(scene)?.role]).toEqual(["CANCELLING", ["AWAITING_APPROVAL"], "operations-approver"]);
    expect(scene.states("undo.on")).toEqual(["PENDING"]);
    await decide(scene, true, { actor: AGENT });
    scene.thenRejected("four-eyes");
    await decide(scene, true);
    await drive(scene);
    expect([scene.order.state, undoStates(scene), done(scene, "deactivate")]).toEqual(["CANCELLED", ["COMPENSATED"], 1]);
  });

  it("refused: it is fallout, nothing is undone, and the order stays CANCELLING until a person says how it ends", async () => {
    const scene = await active();
    await cancel(scene);
    await decide(scene, false);
    expect([scene.order.state, undoStates(scene), scene.openCases().length]).toEqual(["CANCELLING", ["REFUSED"], 1]);
    expect(scene.task("undo.on")).toMatchObject({ state: "AWAITING_MANUAL_ACTION" });
    expect(actions(scene)).toEqual(["activate"]);
    await scene.person("undo.on", "REJECTED");
    expect([scene.order.state, done(scene, "deactivate")]).toEqual(["CANCELLED", 0]);
  });
});

describe("E5 late success of cancelled work", () => {
  const parallel = changeable({ DEMO: { tasks: [task("a", "reserve", { with: { what: "A" } }), task("slow", "reserve", { with: { what: "B" } })] } });

  /** A's attempt failed, its retry was waiting, the order is being cancelled while `slow` is still under way. */
  const cancelledRetry = async () => {
    const scene = await given(parallel);
    await scene.admit("a", "slow");
    await scene.fail("a", "TRANSIENT");
    await cancel(scene);
    expect(scene.states("a", "slow")).toEqual(["CANCELLED", "DISPATCHED"]);
    return scene;
  };

  it("is recorded and undone with what it says it did", async () => {
    const scene = await cancelledRetry();
    await scene.succeed("a", { reference: "late" }, { via: "callback" });
    expect(scene.past("LateResultRecorded")).toHaveLength(1);
    expect(scene.task("undo.a")).toMatchObject({ state: "READY", inputs: { reference: "late" } });
    await scene.succeed("slow");
    await drive(scene);
    expect([scene.order.state, done(scene, "release"), scene.openCases()]).toEqual(["CANCELLED", 2, []]);
  });

  it("said twice is undone once", async () => {
    const scene = await cancelledRetry();
    await scene.succeed("a", { reference: "late" }, { via: "callback" });
    await scene.succeed("a", { reference: "late" }, { via: "callback" });
    scene.thenNothing();
  });

  it("after the order has ended is a case for a person: what is over is not opened again", async () => {
    const scene = await cancelledRetry();
    await scene.fail("slow", "SEMANTIC");
    expect(scene.order.state).toBe("CANCELLED");
    await scene.succeed("a", { reference: "late" }, { via: "callback" });
    expect([scene.order.state, scene.openCases().map(({ reasonCode }) => reasonCode)]).toEqual(["CANCELLED", ["LATE_RESULT"]]);
  });
});

describe("A13 calling back what is under way", () => {
  const visit = changeable({ DEMO: { tasks: [task("book", "book"), task("visit", "visit", edge({ type: "output", task: "book", with: { output: "reference" } }))], milestones: [{ key: "visited", reachedBy: ["visit"] }] } });
  const underWay = async () => {
    const scene = await given(visit, orderOf([itemOf({ appointment: { slot: "monday" } })]));
    await scene.run("book");
    await scene.admit("visit");
    await cancel(scene);
    return scene;
  };

  it("heard in time: the work is over without effect, and what it built on is undone", async () => {
    const scene = await underWay();
    expect(scene.task("withdraw.visit")).toMatchObject({ state: "READY", request: { reference: "R-book" } });
    expect(scene.past("CompensationRequested")).toEqual([]);
    await scene.run("withdraw.visit");
    expect([scene.task("visit").state, actions(scene).at(-1)]).toEqual(["CANCELLED", "call-back"]);
    await drive(scene);
    expect([scene.order.state, done(scene, "unbook")]).toEqual(["CANCELLED", 1]);
  });

  it("too late: the result counts; what cannot be undone stays and is not undone under it", async () => {
    const scene = await underWay();
    await scene.admit("withdraw.visit");
    await scene.succeed("visit");
    await scene.fail("withdraw.visit", "SEMANTIC");
    await drive(scene);
    expect(scene.states("visit")).toEqual(["SUCCEEDED"]);
    expect(scene.order.state).toBe("CANCELLED");
  });

  it("refused by the other side: its own result is waited for", async () => {
    const scene = await underWay();
    await scene.admit("withdraw.visit");
    await scene.fail("withdraw.visit", "SEMANTIC");
    expect([scene.states("visit", "withdraw.visit"), scene.order.state]).toEqual([["DISPATCHED", "FAILED_FINAL"], "CANCELLING"]);
    await scene.fail("visit", "SEMANTIC");
    await drive(scene);
    expect([scene.states("visit"), scene.order.state]).toEqual([["CANCELLED"], "CANCELLED"]);
  });

  it("asked twice, it is called back once", async () => {
    const scene = await underWay();
    await scene.pass("PT2M");
    await cancel(scene, { actor: LEAD });
    expect(scene.order.plan?.graph.tasks.filter(({ source }) => source.by === "withdrawal")).toHaveLength(1);
  });
});
