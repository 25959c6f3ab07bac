import { describe, expect, it } from "vitest";
import { evolve } from "../../engine/order/evolve.ts";
import { mayMove, PLAN_MACHINE, type PlanState } from "../../engine/order/machines.ts";
import { Defect } from "../../engine/support/defect.ts";
import { amend, changeable, drive, newest } from "../engine/change/change-kit.ts";
import { given } from "../support/given.ts";
import { itemOf, orderOf } from "../support/order-of.ts";
import { after, releaseOf, task } from "../support/release-of.ts";

const twoSteps = releaseOf({ DEMO: { tasks: [task("must"), task("then", "keyed-work", after("must")), task("may", "keyed-work", { mandatory: false })] } });
const PLAN_STATES = Object.keys(PLAN_MACHINE) as PlanState[];

/** Seed 22a section 32.1. The seed's READY of a plan is our CREATED: persisted, not started. */
describe("22a 32.1 moves of a plan", () => {
  it("22a 32.1 READY to RUNNING: a plan is stored before it starts, and starts once", async () => {
    const scene = await given(twoSteps);
    const types = scene.journal.map(({ type }) => type).filter((type) => type.startsWith("Plan"));
    expect([types, scene.order.plan?.state]).toEqual([["PlanCreated", "PlanStarted"], "RUNNING"]);
    expect(mayMove(PLAN_MACHINE, "CREATED", "RUNNING")).toBe(true);
    expect(() => evolve(scene.order, { type: "PlanStarted", at: scene.at })).toThrow(Defect);
  });

  it("22a 32.1 RUNNING to COMPLETED: only when every mandatory task has ended well", async () => {
    const scene = await given(twoSteps);
    await scene.run("may");
    expect([scene.order.plan?.state, scene.order.state]).toEqual(["RUNNING", "IN_PROGRESS"]);
    await scene.run("must");
    expect([scene.order.plan?.state, scene.order.state]).toEqual(["RUNNING", "IN_PROGRESS"]);
    await scene.run("then");
    expect([scene.order.plan?.state, scene.order.state]).toEqual(["COMPLETED", "COMPLETED"]);

    const failed = await given(twoSteps);
    await failed.run("may");
    await failed.admit("must");
    await failed.fail("must", "SEMANTIC");
    await failed.person("must", "REJECTED");
    expect([failed.order.plan?.state, failed.order.state]).toEqual(["FAILED", "FAILED"]);
  });

  it("22a 32.1 COMPLETED to RUNNING: forbidden, whatever comes late", async () => {
    const scene = await given(twoSteps);
    await scene.run("may", "must", "then");
    for (const type of ["PlanStarted", "PlanUnblocked"] as const) expect(() => evolve(scene.order, { type, at: scene.at })).toThrow(Defect);
    await scene.when({ type: "FulfillOrder" });
    await scene.when({ type: "TasksAdmitted", taskIds: scene.order.tasks.map(({ id }) => id) });
    await scene.fail("then", "TRANSIENT", "NONE", { via: "callback" });
    expect([scene.order.plan?.state, scene.order.state, scene.ready()]).toEqual(["COMPLETED", "COMPLETED", []]);
    expect(PLAN_STATES.filter((to) => mayMove(PLAN_MACHINE, "COMPLETED", to))).toEqual([]);
  });

  it("22a 32.1 SUPERSEDED to RUNNING: forbidden; what the new version replaced never runs again", async () => {
    const scene = await given(changeable({ DEMO: { tasks: [task("reserve", "reserve", { with: { what: "A" } }), task("go", "keyed-work", after("reserve"))] } }), orderOf([itemOf({ characteristics: { color: "red" } })]));
    await scene.run("reserve");
    const first = newest(scene, "reserve");
    await amend(scene, { "1": { characteristics: { color: "blue" } } });
    expect(scene.past("PlanSuperseded")).toMatchObject([{ planId: "O1/p2", supersedes: "O1/p1" }]);
    expect(PLAN_STATES.filter((to) => mayMove(PLAN_MACHINE, "SUPERSEDED", to))).toEqual([]);
    await scene.when({ type: "TasksAdmitted", taskIds: [first.id] });
    scene.thenNothing();
    await drive(scene);
    expect([scene.order.state, newest(scene, "reserve").id]).toEqual(["COMPLETED", "O1/p2/1/reserve"]);
    expect(scene.commands.filter((command) => command.type === "DispatchTask" && command.taskId === first.id)).toHaveLength(1);
  });
});
