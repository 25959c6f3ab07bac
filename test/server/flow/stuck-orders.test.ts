import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import { STUCK_LIMITS } from "../../../server/flow/stuck-orders.ts";
import { watchStuckOrders } from "../../../server/flow/watch-stuck-orders.ts";
import { createReleasesStore } from "../../../server/store/releases-store.ts";
import { AGENT, changeable } from "../../engine/change/change-kit.ts";
import { forEachDatabase } from "../../support/database.ts";
import { after, task } from "../../support/release-of.ts";
import { createStand, DONE, type Stand } from "../work/stand.ts";
import { createFlowApp } from "./flow-app.ts";
import { until } from "./flow-process.ts";

const RELEASE = changeable({ GRAPH: { tasks: [task("a", "reserve"), task("b", "approval", after("a")), task("c", "keyed-work", after("b"))] } });

/** Orders at rest in every way there is: under way, waiting for a person, held, in fallout, waiting for admission, done. */
async function everyRest(stand: Stand): Promise<void> {
  for (const id of ["sent", "person", "held", "fallout", "broken"]) await stand.begin(id);
  await stand.submit("accepted");
  await stand.report("person", "a");
  await stand.report("fallout", "a", { status: "failed", failure: { code: "SEMANTIC", message: "", httpStatus: 422, effect: "NONE" } });
  await stand.unitOfWork.handle({ orderId: "held", input: { type: "HoldItem", id: "hold", at: stand.clock.now(), itemId: "1", reason: "customer away", actor: { ...AGENT, roles: ["care-lead"] } } });
  await stand.report("held", "a");
  await stand.begin("cancelled");
  await stand.unitOfWork.handle({ orderId: "cancelled", input: { type: "RequestCancellation", id: "cancel", at: stand.clock.now(), itemIds: null, reason: "CUSTOMER_REQUEST", expectedVersion: null, actor: AGENT } });
  await stand.report("cancelled", "a", DONE);
}

forEachDatabase((_name, open) => {
  it("L5 finds the order that nothing will move any more, with its age and step, and no other", async () => {
    const { database } = await open();
    const stand = await createStand(database, RELEASE);
    const { get } = await createFlowApp(database, RELEASE, stand);
    await everyRest(stand);
    const since = stand.clock.now();
    stand.clock.advance(STUCK_LIMITS.graceMs + 60_000);
    expect((await get("/api/orders/stuck")).body).toEqual({ orders: [], total: 0 });

    await database.write([{ sql: "DELETE FROM timers WHERE order_id='broken'" }, { sql: "UPDATE outbox SET status='settled' WHERE order_id='broken'" }]);
    expect((await get("/api/orders/stuck")).body).toMatchObject({
      total: 1,
      orders: [{ productOrderId: "broken", internalState: "IN_PROGRESS", region: "ID", stuckSince: since, ageSeconds: 660, step: "1/a", sentence: expect.stringContaining("has no answer yet") as string }],
    });
    expect((await get("/api/orders/stuck", "fitter")).status).toBe(403);
  });

  it("leaves an order in peace for its grace", async () => {
    const { database } = await open();
    const stand = await createStand(database, RELEASE);
    const { get } = await createFlowApp(database, RELEASE, stand);
    await stand.begin("broken");
    await database.write([{ sql: "DELETE FROM timers" }, { sql: "UPDATE outbox SET status='settled'" }]);
    stand.clock.advance(STUCK_LIMITS.graceMs);
    expect((await get("/api/orders/stuck")).body["total"]).toBe(0);
    stand.clock.advance(1);
    expect((await get("/api/orders/stuck")).body["total"]).toBe(1);
  });

  it("is watched: the log is told once of each", async () => {
    const { database } = await open();
    const stand = await createStand(database, RELEASE);
    await stand.begin("broken");
    await database.write([{ sql: "DELETE FROM timers" }, { sql: "UPDATE outbox SET status='settled'" }]);
    stand.clock.advance(STUCK_LIMITS.graceMs + 1);
    const told: string[] = [];
    const log = pino({ level: "error" }, { write: (line: string) => void told.push(line) });
    let searches = 0;
    const releases = createReleasesStore(database);
    const watch = watchStuckOrders({
      database, log, now: stand.clock.now, limits: { ...STUCK_LIMITS, everyMs: 5 },
      releases: {
        byDigest(digest) {
          searches += 1;
          return releases.byDigest(digest);
        },
      },
    });
    onTestFinished(() => watch.stop());
    await until(() => searches >= 3);
    expect(watch.found()?.map(({ productOrderId }) => productOrderId)).toEqual(["broken"]);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('"orderId":"broken"');
  });
});
