import { describe, expect, it } from "vitest";
import type { NewItem } from "../../../engine/order/order.ts";
import { given, submitted, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, task, when, type Sketch } from "../../support/release-of.ts";
import { actions, AGENT, amend, cancel, changeable, changePolicy, decide, done, drive, LEAD, newest, pending } from "./change-kit.ts";

const bills = (key: string, milestone: string, charge: string): Sketch => ({ kind: "billing-trigger", key, milestone, charges: when("charge", "key", "equal", charge), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "PT4H" });
const output = (source: string) => edge({ type: "output", task: source, with: { output: "reference" } });

/** Reserve, router if wanted, book, visit (soft), activate (hard); the router is billed when it is reserved. */
const fiber = changeable(
  {
    DEMO: {
      tasks: [
        task("reserve", "reserve", { with: { what: "ONT" } }),
        task("router", "reserve", { with: { what: "ROUTER" }, includeWhen: when("item", "characteristics.router", "equal", true) }),
        task("book", "book", output("reserve"), after("router")),
        task("visit", "visit", output("book"), { pointOfNoReturn: "soft" }),
        task("activate", "activate", after("visit"), { with: { speed: "=item.characteristics.speed" }, pointOfNoReturn: "hard" }),
      ],
      milestones: [{ key: "visited", reachedBy: ["visit"] }, { key: "routed", reachedBy: ["router"] }, { key: "live", reachedBy: ["activate"] }],
      billingTriggers: ["start", "hardware"],
    },
  },
  bills("start", "live", "fee"), bills("hardware", "routed", "box"), changePolicy("change", { requalify: ["place"] }),
);
const fee = { key: "fee", amount: 10 };
const item = (more: Partial<NewItem> = {}) => itemOf({ appointment: { slot: "monday" }, characteristics: { speed: "1G", router: false }, charges: [fee], qualification: { id: "Q1" }, ...more });
const fresh = (more: Partial<NewItem> = {}) => given(fiber, orderOf([item(more)]));
const tuesday = { "1": { appointment: { slot: "tuesday" } } };
const requests = (scene: Scene, action: string) => scene.commands.flatMap((command) => (command.type === "DispatchTask" && command.action === action ? [command.request] : []));

describe("G4 an amendment changes what it reaches and nothing else", () => {
  it("the same again changes nothing", async () => {
    const scene = await fresh();
    await amend(scene, { "1": {} });
    scene.thenNothing();
  });

  it("what no task reads becomes what is wanted; every task keeps its place", async () => {
    const scene = await fresh();
    await scene.run("reserve");
    const before = scene.order.tasks;
    await amend(scene, { "1": { characteristics: { speed: "1G", router: false, note: "ring twice" } } });
    expect(scene.order).toMatchObject({ orderVersion: 2, plan: { id: "O1/p2" }, items: [{ state: "IN_PROGRESS", characteristics: { note: "ring twice" } }], changes: [{ state: "DONE" }] });
    expect(scene.order.tasks.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
    expect(actions(scene)).toEqual(["reserve", "book", "visit", "activate", "charge"]);
  });

  it("an appointment moved before it is booked is booked once, at its new time", async () => {
    const scene = await fresh();
    await scene.run("reserve");
    await amend(scene, tuesday);
    await drive(scene);
    expect([scene.order.state, requests(scene, "book")]).toEqual(["COMPLETED", [{ slot: "tuesday" }]]);
  });

  it("an appointment moved after booking is moved where it was booked; the booking keeps its id, key and effect", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    const booked = scene.task("book");
    await amend(scene, tuesday);
    expect(scene.task("amend.book")).toMatchObject({ state: "READY", request: { reference: "R-book", slot: "tuesday" } });
    expect(newest(scene, "visit").state).toBe("PENDING");
    await scene.run("amend.book");
    expect(scene.task("book")).toMatchObject({ id: booked.id, idempotencyKey: booked.idempotencyKey, state: "SUCCEEDED", outputs: { reference: "R-amend.book" }, request: { slot: "tuesday" } });
    expect(newest(scene, "visit")).toMatchObject({ state: "READY", inputs: { reference: "R-amend.book" } });
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
    expect(actions(scene)).toEqual(["reserve", "book", "rebook", "visit", "activate", "charge"]);
  });

  it("field work under way is called back, then done again after the appointment has moved", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await scene.admit("visit");
    await amend(scene, tuesday);
    expect(scene.order).toMatchObject({ state: "HELD", orderVersion: 1, changes: [{ state: "EXECUTING" }] });
    await scene.run("withdraw.visit");
    expect(scene.order).toMatchObject({ state: "IN_PROGRESS", orderVersion: 2, changes: [{ state: "DONE" }] });
    await drive(scene);
    expect([scene.order.state, scene.milestone("visited")]).toEqual(["COMPLETED", "REACHED"]);
    expect(actions(scene)).toEqual(["reserve", "book", "visit", "call-back", "rebook", "visit", "activate", "charge"]);
  });

  it("C6 nobody at home, then rescheduled: only the visit is planned again", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await scene.admit("visit");
    await scene.fail("visit", "NO_ACCESS");
    expect(scene.order.items[0]).toMatchObject({ state: "HELD", holdCause: "CUSTOMER_ACTION" });
    await amend(scene, tuesday);
    expect(scene.order.state).toBe("IN_PROGRESS");
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
    expect(actions(scene)).toEqual(["reserve", "book", "visit", "rebook", "visit", "activate", "charge"]);
    expect(done(scene, "release")).toBe(0);
  });

  it("work that can only be done anew is undone first, then done again", async () => {
    const scene = await fresh();
    await scene.run("reserve");
    await amend(scene, { "1": { characteristics: { speed: "1G", router: false, color: "red" } } });
    expect([scene.states("undo.reserve"), newest(scene, "reserve").state]).toEqual([["READY"], "PENDING"]);
    await scene.run("undo.reserve");
    expect(newest(scene, "reserve")).toMatchObject({ id: "O1/p2/1/reserve", state: "READY", request: { color: "red" } });
    await drive(scene);
    expect([scene.order.state, done(scene, "reserve"), done(scene, "release")]).toEqual(["COMPLETED", 2, 1]);
    expect(new Set(scene.commands.flatMap((command) => (command.type === "DispatchTask" && command.action === "reserve" ? [command.idempotencyKey] : []))).size).toBe(2);
  });

  it("work that is not needed any more is undone and not done again", async () => {
    const scene = await fresh({ characteristics: { speed: "1G", router: true } });
    await scene.run("reserve", "router");
    await amend(scene, { "1": { characteristics: { speed: "1G", router: false } } });
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
    expect(newest(scene, "router").state).toBe("SKIPPED_BY_POLICY");
    expect(requests(scene, "release")).toHaveLength(1);
  });

  it("work that is needed now is done, its milestone can be reached again, and its charge is billed", async () => {
    const scene = await fresh({ charges: [fee, { key: "box", amount: 99 }] });
    await scene.run("reserve");
    expect([scene.milestone("routed"), scene.states("bill.hardware.box")]).toEqual(["NOT_APPLICABLE", ["SKIPPED_BY_POLICY"]]);
    await amend(scene, { "1": { characteristics: { speed: "1G", router: true } } });
    expect(scene.milestone("routed")).toBe("OPEN");
    await drive(scene);
    expect([scene.order.state, scene.milestone("routed"), newest(scene, "bill.hardware.box").state]).toEqual(["COMPLETED", "REACHED", "SUCCEEDED"]);
    expect(done(scene, "charge")).toBe(2);
  });

  it("a changed charge is the one that is billed", async () => {
    const scene = await fresh();
    await scene.run("reserve");
    await amend(scene, { "1": { charges: [{ key: "fee", amount: 20 }] } });
    await drive(scene);
    expect([scene.order.state, requests(scene, "charge").map(({ charge }) => charge)]).toEqual(["COMPLETED", [{ key: "fee", amount: 20 }]]);
  });

  it("a charge that is no longer agreed is not billed; a new one is", async () => {
    const scene = await fresh();
    await amend(scene, { "1": { charges: [{ key: "box", amount: 5 }], characteristics: { speed: "1G", router: true } } });
    await drive(scene);
    expect([scene.order.state, requests(scene, "charge").map(({ charge }) => charge)]).toEqual(["COMPLETED", [{ key: "box", amount: 5 }]]);
  });

  it("the dates that follow from a requested date move with it", async () => {
    const timed = changeable({
      DEMO: {
        tasks: [task("a", "keyed-work", edge({ type: "time", with: { at: "=item.requestedDate" } })), task("b", "keyed-work", edge({ type: "milestone", milestone: "paid" }))],
        milestones: [{ key: "paid", reachedOn: "payment", expectedBy: "=date and time(item.requestedDate) + duration(\"P1D\")" }],
        deadline: "=date and time(item.requestedDate) + duration(\"P2D\")",
      },
    });
    const scene = await given(timed, orderOf([itemOf({ requestedDate: "2026-11-04T10:00:00.000Z" })]));
    await scene.pass("PT1H");
    await amend(scene, { "1": { requestedDate: "2026-11-10T10:00:00.000Z" } });
    expect(scene.order).toMatchObject({ items: [{ deadlineAt: "2026-11-12T10:00:00.000Z" }], milestones: expect.arrayContaining([expect.objectContaining({ id: "1/paid", dueAt: "2026-11-11T10:00:00.000Z" })]) as unknown });
    expect(scene.timer("a", "wake")).toMatch(/^2026-11-10T10:00:00/);
    await scene.pass("P3D");
    expect(scene.states("a")).toEqual(["PENDING"]);
  });

  it("before there is a plan the items simply become what is wanted", async () => {
    const scene = await submitted(fiber, orderOf([item()]));
    await amend(scene, tuesday);
    expect(scene.order).toMatchObject({ state: "SUBMITTED", orderVersion: 2, changes: [{ state: "DONE" }] });
    await scene.when({ type: "FulfillOrder" });
    await drive(scene);
    expect([scene.order.state, requests(scene, "book")]).toEqual(["COMPLETED", [{ slot: "tuesday" }]]);
  });
});

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

describe("G4 amended again, and cancelled afterwards", () => {
  it("there and back: the appointment is where it was last wanted", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await amend(scene, tuesday);
    await scene.run("amend.book");
    await amend(scene, { "1": { appointment: { slot: "monday" } } });
    await drive(scene);
    expect([scene.order.state, scene.order.orderVersion]).toEqual(["COMPLETED", 3]);
    expect(requests(scene, "rebook").map(({ slot }) => slot)).toEqual(["tuesday", "monday"]);
    expect(actions(scene).filter((action) => action === "visit")).toHaveLength(1);
  });

  it("a change that has not been sent is overtaken by the next; one that is under way is waited for", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await amend(scene, tuesday);
    await amend(scene, { "1": { appointment: { slot: "friday" } } });
    await drive(scene);
    expect(requests(scene, "rebook").map(({ slot }) => slot)).toEqual(["friday"]);
    const busy = await fresh();
    await busy.run("reserve", "book");
    await amend(busy, tuesday);
    await busy.admit("amend.book");
    await amend(busy, { "1": { appointment: { slot: "friday" } } });
    expect(busy.order.changes.map(({ state }) => state)).toEqual(["DONE", "EXECUTING"]);
    await busy.succeed("amend.book");
    await drive(busy);
    expect([busy.order.state, requests(busy, "rebook").map(({ slot }) => slot)]).toEqual(["COMPLETED", ["tuesday", "friday"]]);
  });

  it("what was undone once is never undone again", async () => {
    const scene = await fresh();
    await scene.run("reserve");
    for (const color of ["red", "blue", "red"]) {
      await amend(scene, { "1": { characteristics: { speed: "1G", router: false, color } } });
      await scene.run("undo.reserve").catch(() => undefined);
      await drive(scene).catch(() => undefined);
      if (scene.order.state === "COMPLETED") break;
    }
    expect(done(scene, "reserve") - done(scene, "release")).toBe(1);
  });

  it("twice before anything was sent again: one reservation is left, the other released", async () => {
    const scene = await fresh();
    await scene.run("reserve");
    await amend(scene, { "1": { characteristics: { speed: "1G", router: false, color: "red" } } });
    await amend(scene, { "1": { characteristics: { speed: "1G", router: false, color: "blue" } } });
    await drive(scene);
    expect([scene.order.state, done(scene, "reserve"), done(scene, "release")]).toEqual(["COMPLETED", 2, 1]);
    expect(requests(scene, "reserve").at(-1)).toMatchObject({ color: "blue" });
  });

  it("G2 a cancellation undoes the moved appointment once, by its newest reference", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await amend(scene, tuesday);
    await scene.run("amend.book");
    await cancel(scene);
    await drive(scene);
    expect([scene.order.state, done(scene, "unbook"), done(scene, "release")]).toEqual(["CANCELLED", 1, 1]);
    expect(scene.task("undo.book").inputs).toEqual({ reference: "R-amend.book" });
  });

  it("G2 a cancellation while the change is on its way waits for it before it undoes", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await amend(scene, tuesday);
    await scene.admit("amend.book");
    await cancel(scene);
    expect(scene.order.compensations).toEqual([]);
    await scene.succeed("amend.book");
    await drive(scene);
    expect([scene.order.state, done(scene, "unbook")]).toEqual(["CANCELLED", 1]);
  });

  it("G2 a cancellation after work was done anew releases what is still reserved, once", async () => {
    const scene = await fresh();
    await scene.run("reserve");
    await amend(scene, { "1": { characteristics: { speed: "1G", router: false, color: "red" } } });
    await scene.run("undo.reserve");
    await scene.admit("1/reserve").catch(() => undefined);
    await cancel(scene);
    await drive(scene);
    expect(scene.order.state).toBe("CANCELLED");
    expect(done(scene, "release")).toBe(done(scene, "reserve"));
  });
});

describe("G4 what an amendment leaves alone", () => {
  it("items it does not name keep running while it is carried out", async () => {
    const scene = await given(fiber, orderOf([item(), item({ id: "2" })]));
    await scene.run("1/reserve", "1/book");
    await scene.admit("1/visit");
    await amend(scene, tuesday);
    await scene.run("2/reserve", "2/book");
    expect(scene.order.items.map(({ state }) => state)).toEqual(["HELD", "IN_PROGRESS"]);
    await scene.run("1/withdraw.visit");
    await drive(scene);
    expect([scene.order.state, scene.task("2/book").request]).toEqual(["COMPLETED", { slot: "monday" }]);
  });

  it("a superseded task is never sent, whatever admission says", async () => {
    const scene = await fresh();
    const { id } = scene.task("reserve");
    await amend(scene, { "1": { characteristics: { speed: "1G", router: false, color: "red" } } });
    expect(scene.order.tasks.find((each) => each.id === id)?.state).toBe("CANCELLED");
    await scene.when({ type: "TasksAdmitted", taskIds: [id] });
    scene.thenNothing();
    await drive(scene);
    expect([scene.order.state, requests(scene, "reserve")]).toEqual(["COMPLETED", [expect.objectContaining({ color: "red" })]]);
  });

  it("a deliberate hold outlives it", async () => {
    const scene = await fresh();
    await scene.when({ type: "HoldItem", itemId: "1", reason: "wait", actor: AGENT });
    await amend(scene, tuesday);
    expect(scene.order).toMatchObject({ orderVersion: 2, items: [{ state: "HELD", holdCause: "DELIBERATE" }] });
    await scene.when({ type: "ResumeItem", itemId: "1", reason: "go", actor: AGENT });
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("C6 an item that waits for its customer for another reason goes on waiting", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await scene.admit("visit");
    await scene.fail("visit", "NO_ACCESS");
    await amend(scene, { "1": { characteristics: { speed: "2G", router: false } } });
    expect(scene.order).toMatchObject({ orderVersion: 2, items: [{ state: "HELD", holdCause: "CUSTOMER_ACTION" }] });
    await scene.when({ type: "ResumeItem", itemId: "1", reason: "at home", actor: AGENT });
    await drive(scene);
    expect([scene.order.state, requests(scene, "activate")]).toEqual(["COMPLETED", [{ speed: "2G" }]]);
  });

  it("C6 a customer who was not at home while the amendment was decided is still waited for", async () => {
    const scene = await fresh();
    await scene.run("reserve", "book");
    await scene.admit("visit");
    await amend(scene, { "1": { characteristics: { speed: "1G", router: false, vip: true } } });
    await scene.fail("visit", "NO_ACCESS");
    await decide(scene, false);
    expect(scene.order.items[0]).toMatchObject({ state: "HELD", holdCause: "CUSTOMER_ACTION" });
    await scene.when({ type: "ResumeItem", itemId: "1", reason: "at home", actor: AGENT });
    await drive(scene);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("the other item of an amendment goes on when one of the two is cancelled meanwhile", async () => {
    const scene = await given(fiber, orderOf([item(), item({ id: "2" })]));
    await scene.run("1/reserve", "1/book", "2/reserve", "2/book");
    await scene.admit("1/visit");
    await amend(scene, { "1": { appointment: { slot: "tuesday" } }, "2": { appointment: { slot: "tuesday" } } });
    await cancel(scene, { itemIds: ["1"] });
    await decide(scene, true);
    await drive(scene);
    expect([scene.order.state, scene.order.items.map(({ state }) => state)]).toEqual(["COMPLETED", ["CANCELLED", "COMPLETED"]]);
    expect(scene.order.items[1]?.appointment).toEqual({ slot: "tuesday" });
    expect(scene.task("2/book").request).toEqual({ slot: "tuesday" });
    expect([done(scene, "unbook"), done(scene, "release")]).toEqual([1, 1]);
  });
});
