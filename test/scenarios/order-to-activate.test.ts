import { describe, expect, it } from "vitest";
import { amend, cancel, decide, finish, repair } from "./people.ts";
import { Play } from "./play.ts";
import { sample, shipped, wanted } from "./samples.ts";
import { charged, openCases, past, simulated, standing, taskOf } from "./told.ts";

const fiber = sample("home-fiber");
const sim = sample("mobile-sim");
const office = sample("managed-office");

/** The customer reads what was recorded: the product is in the installed base exactly once. */
const recorded = (play: Play) => play.scene.commands.filter(({ type }) => type === "RecordProduct").length;
const NEW_SLOT = { id: "SLOT-2", slot: "2026-11-10T08:00:00.000Z/2026-11-10T12:00:00.000Z" };

/** The 16 rows of seed 22b section 30, on the release the product ships. */
describe("22b section 30: when it goes well", () => {
  it("22b 30.01 new mobile activation: product, service and number are active, charging is ready, the customer knows", async () => {
    const told = await simulated(sim);
    expect(standing(told)).toEqual(["COMPLETED", "COMPLETED", "COMPLETED:ACTIVE"]);
    expect(told.effects).toMatchObject({ "resource-inventory.reserve-mobile-number": 1, "resource-inventory.reserve-sim": 1, "hlr-hss.activate-subscriber": 1, "charging.open-charging": 1, "billing.start-charge": 2 });
    expect(taskOf(told, "record-product").state).toBe("SUCCEEDED");
    expect(told.order.milestones.find(({ id }) => id === "1/charging-ready")?.outcome).toBe("REACHED");
    expect(taskOf(told, "notify.service-activated").state).toBe("SUCCEEDED");
  });

  it("22b 30.02 FTTH install: appointment and work order done, activation verified before billing starts", async () => {
    const told = await simulated(fiber);
    expect(standing(told)).toEqual(["COMPLETED", "COMPLETED", "COMPLETED:SERVICE_ACTIVE"]);
    expect(told.effects).toMatchObject({ "workforce.book-appointment": 1, "workforce.perform-work": 1, "activation.configure": 1, "activation.verify": 1, "billing.start-charge": 2 });
    const ends = told.events.filter(({ type }) => type === "TaskSucceeded").map((event) => ("taskId" in event ? event.taskId.split("/").at(-1) : ""));
    const order = ["book-installation", "field-installation", "activate-network", "verify-service", "activate-inventories", "bill.home-fiber-start.base-fee"];
    expect(ends.filter((key) => order.includes(key ?? ""))).toEqual(order);
    expect(taskOf(told, "field-installation")).toMatchObject({ evidence: { photo: expect.any(String) as string, signature: expect.any(String) as string } });
  });
});

describe("22b section 30: when a step fails", () => {
  it("22b 30.03 nobody at home: held for the customer, no technical failure; a new appointment brings it to its end", async () => {
    const play = await (await Play.start(shipped, fiber, [{ task: "1/field-installation", attempt: 1, does: "FAIL", code: "NO_ACCESS" }])).toEnd();
    expect(standing(play)).toEqual(["HELD", "RUNNING", "HELD:ACTION_REQUIRED"]);
    expect([openCases(play), past(play, "TaskFailedFinally"), past(play, "CompensationRequested")]).toEqual([[], [], []]);
    await amend(play, wanted(fiber, { appointment: NEW_SLOT }));
    await play.toEnd();
    expect(standing(play)).toEqual(["COMPLETED", "COMPLETED", "COMPLETED:SERVICE_ACTIVE"]);
    expect(play.effects).toMatchObject({ "workforce.book-appointment": 1, "workforce.reschedule-appointment": 1, "workforce.perform-work": 1, "resource-inventory.reserve": 2 });
  });

  it("22b 30.04 reservation failed: another model by policy; when that is gone too, a case for supply and nothing is shipped or billed", async () => {
    const other = await simulated(fiber, [{ task: "1/reserve-router", attempt: 1, does: "FAIL", code: "OUT_OF_STOCK" }]);
    expect(other.order.state).toBe("COMPLETED");
    expect(taskOf(other, "reserve-router")).toMatchObject({ state: "SUCCEEDED", with: { resource: "WIFI_ROUTER_PLUS" }, requestRevision: 2 });
    expect(past(other, "FalloutCaseOpened")).toEqual([]);

    const none = await simulated(fiber, [{ task: "1/reserve-router", does: "FAIL", code: "OUT_OF_STOCK" }]);
    expect([none.order.state, none.order.plan?.state, taskOf(none, "reserve-router").state]).toEqual(["IN_PROGRESS", "BLOCKED", "AWAITING_MANUAL_ACTION"]);
    expect(openCases(none)).toMatchObject([{ category: "SUPPLY", queue: "supply-operations", reasonCode: "OUT_OF_STOCK" }]);
    expect([none.effects["workforce.perform-work"], charged(none)]).toEqual([undefined, 0]);
  });

  it("22b 30.05 activation timed out, read back as done: reconciled, the saga goes on, activated once", async () => {
    const told = await simulated(fiber, [{ task: "1/activate-network", attempt: 1, does: "TAKE_EFFECT_THEN_TIME_OUT" }]);
    expect([told.order.state, told.commands["activation.configure"], told.effects["activation.configure"]]).toEqual(["COMPLETED", 1, 1]);
    expect(past(told, "TaskOutcomeBecameUnknown", "activate-network")).toHaveLength(1);
    expect(past(told, "TaskReconciled", "activate-network")).toMatchObject([{ found: "succeeded" }]);
    expect(taskOf(told, "activate-network")).toMatchObject({ via: "query" });
  });

  it("22b 30.06 activation timed out, read back as absent: sent again with the same key, only after the question, activated once", async () => {
    const told = await simulated(fiber, [{ task: "1/activate-network", attempt: 1, does: "TIME_OUT_WITHOUT_EFFECT" }]);
    expect([told.order.state, told.commands["activation.configure"], told.effects["activation.configure"]]).toEqual(["COMPLETED", 2, 1]);
    const types = told.events.filter((event) => "taskId" in event && event.taskId === taskOf(told, "activate-network").id).map(({ type }) => type);
    expect(types.indexOf("TaskReconciled")).toBeLessThan(types.lastIndexOf("TaskDispatched"));
    expect(new Set(past(told, "TaskDispatched", "activate-network").map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  it("22b 30.07 the same acceptance again, at every step of the order: one saga", async () => {
    const play = await Play.start(shipped, fiber);
    const { length } = play.events;
    await play.when({ type: "SubmitOrder", order: fiber, correlationId: "again" });
    play.scene.thenRejected("order-exists");
    await play.until(({ order }) => {
      expect(order.plan?.number).toBe(1);
      return order.milestones.some(({ id, outcome }) => id === "1/installation-completed" && outcome === "REACHED");
    });
    expect(play.events.length).toBeGreaterThan(length);
    for (const moment of ["midway", "at the end"]) {
      await play.when({ type: "FulfillOrder" });
      expect(play.scene.last, moment).toMatchObject({ accepted: true, events: [], commands: [] });
      await play.toEnd();
    }
    expect([play.order.state, past(play, "PlanCreated").length, play.effects["service-order.create"]]).toEqual(["COMPLETED", 1, 1]);
  });

  it("22b 30.08 the work order's completion comes twice: completed once, nothing follows twice", async () => {
    const told = await simulated(fiber, [{ task: "1/field-installation", does: "DUPLICATE" }]);
    const clean = await simulated(fiber);
    expect([told.order.state, past(told, "TaskSucceeded", "field-installation").length]).toEqual(["COMPLETED", 1]);
    expect([told.effects, told.order.cases]).toEqual([clean.effects, []]);
  });
});

describe("22b section 30: when minds change", () => {
  it("22b 30.09 cancelled before anything was reserved: the saga stops and leaves nothing behind", async () => {
    const play = await Play.start(shipped, fiber);
    await cancel(play);
    await play.toEnd();
    expect(standing(play)).toEqual(["CANCELLED", "CANCELLED", "CANCELLED:CANCELLED"]);
    expect(Object.keys(play.commands)).toEqual(["notification.send"]);
    expect([play.order.compensations, play.order.cases]).toEqual([[], []]);
  });

  it("22b 30.10 cancelled after the reservation: what was reserved is released, a number into quarantine", async () => {
    const play = await (await Play.start(shipped, fiber)).until((scene) => scene.states("reserve-ont", "reserve-router").every((state) => state === "SUCCEEDED"));
    await cancel(play);
    await play.toEnd();
    expect([standing(play)[0], play.effects["resource-inventory.reserve"], play.effects["resource-inventory.release"]]).toEqual(["CANCELLED", 2, 2]);
    expect(play.order.compensations.every(({ state }) => state === "COMPENSATED")).toBe(true);

    const mobile = await (await Play.start(shipped, sim)).until((scene) => scene.states("reserve-number", "reserve-sim").every((state) => state === "SUCCEEDED"));
    await cancel(mobile);
    await mobile.toEnd();
    expect(standing(mobile)).toEqual(["CANCELLED", "CANCELLED", "CANCELLED:CANCELLED"]);
    expect(taskOf(mobile, "undo.reserve-number")).toMatchObject({ state: "SUCCEEDED", request: { disposition: "QUARANTINE" } });
    expect(mobile.effects).toMatchObject({ "resource-inventory.release-number": 1 });
    expect([mobile.effects["hlr-hss.activate-subscriber"], charged(mobile)]).toEqual([undefined, 0]);
  });

  it("22b 30.11 cancelled after activation: deactivated when the policy's people agree, refused with the way to go where it says so", async () => {
    const mobile = await (await Play.start(shipped, sim)).until((scene) => scene.states("activate-sim")[0] === "SUCCEEDED");
    await cancel(mobile);
    expect([mobile.order.state, mobile.order.changes[0]?.fee]).toEqual(["ASSESSING_CANCELLATION", 15]);
    await decide(mobile, true, "care-lead");
    await mobile.until(({ order }) => order.approvals.some(({ state, role }) => state === "PENDING" && role === "operations-approver"));
    expect(mobile.effects["hlr-hss.deactivate-subscriber"]).toBeUndefined();
    await decide(mobile, true, "operations-approver");
    await mobile.toEnd();
    expect(standing(mobile)).toEqual(["CANCELLED", "CANCELLED", "CANCELLED:CANCELLED"]);
    expect(mobile.effects).toMatchObject({ "hlr-hss.activate-subscriber": 1, "hlr-hss.deactivate-subscriber": 1, "resource-inventory.release-number": 1 });

    const play = await (await Play.start(shipped, fiber)).until((scene) => scene.states("activate-network")[0] === "SUCCEEDED");
    await cancel(play);
    play.scene.thenRejected("change-refused");
    expect(play.scene.last).toMatchObject({ rejection: { details: { route: "CHANGE_ORDER" } } });
    expect((await play.toEnd()).order.state).toBe("COMPLETED");
  });

  it("22b 30.15 an amendment of the appointment: only booking and visit are planned anew", async () => {
    const play = await Play.start(shipped, fiber, [{ task: "1/field-installation", attempt: 1, does: "SUCCEED", after: "P4D" }]);
    await play.until((scene) => scene.states("field-installation")[0] === "WAITING");
    await amend(play, wanted(fiber, { appointment: NEW_SLOT }));
    await play.toEnd();
    expect(standing(play)).toEqual(["COMPLETED", "COMPLETED", "COMPLETED:SERVICE_ACTIVE"]);
    // One version calls the visit back, the next one plans it anew.
    expect([play.order.plan?.number, play.order.orderVersion]).toEqual([3, 2]);
    expect(play.commands).toMatchObject({ "workforce.cancel-work": 1, "workforce.reschedule-appointment": 1, "workforce.book-appointment": 1, "workforce.perform-work": 2 });
    expect(play.commands).toMatchObject({ "service-order.create": 1, "resource-inventory.reserve": 2, "activation.configure": 1, "billing.start-charge": 2 });
    expect(past(play, "CompensationRequested")).toEqual([]);
  });

  it("22b 30.16 an amendment of the speed after activation: refused, a new modify order does it, the first order stays as it was", async () => {
    const slower = wanted(fiber, { characteristics: { speed: "500M" }, qualification: { id: "SQ-2", result: "qualified", technology: "FTTH" } });
    const play = await (await Play.start(shipped, fiber)).until((scene) => scene.states("verify-service")[0] === "SUCCEEDED");
    for (const moment of ["activated", "completed"]) {
      await amend(play, slower);
      expect(play.scene.last, moment).toMatchObject({ accepted: false, rejection: { code: "change-refused", details: { route: "CHANGE_ORDER" } } });
      await play.toEnd();
    }
    expect([play.order.state, play.order.orderVersion, play.effects["activation.configure"]]).toEqual(["COMPLETED", 1, 1]);
    const change = await simulated(sample("home-fiber-modify"));
    expect([change.order.state, change.effects["activation.configure"], change.effects["workforce.perform-work"]]).toEqual(["COMPLETED", 1, undefined]);
  });
});

describe("22b section 30: when only a part is done", () => {
  it("22b 30.12 billing refuses: the service stays active, the gap is a case of revenue, the order waits for it", async () => {
    const play = await (await Play.start(shipped, fiber, [{ task: "1/bill.home-fiber-start.base-fee", attempt: 1, does: "FAIL", code: "ACCOUNT_CLOSED" }])).toEnd();
    expect([play.order.state, standing(play).at(-1)]).toEqual(["IN_PROGRESS", "IN_PROGRESS:SERVICE_ACTIVE"]);
    expect(openCases(play)).toMatchObject([{ category: "REVENUE", severity: "P0", revenueImpact: "AT_RISK", customerImpact: "NONE", blocking: true }]);
    // The other charge of the account waits for the account's lock, so nothing moves.
    expect(play.order.plan?.state).toBe("BLOCKED");
    expect([recorded(play), play.effects["activation.configure"], charged(play), past(play, "CompensationRequested")]).toEqual([1, 1, 0, []]);
    await repair(play, "RETRY", "bill.home-fiber-start.base-fee", "billing-operations");
    await decide(play, true, "finance-approver");
    await play.toEnd();
    expect([play.order.state, charged(play), openCases(play)]).toEqual(["COMPLETED", 2, []]);
  });

  it("22b 30.13 the service is active but the product is not recorded yet: an alert, no false status, no charge; repaired, it is recorded once", async () => {
    const play = await (await Play.start(shipped, fiber, [{ task: "1/verify-service", attempt: 1, does: "FAIL", code: "NO_SIGNAL" }])).toEnd();
    expect([play.effects["activation.configure"], recorded(play), charged(play)]).toEqual([1, 0, 0]);
    expect(standing(play).at(-1)).not.toContain("SERVICE_ACTIVE");
    expect(openCases(play)).toMatchObject([{ taskId: taskOf(play, "verify-service").id, blocking: true }]);
    await finish(play, "verify-service", "REPAIRED", { reason: "The port was down" }, "support-lead");
    await play.toEnd();
    expect([standing(play), recorded(play), charged(play), play.effects["activation.configure"]]).toEqual([["COMPLETED", "COMPLETED", "COMPLETED:SERVICE_ACTIVE"], 1, 2, 1]);
  });

  it("22b 30.14 a bundle is done in part: each item has its own state, status and charges, and the order says partially completed", async () => {
    const play = await (await Play.start(shipped, office, [{ task: "2/reserve-router", does: "FAIL", code: "OUT_OF_STOCK" }])).toEnd();
    await finish(play, "2/reserve-router", "REJECTED", { reason: "The model is discontinued" }, "support-lead");
    await play.toEnd();
    expect(standing(play)).toEqual(["PARTIALLY_COMPLETED", expect.any(String), "COMPLETED:ACTIVE", "FAILED:CANNOT_PROCESS", "COMPLETED:ACTIVE"]);
    expect(past(play, "TaskSucceeded").map(({ taskId }) => taskId).filter((id) => id.includes("/bill.")).map((id) => id.split("/")[2])).toEqual(["1", "1", "3"]);
    expect(play.effects["logistics.ship"]).toBeUndefined();
  });
});
