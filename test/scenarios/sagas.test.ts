import { describe, expect, it } from "vitest";
import { assessImpact } from "../../engine/impact/assess-impact.ts";
import { is, runUntil, world } from "../engine/impact/paused-order.ts";
import { cancel, finish, decide, repair } from "./people.ts";
import { Play } from "./play.ts";
import { sample, shipped, shippedBut, someone } from "./samples.ts";
import { charged, openCases, past, simulated, standing, taskOf } from "./told.ts";

const fiber = sample("home-fiber");
const sim = sample("mobile-sim");
const office = sample("managed-office");

/** Seed 28 section 25.3, on the release the product ships. */
describe("28 25.3 saga", () => {
  it("28 25.3 happy path: every product the release ships runs to its end, each charge once, no case", async () => {
    for (const [name, charges] of [["home-fiber", 2], ["mobile-sim", 2], ["managed-office", 4], ["contact-center", 2], ["home-fiber-modify", 1]] as const) {
      const told = await simulated(sample(name));
      expect([name, told.order.state, told.order.plan?.state, told.order.cases]).toEqual([name, "COMPLETED", "COMPLETED", []]);
      expect([name, charged(told)]).toEqual([name, charges]);
    }
  });

  it("28 25.3 failure before side effect: proven without effect, so it is tried again and done once", async () => {
    const told = await simulated(sim, [{ task: "1/activate-sim", attempt: 1, does: "FAIL", code: "BUSY", httpStatus: 503 }]);
    expect([told.order.state, told.commands["hlr-hss.activate-subscriber"], told.effects["hlr-hss.activate-subscriber"]]).toEqual(["COMPLETED", 2, 1]);
    expect(past(told, "TaskRetryScheduled", "activate-sim")).toHaveLength(1);
  });

  it("28 25.3 failure after side effect: done without the proof it must carry is neither success nor repeated, a person decides", async () => {
    const told = await simulated(fiber, [{ task: "1/field-installation", does: "SUCCEED", result: { workOrderId: "WO-1" } }]);
    expect([taskOf(told, "field-installation"), taskOf(told, "activate-network").state]).toMatchObject([{ state: "AWAITING_MANUAL_ACTION", effect: "PARTIAL" }, "PENDING"]);
    expect(openCases(told)).toMatchObject([{ category: "PARTIAL", reasonCode: "EVIDENCE_INCOMPLETE" }]);
    expect([told.commands["workforce.perform-work"], charged(told)]).toEqual([1, 0]);
  });

  it("28 25.3 timeout with unknown outcome: nobody answers the question either, so a person is called, nothing is sent again, the lock is kept", async () => {
    const told = await simulated(fiber, [{ task: "1/activate-network", does: "TAKE_EFFECT_THEN_TIME_OUT" }, { query: "activation", does: "NO_ANSWER" }]);
    expect(taskOf(told, "activate-network")).toMatchObject({ state: "OUTCOME_UNKNOWN", locked: true, attempts: 1 });
    expect(openCases(told)).toMatchObject([{ category: "OUTCOME_UNKNOWN", severity: "P1", queue: "outcome-unknown" }]);
    expect([told.commands["activation.configure"], told.effects["activation.configure"], charged(told)]).toEqual([1, 1, 0]);
  });

  it("28 25.3 partial fulfillment: the items that can be done are done and billed, the other says so, nothing is withdrawn", async () => {
    const play = await (await Play.start(shipped, office, [{ task: "3/grant-support", does: "FAIL", code: "NO_CONTRACT" }])).toEnd();
    await finish(play, "3/grant-support", "REJECTED", { reason: "There is no contract for it" }, "support-lead");
    await play.toEnd();
    expect(standing(play)).toEqual(["PARTIALLY_COMPLETED", expect.any(String), "COMPLETED:ACTIVE", "COMPLETED:ACTIVE", "FAILED:CANNOT_PROCESS"]);
    expect([charged(play), past(play, "CompensationRequested"), play.effects["billing.end-charge"]]).toEqual([3, [], undefined]);
  });

  it("28 25.3 cancellation during execution: what is in flight is found out first, then undone; nothing new is sent meanwhile", async () => {
    const play = await (await Play.start(shipped, fiber, [{ task: "1/reserve-ont", does: "SUCCEED", after: "PT30S" }])).until((scene) => scene.states("reserve-ont")[0] === "DISPATCHED" && scene.states("reserve-router")[0] === "SUCCEEDED");
    await cancel(play);
    expect([play.order.state, taskOf(play, "reserve-ont").state, taskOf(play, "book-installation").state]).toEqual(["CANCELLING", "DISPATCHED", "CANCELLED"]);
    await play.toEnd();
    expect([play.order.state, play.effects["resource-inventory.reserve"], play.effects["resource-inventory.release"]]).toEqual(["CANCELLED", 2, 2]);
    expect([play.effects["workforce.book-appointment"], openCases(play)]).toEqual([undefined, []]);
  });

  it("28 25.3 compensation failure: fallout, the order stays CANCELLING and says for whom it waits, a repaired undo ends it", async () => {
    const play = await (await Play.start(shipped, sim, [{ task: "1/undo.reserve-number", attempt: 1, does: "FAIL", code: "NUMBER_LOCKED" }])).until((scene) => scene.states("reserve-number", "reserve-sim").every((state) => state === "SUCCEEDED"));
    await cancel(play);
    await play.toEnd();
    expect([play.order.state, openCases(play)]).toMatchObject(["CANCELLING", [{ taskId: taskOf(play, "undo.reserve-number").id, blocking: true }]]);
    expect(play.order.compensations.find(({ originalTaskId }) => originalTaskId.endsWith("/reserve-number"))?.state).toBe("UNDER_WAY");
    await repair(play, "RETRY", "undo.reserve-number", "support");
    await play.toEnd();
    expect([play.order.state, play.effects["resource-inventory.release-number"], openCases(play)]).toEqual(["CANCELLED", 1, []]);
  });

  it("28 25.3 process version migration: only who has seen what it changes may ask; what was done stays, the new step is done, and the release says so", async () => {
    const again = { key: "verify-again", type: "verify-sim", dependsOn: [{ type: "success", task: "record-product" }, { type: "output", task: "activate-sim", with: { output: "subscriberId" } }] };
    const next = shippedBut("mobile-sim-add", (template) => ({ ...template, tasks: [...template.tasks, again] }));
    const run = await runUntil(shipped, is("activate-sim", "DISPATCHED"), world(), sim);
    const ask = { type: "MigrateOrder", toRelease: next.digest, reason: "Verify twice", expectedVersion: null, actor: someone("senior-operations") } as const;
    expect(await run.take({ ...ask, previewHash: "of another day" }, next)).toMatchObject({ accepted: false });
    const { previewHash } = await assessImpact(run.order, run.journal, shipped, next);
    expect(await run.take({ ...ask, previewHash }, next)).toMatchObject({ accepted: true });
    await run.toEnd();
    const sent = run.journal.flatMap(({ events }) => events).flatMap((event) => (event.type === "TaskDispatched" ? [event.taskId.split("/").at(-1)] : []));
    expect([run.order.state, run.order.release.digest, run.order.plan?.number]).toEqual(["COMPLETED", next.digest, 2]);
    expect(["reserve-number", "reserve-sim", "activate-sim"].map((key) => sent.filter((name) => name === key).length)).toEqual([1, 1, 1]);
    expect(taskOf(run, "verify-again").state).toBe("SUCCEEDED");
  });
});

/** Seed 28 section 25.4; the lines that need reconciliation rules are listed in the README. */
describe("28 25.4 reconciliation", () => {
  it("28 25.4 fulfillment completed but OMS stuck: the callback never came, the status query finds the work done and the order goes on", async () => {
    const told = await simulated(fiber, [{ task: "1/field-installation", does: "TAKE_EFFECT_THEN_TIME_OUT" }]);
    expect([told.order.state, taskOf(told, "field-installation"), told.commands["workforce.perform-work"]]).toMatchObject(["COMPLETED", { via: "query" }, 1]);
    expect(past(told, "TaskReconciled", "field-installation")).toMatchObject([{ found: "succeeded" }]);
  });

  it("28 25.4 manual downstream correction: done by hand over there, it is recorded with evidence and a second person, and not sent again", async () => {
    const play = await (await Play.start(shipped, fiber, [{ task: "1/create-internet-service", does: "FAIL", code: "SERVICE_CODE_UNKNOWN" }])).toEnd();
    const proof = { serviceId: "SVC-9", serviceOrderId: "SO-9" };
    await repair(play, "COMPLETE_WITH_EVIDENCE", "create-internet-service", "support-lead", { evidence: proof });
    expect(play.scene.last).toMatchObject({ accepted: false });
    await repair(play, "COMPLETE_WITH_EVIDENCE", "create-internet-service", "restricted-operations", { evidence: proof });
    await decide(play, true, "operations-approver");
    await play.toEnd();
    expect([play.order.state, play.commands["service-order.create"], play.effects["service-order.create"]]).toEqual(["COMPLETED", 1, undefined]);
    expect(taskOf(play, "create-internet-service")).toMatchObject({ state: "SUCCEEDED", via: "person", outputs: proof });
    expect(past(play, "RepairApplied")).toMatchObject([{ by: "restricted-operations", authority: { row: "edit-reference" }, repair: { evidence: proof } }]);
  });
});
