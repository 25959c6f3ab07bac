import { describe, expect, it } from "vitest";
import { given, submitted } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { actions, cancel, decide, drive } from "./change-kit.ts";
import { fiber, fresh, order, thenCancelled } from "./cancelled-fiber.ts";

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

  it("in flight, then it succeeds without proof: a person finds out what is there, nothing is taken for undone", async () => {
    const scene = await fresh();
    await scene.admit("reserve");
    await cancel(scene);
    await scene.report("reserve", { status: "succeeded", result: {} });
    expect([scene.order.state, ...scene.states("reserve")]).toEqual(["CANCELLING", "AWAITING_MANUAL_ACTION"]);
    expect(scene.openCases()).toMatchObject([{ taskId: scene.task("reserve").id }]);
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

