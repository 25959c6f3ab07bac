import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../engine/support/json.ts";
import { kitDefinitions } from "../../support/definition-kit.ts";
import { given, submitted } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, task, type Sketch } from "../../support/release-of.ts";
import { bills, fee, fiber, fresh, item, requests, tuesday } from "./amended-fiber.ts";
import { actions, amend, changeable, done, drive, newest } from "./change-kit.ts";

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

  it("I2 a charge that was billed is taken back and the new one billed; there and back again it is a new charge, never the old key", async () => {
    const charge = kitDefinitions.find(({ key }) => key === "charge") as Sketch;
    const credited = changeable(
      { DEMO: { tasks: [task("router", "reserve", { with: { what: "ROUTER" } }), task("rest", "keyed-work", after("router"))], milestones: [{ key: "routed", reachedBy: ["router"] }], billingTriggers: ["hardware"] } },
      bills("hardware", "routed", "box"), { ...charge, compensation: "credit-it" },
      { kind: "compensation-policy", key: "credit-it", compensatable: true, taskType: "release", impact: { customer: "LOW", financial: "HIGH", legal: "NONE" } },
    );
    const scene = await given(credited, orderOf([itemOf({ charges: [{ key: "box", amount: 99 }] })]));
    await scene.run("router", "bill.hardware.box");
    for (const amount of [50, 99]) {
      await amend(scene, { "1": { charges: [{ key: "box", amount }] } });
      await scene.when({ type: "TasksAdmitted", taskIds: scene.order.tasks.filter(({ state }) => state === "READY").map(({ id }) => id).filter((id) => id.includes("undo")) });
      for (const { id, state } of scene.order.tasks) if (state === "DISPATCHED") await scene.when({ type: "TaskReported", taskId: id, via: "response", attempt: 1, report: { status: "succeeded", result: { reference: "R" } } });
      const again = newest(scene, "bill.hardware.box");
      await scene.when({ type: "TasksAdmitted", taskIds: [again.id] });
      await scene.when({ type: "TaskReported", taskId: again.id, via: "response", attempt: 1, report: { status: "succeeded", result: { reference: "R" } } });
    }
    const billed = scene.commands.flatMap((command) => (command.type === "DispatchTask" && command.action === "charge" ? [command] : []));
    expect(billed.map(({ request }) => (request["charge"] as JsonObject)["amount"])).toEqual([99, 50, 99]);
    expect(new Set(billed.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
    await drive(scene);
    expect([scene.order.state, done(scene, "release")]).toEqual(["COMPLETED", 2]);
  });

  it("I2 a charge that was taken back stays taken back when something else changes, and is billed again when it is agreed again", async () => {
    const charge = kitDefinitions.find(({ key }) => key === "charge") as Sketch;
    const credited = changeable(
      { DEMO: { tasks: [task("router", "reserve", { with: { what: "ROUTER" } }), task("rest", "approval", after("router"))], milestones: [{ key: "routed", reachedBy: ["router"] }], billingTriggers: ["hardware"] } },
      bills("hardware", "routed", "box"), { ...charge, compensation: "unbook-it" }, { kind: "compensation-policy", key: "unbook-it", compensatable: true, taskType: "unbook", impact: { customer: "LOW", financial: "HIGH", legal: "NONE" } },
    );
    const box = { key: "box", amount: 99 };
    const scene = await given(credited, orderOf([itemOf({ charges: [box] })]));
    await scene.run("router", "bill.hardware.box");
    await amend(scene, { "1": { charges: [] } });
    await scene.run("undo.bill.hardware.box");
    await amend(scene, { "1": { requestedDate: "2026-11-09T10:00:00.000Z" } });
    expect(done(scene, "unbook")).toBe(1);
    await amend(scene, { "1": { charges: [box] } });
    await scene.admit(...scene.ready().filter((name) => name.includes("bill")));
    await scene.when({ type: "TasksAdmitted", taskIds: [newest(scene, "bill.hardware.box").id] });
    await scene.when({ type: "TaskReported", taskId: newest(scene, "bill.hardware.box").id, via: "response", attempt: 1, report: { status: "succeeded", result: { reference: "R" } } });
    expect([done(scene, "charge"), done(scene, "unbook"), newest(scene, "bill.hardware.box").state]).toEqual([2, 1, "SUCCEEDED"]);
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

  it("a dependency that did not count for the item as it was, and counts for the item as it is wanted, is waited for", async () => {
    const when = { all: [{ fact: "item", path: "characteristics.router", operator: "equal", value: true }] };
    const conditional = changeable({
      DEMO: { tasks: [task("router", "keyed-work"), task("gate", "keyed-work"), task("ship", "keyed-work", { dependsOn: [{ type: "conditional", task: "router", with: { condition: when } }, { type: "success", task: "gate" }] })] },
    });
    const scene = await given(conditional, orderOf([itemOf({ characteristics: { router: false } })]));
    expect(scene.task("ship").unmetEdges).toEqual([1]);
    await amend(scene, { "1": { characteristics: { router: true } } });
    await scene.run("gate");
    expect(scene.states("ship")).toEqual(["PENDING"]);
    await scene.run("router");
    expect(scene.states("ship")).toEqual(["READY"]);
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

