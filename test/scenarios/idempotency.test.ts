import { describe, expect, it } from "vitest";
import type { DispatchTask } from "../../engine/order/commands.ts";
import { forEachDatabase } from "../support/database.ts";
import { Downstream } from "./downstream.ts";
import { CHAIN, isCompleted, LEASE_MS, startDoomed, startProcess, storedEvents } from "./process.ts";
import { sample } from "./samples.ts";
import { charged, past, simulated, taskOf } from "./told.ts";

const fiber = sample("home-fiber");

/** Seed 22a sections 32.3 and 32.4. */
describe("22a 32.3 idempotency", () => {
  it("22a 32.3 duplicate dispatch: the same command sent twice carries the same key, and the downstream acts once", async () => {
    const told = await simulated(fiber, [{ task: "1/bill.home-fiber-start.base-fee", attempt: 1, does: "TAKE_EFFECT_THEN_TIME_OUT" }]);
    const sendings = past(told, "TaskDispatched", "bill.home-fiber-start.base-fee");
    expect([sendings.length, new Set(sendings.map(({ idempotencyKey }) => idempotencyKey)).size]).toEqual([2, 1]);
    expect([told.order.state, told.commands["billing.start-charge"], charged(told)]).toEqual(["COMPLETED", 3, 2]);
  });

  it("22a 32.3 duplicate callback: the task makes one transition and nothing follows twice", async () => {
    const told = await simulated(fiber, [{ task: "1/activate-network", does: "DUPLICATE" }]);
    expect([past(told, "TaskSucceeded", "activate-network").length, told.order.cases]).toEqual([1, []]);
    expect([told.commands["activation.verify"], charged(told), taskOf(told, "activate-network").attempts]).toEqual([1, 2, 1]);
  });
});

forEachDatabase((_name, open) => {
  it("22a 32.4 restart after a lost answer: sent, done, nobody knows; it asks by the key, and nothing is done twice", async () => {
    const { database, again } = await open();
    const doomed = await startDoomed(database);
    const downstream = new Downstream();
    await doomed.stand.begin("o1");
    const [command] = doomed.taken as DispatchTask[];
    await downstream.send(command as DispatchTask);
    doomed.stand.clock.advance(LEASE_MS + 1);

    const restarted = await startProcess(again(), downstream, { clock: doomed.stand.clock, name: "p2" });
    await restarted.until(isCompleted(restarted.stand, "o1"));

    expect(downstream.asked[0]?.idempotencyKey).toBe(command?.idempotencyKey);
    expect(await storedEvents(database, "o1", "a")).toEqual(expect.arrayContaining(["TaskOutcomeBecameUnknown", "TaskStatusQueried", "TaskReconciled", "TaskSucceeded"]));
    expect([downstream.counts, downstream.sent.map(({ taskId }) => taskId)]).toEqual([[1, 1], ["o1/p1/1/a", "o1/p1/1/b"]]);
    expect(CHAIN.targetSystems.get("bench")?.definition.effects.class).toBe("queryable");
  });
});
