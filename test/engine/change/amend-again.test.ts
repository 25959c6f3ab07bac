import { describe, expect, it } from "vitest";
import { given } from "../../support/given.ts";
import { orderOf } from "../../support/order-of.ts";
import { fiber, fresh, item, requests, tuesday } from "./amended-fiber.ts";
import { actions, AGENT, amend, cancel, decide, done, drive } from "./change-kit.ts";

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
