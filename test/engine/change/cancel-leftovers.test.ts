import { describe, expect, it } from "vitest";
import { given } from "../../support/given.ts";
import { after, task } from "../../support/release-of.ts";
import { cancel, changeable, drive } from "./change-kit.ts";

const told = changeable(
  { DEMO: { tasks: [task("a", "reserve", { with: { what: "A" } }), task("last", "keyed-work", after("a"))], milestones: [{ key: "live", reachedBy: ["a"] }] } },
  {
    kind: "milestone-map", key: "kit", statusTable: "status", notifyWith: "message", milestones: [{ key: "live", title: "Live", notify: { en: "It is live." } }],
    statuses: ["IN_PROGRESS", "DELAYED", "ACTION_REQUIRED", "CANNOT_PROCESS", "DONE"].map((key) => ({ key, title: { en: key } })),
  },
);

/** Both found by the chaos simulator (I-21): work that took effect, and nothing took it back. */
describe("G1 nothing that was done is left behind by a cancellation", () => {
  it("given done work and a message about it under way, when the item is cancelled, then the work is undone before the item is", async () => {
    const scene = await given(told);
    await scene.run("a");
    await scene.admit("notify.live");
    await cancel(scene);
    expect([scene.order.state, scene.states("notify.live", "undo.a")]).toEqual(["CANCELLING", ["DISPATCHED", "READY"]]);
    await drive(scene);
    expect([scene.order.state, scene.order.compensations.map(({ state }) => state)]).toEqual(["CANCELLED", ["COMPENSATED"]]);
  });

  it("given a success that came before its command was sent, when the item is cancelled, then the work counts as done and is undone", async () => {
    const scene = await given(told);
    await scene.when({ type: "TaskReported", taskId: scene.task("a").id, via: "callback", attempt: null, report: { status: "succeeded", result: { reference: "R-early" } } });
    expect(scene.order.parkedResults).toHaveLength(1);
    await cancel(scene);
    expect([scene.states("a", "undo.a"), scene.task("undo.a").inputs, scene.order.parkedResults]).toEqual([["SUCCEEDED", "READY"], { reference: "R-early" }, []]);
    await drive(scene);
    expect(scene.order.state).toBe("CANCELLED");
  });
});
