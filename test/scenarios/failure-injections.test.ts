import request from "supertest";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { interpret } from "../../engine/interpret/interpret.ts";
import { openDatabase, type Database } from "../../server/store/database.ts";
import { readJournal } from "../../server/store/journal-store.ts";
import { createReleasesStore } from "../../server/store/releases-store.ts";
import { PRODUCT_ORDER_PATH } from "../../server/tmf/to-product-order.ts";
import { planRelease } from "../bench/plan-release.ts";
import { NOW, RELEASE } from "../server/api/edge-app.ts";
import { homeFiberOrder, type Mutable } from "../server/api/home-fiber-order.ts";
import { startStand } from "../server/end-to-end/stand.ts";
import { createFlowApp } from "../server/flow/flow-app.ts";
import { createStand } from "../server/work/stand.ts";
import { freshSqlite } from "../support/fresh-database.ts";
import { DONE } from "./downstream.ts";
import { INJECTIONS, sheet } from "./injections.ts";
import { cancel, decide, repair } from "./people.ts";
import { Play } from "./play.ts";
import { CHAIN } from "./process.ts";
import { sample, shipped } from "./samples.ts";
import { charged, openCases, past, standing } from "./told.ts";

const ACTIVATION = { system: "activation", action: "configure" } as const;
const BILLING_REFUSES = { task: "1/bill.home-fiber-start.base-fee", attempt: 1, does: "FAIL", code: "ACCOUNT_CLOSED" } as const;

/** An empty SQLite database, and a way to open it as another process does. */
async function sqlite(): Promise<{ readonly database: Database; readonly again: () => Database }> {
  const { url, remove } = freshSqlite();
  onTestFinished(remove);
  const again = () => {
    const database = openDatabase(url);
    onTestFinished(database.close);
    return database;
  };
  const database = again();
  await database.migrate();
  return { database, again };
}

/** The REST edge over a real database, at the instant of the sample orders. */
async function edge() {
  const { database } = await sqlite();
  const stand = await createStand(database, RELEASE, { clock: { now: () => NOW, advance: () => undefined } });
  const { app } = await createFlowApp(database, RELEASE, stand);
  const submit = (body: Mutable, key: string) => request(app).post(PRODUCT_ORDER_PATH).set("Idempotency-Key", `"${key}"`).send(body);
  return { submit, orders: () => stand.rows("SELECT id FROM orders") };
}

/** The ten rows of seed 31 section 21; each prints its sheet of section 21.1. */
describe("31 21.1 failure injections", () => {
  beforeEach(async ({ task, annotate }) => {
    const row = Number(/row (\d+)/.exec(task.name)?.[1]) as keyof typeof INJECTIONS;
    expect(Object.values(INJECTIONS[row]).every((text) => text.length > 0)).toBe(true);
    await annotate(sheet(row), "injection");
  });

  it("31 21.1 row 1 pricing times out: the order is refused safely, nothing is accepted at a stale price", async () => {
    const { submit, orders } = await edge();
    const stale = await submit(homeFiberOrder("A", (order) => (order["quote"] = [{ id: "Q-A", version: 1, validUntil: "2026-11-19T10:00:00.000Z" }])), "k1");
    const none = await submit(homeFiberOrder("B", (order) => delete order["quote"]), "k2");
    expect([stale.status, none.status, await orders()]).toEqual([422, 422, []]);
    expect((await submit(homeFiberOrder("A"), "k3")).status).toBe(201);
    expect(await orders()).toHaveLength(1);
  });

  it("31 21.1 row 2 the approver is unavailable: the request waits, nothing is approved by itself, a late answer counts", async () => {
    const play = await (await Play.start(shipped, sample("mobile-sim"))).until((scene) => scene.states("activate-sim")[0] === "SUCCEEDED");
    await cancel(play);
    const { commands } = play;
    await play.toEnd();
    await play.scene.pass("P30D");
    expect([play.order.state, play.order.approvals.map(({ state }) => state), past(play, "ApprovalGiven")]).toEqual(["ASSESSING_CANCELLATION", ["PENDING"], []]);
    expect(Object.keys(play.commands).filter((name) => !(name in commands) && name !== "notification.send")).toEqual([]);
    await decide(play, false, "care-lead");
    await play.toEnd();
    expect([play.order.state, play.effects["hlr-hss.deactivate-subscriber"], charged(play)]).toEqual(["COMPLETED", undefined, 2]);
  });

  it("31 21.1 row 3 a release is published to half of the processes: running orders keep theirs, a foreign release changes nothing", async () => {
    const { database, again } = await sqlite();
    const next = planRelease({ name: "scenario.next", tasks: [{ key: "a" }, { key: "c", after: ["a"] }] });
    const first = await createStand(database, CHAIN);
    await first.begin("o1");
    const second = await createStand(again(), next, { clock: first.clock });
    await createReleasesStore(database).activate(next.digest, first.clock.now());
    await second.begin("o2");
    await second.report("o1", "a", DONE, "m-1");
    const third = await createStand(again(), CHAIN, { clock: first.clock });
    await third.report("o2", "a", DONE, "m-2");
    const digests = async (id: string) => [...new Set((await readJournal(database, id)).map(({ releaseDigest }) => releaseDigest))];
    expect([await digests("o1"), await digests("o2")]).toEqual([[CHAIN.digest], [next.digest]]);
    expect([(await third.task("o1", "b")).state, (await third.task("o2", "c")).state]).toEqual(["DISPATCHED", "DISPATCHED"]);
    const answer = await interpret(await first.order("o1"), { type: "FulfillOrder", id: "x", at: first.clock.now() }, next);
    expect(answer).toMatchObject({ accepted: false, rejection: { code: "release-mismatch" } });
  });

  it("31 21.1 row 4 the answer to a submission is lost: the repeat gets the same order", async () => {
    const { submit, orders } = await edge();
    const lost = await submit(homeFiberOrder("A"), "k1");
    const again = await submit(homeFiberOrder("A"), "k1");
    expect([lost.status, again.status, again.body, again.headers["idempotency-replayed"]]).toEqual([201, 201, lost.body, "true"]);
    expect(await orders()).toEqual([{ id: (lost.body as { id: string }).id }]);
  });

  it("31 21.1 row 5 provisioning times out: OUTCOME_UNKNOWN, asked before anything is repeated, done once", async () => {
    const stand = await startStand(null, [{ ...ACTIVATION, times: 1, fault: { kind: "timeout-after-effect" } }]);
    const order = await stand.submit("home-fiber");
    expect(await stand.follow(order, "COMPLETED")).toMatchObject({ internalState: "COMPLETED" });
    const events = await stand.eventsOf(order, "activate-network");
    expect(events.indexOf("TaskOutcomeBecameUnknown")).toBeLessThan(events.indexOf("TaskReconciled"));
    expect([events.filter((type) => type === "TaskDispatched").length, stand.effects(order, "activation.configure")]).toEqual([1, 1]);
  });

  it("31 21.1 row 6 where events go is away: the order is not held up, every event leaves in the end, none twice", async () => {
    const stand = await startStand(null, [{ system: "notification", times: 3, fault: { kind: "unavailable" } }]);
    const order = await stand.submit("home-fiber");
    expect(await stand.follow(order, "COMPLETED")).toMatchObject({ internalState: "COMPLETED" });
    const giveUpAt = Date.now() + 20_000;
    while (stand.effects(order, "notification.send") < 3 && Date.now() < giveUpAt) {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    expect([stand.effects(order, "notification.send"), stand.sandbox.effects(order).repeated]).toEqual([3, []]);
  });

  it("31 21.1 row 7 the same event comes four times: applied once, the repeats are ignored", async () => {
    const stand = await startStand(null, [{ ...ACTIVATION, fault: { kind: "duplicate-callback", copies: 4, sameId: true } }]);
    const order = await stand.submit("home-fiber");
    expect(await stand.follow(order, "COMPLETED")).toMatchObject({ internalState: "COMPLETED" });
    expect((await stand.eventsOf(order, "activate-network")).filter((type) => type === "TaskSucceeded")).toHaveLength(1);
    expect((await stand.eventsOf(order, "verify-service")).filter((type) => type === "TaskDispatched")).toHaveLength(1);
  });

  it("31 21.1 row 8 billing refuses the subscription: controlled fallout, not falsely completed, completed once it is charged", async () => {
    const play = await (await Play.start(shipped, sample("home-fiber"), [BILLING_REFUSES])).toEnd();
    expect([play.order.state, play.order.completedAt, standing(play).at(-1)]).toEqual(["IN_PROGRESS", null, "IN_PROGRESS:SERVICE_ACTIVE"]);
    expect(openCases(play)).toMatchObject([{ category: "REVENUE", severity: "P0", queue: "billing-operations", repairOptions: ["RETRY", "WAIVE", "CORRECT_PAYLOAD"] }]);
    expect([past(play, "ItemCompleted"), past(play, "OrderCompleted"), play.effects["activation.deactivate"]]).toEqual([[], [], undefined]);
    await repair(play, "RETRY", "bill.home-fiber-start.base-fee", "billing-operations");
    await decide(play, true, "finance-approver");
    await play.toEnd();
    expect([play.order.state, charged(play)]).toEqual(["COMPLETED", 2]);
  });

  it("31 21.1 row 9 a reader that lags: what is shown carries its version and comes from the record, also in another process", async () => {
    const { database, again } = await sqlite();
    const writer = await createStand(database, CHAIN);
    const reader = await createStand(again(), CHAIN, { clock: writer.clock });
    const { get } = await createFlowApp(again(), CHAIN, reader);
    await reader.begin("o1");
    for (const [key, state] of [["a", "IN_PROGRESS"], ["b", "COMPLETED"]] as const) {
      await writer.report("o1", key, DONE);
      const { aggregateVersion } = await writer.order("o1");
      expect((await get("/api/orders/o1")).body, key).toMatchObject({ internalState: state, aggregateVersion });
      expect((await get(`/api/orders?state=${state}`)).body, key).toMatchObject({ total: 1, orders: [{ productOrderId: "o1" }] });
    }
  });

  it("31 21.1 row 10 an unsafe forced completion: refused by role, by evidence, by invariant; nothing changes", async () => {
    const play = await (await Play.start(shipped, sample("home-fiber"), [BILLING_REFUSES])).toEnd();
    const { order } = play;
    const counts = [play.events.length, play.scene.commands.length];
    const item = { taskId: null, itemId: "1" };
    for (const [as, more, code] of [["support", item, "forbidden-repair"], ["senior-operations", { ...item, evidence: null }, "repair-evidence-missing"], ["senior-operations", item, "invalid-transition"]] as const) {
      await repair(play, "FORCE_COMPLETE", "bill.home-fiber-start.base-fee", as, more);
      expect(play.scene.last, code).toMatchObject({ accepted: false, rejection: { code } });
      expect([play.order, play.events.length, play.scene.commands.length]).toEqual([order, ...counts]);
    }
    expect(past(play, "RepairApplied")).toEqual([]);
  });
});
