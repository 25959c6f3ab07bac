import { describe, expect, it } from "vitest";
import { evolve } from "../../engine/order/evolve.ts";
import { ITEM_MACHINE, mayMove, ORDER_MACHINE, PLAN_MACHINE, TASK_MACHINE } from "../../engine/order/machines.ts";
import { Defect } from "../../engine/support/defect.ts";
import { given } from "../support/given.ts";
import { FAILURE_CLASSES } from "../support/definition-kit.ts";
import { releaseOf, task } from "../support/release-of.ts";
import { cancel } from "./people.ts";
import { Play } from "./play.ts";
import { sample, shipped } from "./samples.ts";
import { past, simulated } from "./told.ts";

const fiber = sample("home-fiber");
const sim = sample("mobile-sim");
const one = releaseOf({ DEMO: { tasks: [task("a")] } });

/** Seed 28 section 25.1. */
describe("28 25.1 unit", () => {
  it("28 25.1 state transition validity: a whole order makes only moves of its tables, and what has ended never moves", async () => {
    for (const told of [await simulated(fiber), await simulated(sim, [{ task: "1/activate-sim", attempt: 1, does: "TAKE_EFFECT_THEN_TIME_OUT" }])]) {
      let order: typeof told.order | null = null;
      for (const event of told.events) {
        const before: typeof told.order | null = order;
        order = evolve(before, event);
        if (before && before.state !== order.state) expect(mayMove(ORDER_MACHINE, before.state, order.state), `${before.state} to ${order.state}`).toBe(true);
        order.tasks.forEach(({ state }, position) => {
          const from = before?.tasks[position]?.state;
          if (from !== undefined && from !== state) expect(mayMove(TASK_MACHINE, from, state), `${from} to ${state}`).toBe(true);
        });
      }
      const ended = told.order;
      for (const type of ["OrderFulfillmentStarted", "OrderResumed", "PlanUnblocked"] as const) expect(() => evolve(ended, { type, at: ended.acceptedAt }), type).toThrow(Defect);
    }
    for (const [machine, ends] of [[ORDER_MACHINE, ["COMPLETED", "CANCELLED", "FAILED", "REJECTED"]], [ITEM_MACHINE, ["COMPLETED", "CANCELLED"]], [PLAN_MACHINE, ["COMPLETED", "SUPERSEDED"]]] as const) {
      for (const end of ends) expect(machine[end as keyof typeof machine], end).toEqual([]);
    }
  });

  it("28 25.1 idempotency key handling: constant over attempts, another for every task, request revision and order", async () => {
    const retried = await simulated(fiber, [{ task: "1/reserve-ont", attempt: 1, does: "FAIL", code: "BUSY", httpStatus: 503 }]);
    const keys = past(retried, "TaskDispatched").map(({ taskId, idempotencyKey }) => `${taskId} ${idempotencyKey}`);
    expect(keys.filter((key) => key.includes("/reserve-ont "))).toHaveLength(2);
    expect(new Set(keys.filter((key) => key.includes("/reserve-ont "))).size).toBe(1);
    const perTask = new Set(keys.map((key) => key.split(" ")[1]));
    expect(perTask.size).toBe(new Set(keys.map((key) => key.split(" ")[0])).size);
    const revised = await simulated(fiber, [{ task: "1/reserve-router", attempt: 1, does: "FAIL", code: "OUT_OF_STOCK" }]);
    expect(new Set(past(revised, "TaskDispatched", "reserve-router").map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
    const other = await simulated({ ...fiber, id: "O2" });
    expect(past(other, "TaskDispatched").filter(({ idempotencyKey }) => perTask.has(idempotencyKey))).toEqual([]);
  });

  it("28 25.1 compensation eligibility: exactly what took effect and may be undone is undone, the newest first", async () => {
    const play = await (await Play.start(shipped, fiber, [{ task: "1/book-installation", does: "SUCCEED", after: "PT1M" }])).until((scene) => scene.states("book-installation")[0] === "WAITING");
    await cancel(play);
    await play.toEnd();
    const undone = play.order.compensations.map(({ originalTaskId }) => originalTaskId.split("/").at(-1)).sort();
    expect(undone).toEqual(["book-installation", "create-internet-service", "reserve-ont", "reserve-router"]);
    const ends = past(play, "TaskSucceeded").map(({ taskId }) => taskId.split("/").at(-1)).filter((key) => key?.startsWith("undo."));
    expect(ends[0]).toBe("undo.book-installation");
    expect(ends.at(-1)).toBe("undo.create-internet-service");
    expect(play.effects["activation.configure"]).toBeUndefined();
  });

  it("28 25.1 retry classification: only what is transient is tried again by itself", async () => {
    const after = new Map<string, string>();
    for (const name of FAILURE_CLASSES) {
      const scene = await given(one);
      await scene.admit("a");
      await scene.fail("a", name, name === "UNKNOWN" ? "POSSIBLE" : "NONE");
      after.set(name, scene.task("a").state);
    }
    expect([...after].filter(([, state]) => state === "RETRY_SCHEDULED").map(([name]) => name)).toEqual(["TRANSIENT"]);
    expect(after.get("UNKNOWN")).toBe("OUTCOME_UNKNOWN");
    for (const name of ["PERMANENT", "SEMANTIC", "POLICY"]) expect([name, after.get(name)]).toEqual([name, "AWAITING_MANUAL_ACTION"]);
  });

  it("28 25.1 unknown outcome transition: a timeout after sending is never a failure and never a success", async () => {
    const scene = await given(one);
    await scene.admit("a");
    await scene.fail("a", "TIMEOUT", "POSSIBLE");
    expect(scene.task("a")).toMatchObject({ state: "OUTCOME_UNKNOWN", effect: "POSSIBLE" });
    expect([scene.past("TaskFailedFinally"), scene.past("TaskSucceeded"), scene.openCases()]).toEqual([[], [], []]);
    await scene.succeed("a", { reference: "late" }, { via: "callback" });
    expect([scene.task("a").state, scene.order.state]).toEqual(["SUCCEEDED", "COMPLETED"]);
  });
});
