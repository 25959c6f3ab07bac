import { describe, expect, it } from "vitest";
import type { Actor } from "../../../engine/order/inputs.ts";
import { given, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, releaseOf, task, when } from "../../support/release-of.ts";
import { applied, authorityMatrix, decide, FINANCE, FINANCE_APPROVER, OPERATIONS, refused, repair, repairable, repairItem, SENIOR, stopped, SUPPORT_LEAD, unknown } from "./repair-kit.ts";

async function waived(scene: Scene, name: string, more = {}): Promise<Scene> {
  await repair(scene, "WAIVE", name, more, SUPPORT_LEAD);
  return decide(scene, OPERATIONS);
}

describe("H3 waive and skip", () => {
  const milestoned = repairable({
    tasks: [task("a"), task("b", "keyed-work", edge({ type: "milestone", milestone: "a-done" }))],
    milestones: [{ key: "a-done", reachedBy: ["a"] }],
  });

  it("waived work counts as done: its milestone is reached, its case closed, who waited goes on", async () => {
    const scene = await waived(await stopped(milestoned), "a");
    expect(scene.task("a")).toMatchObject({ state: "WAIVED_BY_AUTHORIZED_USER", by: "lou", reason: "The portal shows it", outputs: {} });
    expect(scene.milestone("a-done")).toBe("REACHED");
    expect(scene.openCases()).toEqual([]);
    await scene.run("b");
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("skipped work was not needed: what would follow from it does not", async () => {
    const scene = await stopped(milestoned);
    await repair(scene, "SKIP", "a", {}, SUPPORT_LEAD);
    await decide(scene, OPERATIONS);
    expect(scene.task("a")).toMatchObject({ state: "SKIPPED_BY_POLICY" });
    expect(scene.milestone("a-done")).toBe("NOT_APPLICABLE");
  });

  it("work that has not begun, is ready, or waits to be tried again may be waived", async () => {
    for (const reach of [async (scene: Scene) => scene, async (scene: Scene) => (await scene.admit("first")).fail("first", "TRANSIENT")]) {
      const scene = await reach(await given(repairable({ tasks: [task("first"), task("later", "keyed-work", after("first"))] })));
      await waived(scene, "later");
      await waived(scene, "first");
      expect(scene.order.state).toBe("COMPLETED");
    }
  });

  it.each(["WAIVE", "SKIP"] as const)("%s is refused while it is not known what happened", async (action) => {
    const scene = await unknown(repairable({ tasks: [task("a", "blind-work")] }));
    await refused(scene, "reconcile-first", () => repair(scene, action, "a", {}, SUPPORT_LEAD));
    const flying = await given(repairable({ tasks: [task("a")] }));
    await flying.admit("a");
    await refused(flying, "reconcile-first", () => repair(flying, action, "a", {}, SUPPORT_LEAD));
    await flying.report("a", { status: "accepted" });
    await refused(flying, "reconcile-first", () => repair(flying, action, "a", {}, SUPPORT_LEAD));
  });

  it("work that has ended cannot be done without any more", async () => {
    const scene = await given(repairable({ tasks: [task("a"), task("b")] }));
    await scene.run("a");
    await refused(scene, "invalid-transition", () => repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD));
  });

  it("a late result for waived work is recorded and opens a case", async () => {
    const scene = await waived(await stopped(repairable({ tasks: [task("a"), task("b")] })), "a");
    await scene.succeed("a", { reference: "R" }, { via: "callback" });
    scene.thenEvents("LateResultRecorded", "FalloutCaseOpened");
    expect(scene.states("a")).toEqual(["WAIVED_BY_AUTHORIZED_USER"]);
  });
});

describe("waiving work whose outputs others take", () => {
  const consumed = repairable({ tasks: [task("a"), task("b", "keyed-work", edge({ type: "output", task: "a", with: { output: "reference" } }))] });

  it("needs values for them", async () => {
    const scene = await stopped(consumed);
    await refused(scene, "outputs-required", () => repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD));
    expect(scene.last).toMatchObject({ rejection: { details: [{ path: "/values/outputs/reference" }] } });
    await refused(scene, "outputs-required", () => repair(scene, "WAIVE", "a", { values: { outputs: { reference: null } } }, SUPPORT_LEAD));
    await waived(scene, "a", { values: { outputs: { reference: "by hand" } } });
    expect(scene.task("a").outputs).toEqual({ reference: "by hand" });
    expect(scene.task("b")).toMatchObject({ state: "READY", inputs: { reference: "by hand" } });
  });

  it("skipping it is refused: it is needed", async () => {
    const scene = await stopped(consumed);
    await refused(scene, "outputs-required", () => repair(scene, "SKIP", "a", {}, SUPPORT_LEAD));
  });

  it("a decision others wait for is such a value", async () => {
    const scene = await given(repairable({ tasks: [task("a", "approval"), task("b", "keyed-work", edge({ type: "human", task: "a", with: { accept: ["APPROVED"] } }))] }));
    await refused(scene, "outputs-required", () => repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD));
    await waived(scene, "a", { values: { outputs: { decision: "APPROVED" } } });
    expect(scene.states("b")).toEqual(["READY"]);
  });

  it("values nobody waits for any more are not asked for", async () => {
    const scene = await stopped(consumed);
    await waived(scene, "b");
    await waived(scene, "a");
    expect(scene.order.state).toBe("COMPLETED");
  });
});

describe("I-32 waiving a charge", () => {
  const billed = repairable(
    { tasks: [task("a")], milestones: [{ key: "a-done", reachedBy: ["a"] }], billingTriggers: ["start"] },
    { kind: "billing-trigger", key: "start", milestone: "a-done", charges: when("charge", "type", "equal", "recurring"), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "P1D" },
  );
  const director: Actor = { id: "dan", roles: ["finance-director"], regions: [] };

  async function unbilled(amount: number): Promise<Scene> {
    const scene = await given(billed, orderOf([itemOf({ charges: [{ key: "monthly", type: "recurring", amount, currency: "EUR" }] })]));
    await scene.run("a");
    await scene.admit();
    return scene.fail("bill.start.monthly", "SEMANTIC");
  }

  it("is for finance to ask and for finance to agree, never by the one who asked", async () => {
    const scene = await unbilled(30);
    await refused(scene, "forbidden-repair", () => repair(scene, "WAIVE", "bill.start.monthly", {}, SUPPORT_LEAD));
    await repair(scene, "WAIVE", "bill.start.monthly", {}, FINANCE);
    await refused(scene, "four-eyes", () => decide(scene, FINANCE));
    await refused(scene, "role-missing", () => decide(scene, OPERATIONS));
    await decide(scene, FINANCE_APPROVER);
    expect(applied(scene)).toMatchObject({ authority: { row: "waive-billing-small" }, repair: { amount: 30 } });
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("goes by what the charge says, not by what is stated", async () => {
    const scene = await unbilled(500);
    await repair(scene, "WAIVE", "bill.start.monthly", { amount: 1 }, FINANCE);
    expect(scene.order.approvals).toMatchObject([{ role: "finance-director", subject: { repair: { amount: 500 } } }]);
    await refused(scene, "role-missing", () => decide(scene, FINANCE_APPROVER));
    await decide(scene, director);
    expect(scene.states("bill.start.monthly")).toEqual(["WAIVED_BY_AUTHORIZED_USER"]);
  });

  it("is no side effect of completing an item by force", async () => {
    const scene = await unbilled(30);
    await refused(scene, "invalid-transition", () => repairItem(scene, "FORCE_COMPLETE"));
    expect(scene.last).toMatchObject({ rejection: { message: expect.stringContaining("finance") as string } });
  });
});

describe("force complete", () => {
  const chain = repairable({ tasks: [task("a"), task("b", "keyed-work", after("a")), task("c", "keyed-work", edge({ type: "output", task: "b", with: { output: "reference" } })), task("hint", "message", { mandatory: false, with: { message: "m" } })] });

  it("waives all mandatory work that is left, with the reason; the item is then complete", async () => {
    const scene = await stopped(chain);
    await repairItem(scene, "FORCE_COMPLETE");
    expect(scene.states("a", "b", "c", "hint")).toEqual(["WAIVED_BY_AUTHORIZED_USER", "WAIVED_BY_AUTHORIZED_USER", "WAIVED_BY_AUTHORIZED_USER", "READY"]);
    expect(scene.order.items[0]?.state).toBe("COMPLETED");
    expect(scene.openCases()).toEqual([]);
    expect(scene.events("RepairApplied")).toHaveLength(1);
  });

  it("is for seniors, with evidence and impacts", async () => {
    const scene = await stopped(chain);
    await refused(scene, "forbidden-repair", () => repairItem(scene, "FORCE_COMPLETE", {}, SUPPORT_LEAD));
    await refused(scene, "repair-evidence-missing", () => repairItem(scene, "FORCE_COMPLETE", { evidence: null }));
  });

  it("is refused while mandatory work is under way, when nothing is left, and for an item that is held", async () => {
    const scene = await given(chain);
    await scene.admit("a");
    await refused(scene, "reconcile-first", () => repairItem(scene, "FORCE_COMPLETE"));
    await scene.fail("a", "SEMANTIC");
    await scene.when({ type: "HoldItem", itemId: "1", reason: "r", actor: SENIOR });
    await refused(scene, "invalid-transition", () => repairItem(scene, "FORCE_COMPLETE"));
  });

  it("does not leave other work without the values it waits for", async () => {
    const scene = await stopped(repairable({ tasks: [task("a"), task("extra", "keyed-work", { mandatory: false }, edge({ type: "output", task: "a", with: { output: "reference" } }))] }));
    await refused(scene, "outputs-required", () => repairItem(scene, "FORCE_COMPLETE"));
    await repairItem(scene, "FORCE_COMPLETE", { values: { outputs: { a: { reference: "R" } } } });
    expect(scene.task("extra")).toMatchObject({ state: "READY", inputs: { reference: "R" } });
  });
});

describe("I-30 the outcome WAIVED of a manual task", () => {
  const offered = releaseOf({ DEMO: { tasks: [task("a"), task("b")] } }, authorityMatrix, {
    kind: "manual-task", key: "repair", role: "support", action: "Repair.", form: { type: "object", properties: { reason: { type: "string" } }, required: ["reason"] },
    outcomes: [{ key: "WAIVED", effect: "WAIVE" }, { key: "REPAIRED", effect: "RETRY" }],
  });
  const waive = (scene: Scene, actor: Actor) => scene.when({ type: "CompleteManualTask", taskId: scene.task("a").id, outcome: "WAIVED", form: { reason: "not needed" }, evidence: null, actor });

  it("is a waiver like any other: by the matrix, with a second person", async () => {
    const scene = await stopped(offered);
    await refused(scene, "forbidden-repair", () => waive(scene, { id: "sue", roles: ["support"], regions: ["north"] }));
    await waive(scene, SUPPORT_LEAD);
    expect(scene.order.approvals).toMatchObject([{ subject: { repair: { action: "WAIVE", reason: "not needed", customerImpact: "DELAY", financialImpact: "DELAYED" } } }]);
    await decide(scene, OPERATIONS);
    expect(scene.states("a")).toEqual(["WAIVED_BY_AUTHORIZED_USER"]);
  });
});
