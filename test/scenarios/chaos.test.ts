import { expect, it } from "vitest";
import { forEachDatabase } from "../support/database.ts";
import { planRelease } from "../bench/plan-release.ts";
import { createStand } from "../server/work/stand.ts";
import { Downstream, DONE } from "./downstream.ts";
import { failingDatabase } from "./failing-database.ts";
import { CHAIN, isCompleted, LEASE_MS, startDoomed, startProcess, storedEvents } from "./process.ts";
import { sample } from "./samples.ts";
import { past, simulated, taskOf } from "./told.ts";

const succeededOnce = (events: readonly string[]) => expect(events.filter((type) => type === "TaskSucceeded")).toHaveLength(1);

it("22a 32.6 callback delay: unknown meanwhile, asked but not sent again, and the late callback ends it", async () => {
  const told = await simulated(sample("home-fiber"), [{ task: "1/activate-network", does: "SUCCEED", after: "PT40M" }, { query: "activation", does: "IN_PROGRESS" }]);
  expect([told.order.state, told.commands["activation.configure"], past(told, "TaskSucceeded", "activate-network").length]).toEqual(["COMPLETED", 1, 1]);
  expect(past(told, "TaskReconciled", "activate-network").every(({ found }) => found === "inProgress")).toBe(true);
  expect([taskOf(told, "activate-network"), told.order.cases]).toMatchObject([{ via: "callback" }, []]);
});

/** Seed 22a section 32.6, on the real store and workers. */
forEachDatabase((_name, open) => {
  it("22a 32.6 downstream 503: tried again later with the same key, done once", async () => {
    const { database } = await open();
    const downstream = new Downstream();
    downstream.fate = (_, before) => (before < 2 ? "unavailable" : "done");
    const { stand, until } = await startProcess(database, downstream);
    await stand.submit("o1");
    await until(isCompleted(stand, "o1"));
    expect([downstream.sent.length, downstream.counts]).toEqual([6, [1, 1]]);
    expect((await stand.order("o1")).cases).toEqual([]);
  });

  it("22a 32.6 duplicate events: the same message, and the same news under another id, change nothing twice", async () => {
    const { database } = await open();
    const stand = await createStand(database, CHAIN);
    await stand.begin("o1");
    const first = await Promise.all([1, 2, 3].map(() => stand.report("o1", "a", DONE, "m-1")));
    expect(first.map(({ outcome }) => outcome).sort()).toEqual(["applied", "duplicate", "duplicate"]);
    const { aggregateVersion } = await stand.order("o1");
    await stand.report("o1", "a", DONE, "m-2");
    expect((await stand.order("o1")).aggregateVersion).toBe(aggregateVersion);
    succeededOnce(await storedEvents(database, "o1", "a"));
  });

  it("22a 32.6 out-of-order events: a result that comes before its command was sent is kept, and the command is not sent", async () => {
    const { database } = await open();
    const downstream = new Downstream();
    const before = await createStand(database, CHAIN);
    await before.begin("o1");
    await before.report("o1", "b", DONE, "m-b");
    expect((await before.task("o1", "b")).state).toBe("PENDING");
    await before.report("o1", "a", DONE, "m-a");
    const { stand, until } = await startProcess(database, downstream, { clock: before.clock });
    await until(isCompleted(stand, "o1"));
    expect(downstream.sent.filter(({ taskId }) => taskId.endsWith("/b"))).toEqual([]);
    succeededOnce(await storedEvents(database, "o1", "b"));
  });

  it("22a 32.6 database transaction failure: nothing of the commit remains, it is tried again, nothing is lost or doubled", async () => {
    const { database } = await open();
    const failing = failingDatabase(database);
    const stand = await createStand(failing.database, CHAIN, { limits: { retryDelayMs: 1 }, releases: { get: () => CHAIN } });
    await stand.begin("o1");
    failing.failNext(2, "SQLITE_IOERR");
    expect((await stand.report("o1", "a", DONE, "m-1")).outcome).toBe("applied");
    expect(failing.failed()).toBe(2);
    succeededOnce(await storedEvents(database, "o1", "a"));
    expect(await stand.rows("SELECT task_id FROM outbox WHERE task_id LIKE '%/b'")).toHaveLength(1);
    expect((await stand.report("o1", "a", DONE, "m-1")).outcome).toBe("duplicate");
  });

  it("22a 32.6 worker crash: before it sent anything, so the command is found absent and sent once by the next worker", async () => {
    const { database, again } = await open();
    const doomed = await startDoomed(database);
    await doomed.stand.begin("o1");
    doomed.stand.clock.advance(LEASE_MS + 1);
    const downstream = new Downstream();
    const { stand, until } = await startProcess(again(), downstream, { clock: doomed.stand.clock, name: "p2" });
    await until(isCompleted(stand, "o1"));
    const events = await storedEvents(database, "o1", "a");
    expect(events.indexOf("TaskReconciled")).toBeLessThan(events.lastIndexOf("TaskDispatched"));
    expect(downstream.counts).toEqual([1, 1]);
    expect(await stand.rows("SELECT * FROM target_usage WHERE dispatched<>0 OR outstanding<>0")).toEqual([]);
  });

  it("22a 32.6 message broker redelivery: after a restart the same message is known and does nothing", async () => {
    const { database, again } = await open();
    const before = await createStand(database, CHAIN);
    await before.begin("o1");
    await before.report("o1", "a", DONE, "m-1");
    const state = await before.order("o1");
    const after = await createStand(again(), CHAIN, { clock: before.clock });
    expect((await after.report("o1", "a", DONE, "m-1")).outcome).toBe("duplicate");
    expect(await after.order("o1")).toEqual(state);
  });

  it("22a 32.6 target system rate limit: never more than it allows, a refusal is no failure, all orders end", async () => {
    const { database } = await open();
    const limited = planRelease({ name: "scenario.limited", tasks: [{ key: "a" }], maxAttempts: 5, systems: { bench: { limits: { concurrency: 9, ratePerSecond: 2 } } } });
    const downstream = new Downstream();
    downstream.fate = (command, before) => (command.orderId === "o1" && before === 0 ? "limited" : "done");
    const { stand, until, idle } = await startProcess(database, downstream, { release: limited });
    const ids = ["o1", "o2", "o3", "o4", "o5"];
    await Promise.all(ids.map((id) => stand.submit(id)));
    // While the clock stands still, the second's worth is all that goes out.
    await idle(() => downstream.sent.length >= 2);
    expect(downstream.sent).toHaveLength(2);
    stand.clock.advance(500);
    await idle(() => downstream.sent.length >= 3);
    expect(downstream.sent).toHaveLength(3);
    await until(async () => (await Promise.all(ids.map((id) => isCompleted(stand, id)()))).every(Boolean));
    expect([downstream.sent.length, downstream.counts]).toEqual([6, [1, 1, 1, 1, 1]]);
    expect((await Promise.all(ids.map((id) => stand.order(id)))).flatMap(({ cases }) => cases)).toEqual([]);
  });
});
