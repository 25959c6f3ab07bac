import { describe, expect, it } from "vitest";
import { cancel, decide, finish } from "./people.ts";
import { Play } from "./play.ts";
import { sample, shipped } from "./samples.ts";
import { openCases, past, standing, taskOf } from "./told.ts";

const fiber = sample("home-fiber");
const office = sample("managed-office");

/** Seed 22a section 32.5, on the release the product ships. */
describe("22a 32.5 compensation", () => {
  it("22a 32.5 cancellation before dispatch: nothing was sent, so nothing is undone", async () => {
    const play = await Play.start(shipped, fiber);
    expect(taskOf(play, "create-internet-service").state).toBe("READY");
    await cancel(play);
    await play.toEnd();
    expect([standing(play), play.order.compensations]).toEqual([["CANCELLED", "CANCELLED", "CANCELLED:CANCELLED"], []]);
    expect(past(play, "TaskDispatched").filter(({ taskId }) => !taskId.includes("/notify."))).toEqual([]);
  });

  it("22a 32.5 cancellation after reservation: the router alone is released, the rest of the order goes on (28 section 28)", async () => {
    const play = await (await Play.start(shipped, office, [{ task: "1/check-feasibility", does: "SUCCEED", after: "P1D" }])).until((scene) => scene.states("2/reserve-router")[0] === "SUCCEEDED");
    await cancel(play, ["2"]);
    await play.toEnd();
    expect(standing(play)).toEqual(["COMPLETED", "COMPLETED", "COMPLETED:ACTIVE", "CANCELLED:CANCELLED", "COMPLETED:ACTIVE"]);
    expect(play.effects).toMatchObject({ "resource-inventory.reserve": 1, "resource-inventory.release": 1, "activation.configure": 1, "entitlement.grant": 1 });
    expect([play.effects["logistics.ship"], past(play, "TaskDispatched").filter(({ taskId }) => taskId.includes("/2/bill."))]).toEqual([undefined, []]);
    expect(play.order.compensations).toMatchObject([{ state: "COMPENSATED", originalTaskId: "O1/p1/2/reserve-router" }]);
  });

  it("22a 32.5 cancellation after shipment: someone must agree, then the device comes back and its charge is stopped", async () => {
    const play = await (await Play.start(shipped, office, [{ task: "1/provision-line", does: "SUCCEED", after: "P1D" }])).until((scene) => scene.states("2/ship-router", "2/bill.managed-router-hardware.router").every((state) => state === "SUCCEEDED"));
    await cancel(play, ["2"]);
    expect(play.order.changes).toMatchObject([{ state: "AWAITING_APPROVAL", fee: 39, approverRole: "care-lead" }]);
    expect(play.effects["logistics.return"]).toBeUndefined();
    await decide(play, true, "care-lead");
    await play.toEnd();
    while (play.order.approvals.some(({ state }) => state === "PENDING")) {
      await decide(play, true, "finance-approver");
      await play.toEnd();
    }
    expect([standing(play)[0], standing(play)[3]]).toEqual(["COMPLETED", "CANCELLED:CANCELLED"]);
    expect(play.effects).toMatchObject({ "logistics.ship": 1, "logistics.return": 1, "billing.end-charge": 1, "billing.start-charge": 4 });
  });

  it("22a 32.5 cancellation after activation: refused where only a new order can end the service; nothing changes", async () => {
    const play = await (await Play.start(shipped, fiber)).until((scene) => scene.states("activate-network")[0] === "SUCCEEDED");
    const { length } = play.events;
    await cancel(play);
    play.scene.thenRejected("change-refused");
    expect([play.events.length, play.order.changes, play.order.compensations]).toEqual([length, [], []]);
    await play.toEnd();
    expect(play.order.state).toBe("COMPLETED");
  });

  it("22a 32.5 partial compensation failure: what can be undone is, the rest is a case for a person, and nothing ends before that", async () => {
    const play = await (await Play.start(shipped, fiber, [{ task: "1/undo.reserve-ont", attempt: 1, does: "FAIL", code: "RESERVATION_LOCKED" }])).until((scene) => scene.states("reserve-ont", "reserve-router").every((state) => state === "SUCCEEDED"));
    await cancel(play);
    await play.toEnd();
    expect([play.order.state, taskOf(play, "undo.reserve-ont").state, taskOf(play, "undo.reserve-router").state]).toEqual(["CANCELLING", "AWAITING_MANUAL_ACTION", "SUCCEEDED"]);
    expect(openCases(play)).toMatchObject([{ taskId: taskOf(play, "undo.reserve-ont").id, reasonCode: "RESERVATION_LOCKED" }]);
    await finish(play, "undo.reserve-ont", "REPAIRED", { reason: "It was unlocked" }, "support-lead");
    await play.toEnd();
    expect([play.order.state, play.effects["resource-inventory.release"], openCases(play)]).toEqual(["CANCELLED", 2, []]);
    expect(play.order.compensations.every(({ state }) => state === "COMPENSATED")).toBe(true);
  });
});
