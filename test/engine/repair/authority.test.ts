import { describe, expect, it } from "vitest";
import { compile } from "../../../engine/language/compile.ts";
import { given } from "../../support/given.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, releaseOf, task } from "../../support/release-of.ts";
import { applied, decide, FINANCE, OPERATIONS, refused, repair, repairable, repairItem, SENIOR, stopped, SUPPORT, SUPPORT_LEAD } from "./repair-kit.ts";

const release = repairable({ tasks: [task("a"), task("b", "keyed-work", after("a"))] });

describe("H5 who may repair", () => {
  it("nobody, in a release without an authority matrix", async () => {
    const scene = await stopped(releaseOf({ DEMO: { tasks: [task("a")] } }));
    await refused(scene, "forbidden-repair", () => repair(scene, "RETRY", "a"));
  });

  it("nobody whom no row allows; the refusal names the rule", async () => {
    const scene = await stopped(release);
    await refused(scene, "forbidden-repair", () => repair(scene, "WAIVE", "a", {}, SUPPORT));
    expect(scene.last).toMatchObject({ rejection: { details: { rule: "authority/never" } } });
    await refused(scene, "forbidden-repair", () => repair(scene, "REASSIGN", "a", { values: { queue: "q" } }, SUPPORT));
    expect(scene.last).toMatchObject({ rejection: { details: { rule: "authority/otherwise" } } });
  });

  it("by the attributes of the person too: not in another region", async () => {
    const scene = await stopped(release);
    await refused(scene, "forbidden-repair", () => repair(scene, "RETRY", "a", {}, { ...SUPPORT, regions: ["south"] }));
    await repair(scene, "RETRY", "a", {}, SUPPORT);
    expect(scene.states("a")).toEqual(["READY"]);
  });

  it("H4 who, why, by which right, on what evidence, before and after stand in one event before the effects", async () => {
    const scene = await stopped(release);
    await repair(scene, "RETRY", "a", {}, SUPPORT);
    expect(scene.events()[0]?.type).toBe("RepairApplied");
    expect(applied(scene)).toMatchObject({
      by: "sue", at: scene.at, approvalId: null, authority: { table: "authority", version: 1, row: "retry" },
      repair: { action: "RETRY", reason: "The portal shows it", evidence: { reference: "T-1" }, customerImpact: "none", financialImpact: "none" },
      before: { task: { state: "AWAITING_MANUAL_ACTION" } }, after: { task: { state: "READY" } },
    });
  });

  it("the retry command asks the matrix as well, when the release has one", async () => {
    const scene = await stopped(release);
    const retry = (actor: typeof SUPPORT) => scene.when({ type: "RetryTask", taskId: scene.task("a").id, reason: "again", actor });
    await refused(scene, "forbidden-repair", () => retry(FINANCE));
    await retry(SUPPORT);
    expect(applied(scene)).toMatchObject({ by: "sue", repair: { action: "RETRY", reason: "again" } });
  });

  it("a name that names nothing is no question of rights", async () => {
    const scene = await stopped(release);
    await refused(scene, "task-not-found", () => repair(scene, "RETRY", "a", { taskId: "nobody" }));
    await refused(scene, "item-not-found", () => repairItem(scene, "RESUME", { itemId: "9" }));
    await refused(scene, "repair-values-invalid", () => repair(scene, "RETRY", "a", { taskId: null }));
    await refused(scene, "repair-values-invalid", () => repairItem(scene, "RESUME", { itemId: null }));
  });

  it("a repair of the order is judged by the item that has gone furthest", async () => {
    const matrix = {
      kind: "decision-table", key: "authority", purpose: "authority", hitPolicy: "FIRST", otherwise: { allow: false },
      columns: [{ key: "passed", in: "item.pointOfNoReturn", type: "string" }, { out: "allow", type: "boolean" }, { out: "approverRole", type: "string" }, { out: "evidenceRequired", type: "boolean" }],
      rows: [{ id: "hard", passed: ["hard"], allow: false }, { id: "early", passed: ["none"], allow: true }],
    } as const;
    const late = repairable({ tasks: [task("a", "keyed-work", { pointOfNoReturn: "hard" })] }, matrix);
    const scene = await given(late, orderOf([itemOf(), itemOf({ id: "2" })]));
    await scene.run("2/a");
    await refused(scene, "forbidden-repair", () => repairItem(scene, "CANCEL_ORDER", { itemId: null }));
    expect(scene.last).toMatchObject({ rejection: { details: { rule: "authority/hard" } } });
  });
});

describe("judged: a waiver is refused, each time with its own code, and nothing changes", () => {
  it("without reason, evidence or impacts", async () => {
    const scene = await stopped(release);
    for (const missing of [{ reason: " " }, { evidence: null }, { evidence: { reference: "" } }, { customerImpact: null }, { financialImpact: "" }]) {
      await refused(scene, "repair-evidence-missing", () => repair(scene, "WAIVE", "a", missing, SUPPORT_LEAD));
    }
  });

  it("by the wrong role", async () => {
    const scene = await stopped(release);
    await refused(scene, "forbidden-repair", () => repair(scene, "WAIVE", "a", {}, SUPPORT));
    await repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD);
    await refused(scene, "role-missing", () => decide(scene, SENIOR));
  });

  it("by its own requester", async () => {
    const scene = await stopped(release);
    const both = { ...SUPPORT_LEAD, roles: ["support-lead", "operations-approver"] };
    await repair(scene, "WAIVE", "a", {}, both);
    scene.thenEvents({ type: "ApprovalRequested" });
    await refused(scene, "four-eyes", () => decide(scene, both));
  });

  it("on a stale state hash: another one, or one of a state that is over", async () => {
    const scene = await stopped(release);
    await repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD);
    await refused(scene, "approval-stale", () => decide(scene, OPERATIONS, { stateHash: "0".repeat(64) }));
    await repair(scene, "RETRY", "a", {}, SUPPORT);
    await refused(scene, "approval-stale", () => decide(scene, OPERATIONS));
  });

  it("twice", async () => {
    const scene = await stopped(release);
    await repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD);
    await decide(scene, OPERATIONS);
    expect(scene.states("a")).toEqual(["WAIVED_BY_AUTHORIZED_USER"]);
    await refused(scene, "approval-consumed", () => decide(scene, OPERATIONS));
  });
});

describe("N5 a second approval", () => {
  it("changes nothing until it is given; then the repair is applied by right of the approval", async () => {
    const scene = await stopped(release);
    await repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD);
    scene.thenEvents({ type: "ApprovalRequested" });
    expect(scene.order.approvals).toMatchObject([{ id: "O1/approval/1", state: "PENDING", role: "operations-approver", requestedBy: "lou", subject: { type: "repair", repair: { action: "WAIVE" }, authority: { row: "waive-other" } } }]);
    expect(scene.order.approvals[0]?.stateHash).toMatch(/^[0-9a-f]{64}$/);
    expect(scene.states("a")).toEqual(["AWAITING_MANUAL_ACTION"]);
    await decide(scene, OPERATIONS);
    expect(scene.events().slice(0, 2)).toMatchObject([{ type: "ApprovalGiven", by: "ole" }, { type: "RepairApplied", by: "lou", approvalId: "O1/approval/1", authority: { row: "waive-other" } }]);
    expect(scene.order.approvals[0]).toMatchObject({ state: "CONSUMED", decidedBy: "ole" });
    expect(scene.task("a")).toMatchObject({ state: "WAIVED_BY_AUTHORIZED_USER", by: "lou" });
    expect(scene.states("b")).toEqual(["READY"]);
  });

  it("that is refused leaves everything as it is", async () => {
    const scene = await stopped(release);
    await repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD);
    await decide(scene, OPERATIONS, { approve: false });
    scene.thenEvents({ type: "ApprovalRefused", by: "ole" });
    expect(scene.states("a")).toEqual(["AWAITING_MANUAL_ACTION"]);
  });

  it("is asked for once: the same again is refused, a stale one gives way to a new one", async () => {
    const scene = await stopped(release);
    await repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD);
    await refused(scene, "invalid-transition", () => repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD));
    await repair(scene, "REASSIGN", "a", { values: { queue: "others" } });
    await repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD);
    scene.thenEvents({ type: "ApprovalVoided", approvalId: "O1/approval/1" }, { type: "ApprovalRequested" });
    await decide(scene, OPERATIONS);
    expect(scene.states("a")).toEqual(["WAIVED_BY_AUTHORIZED_USER"]);
  });

  it("is asked for only when the repair would be safe, and is not voided by a claim or a clock", async () => {
    const scene = await stopped(release);
    const done = await stopped(release);
    await repair(done, "RETRY", "a", {}, SUPPORT);
    await done.run("a");
    await refused(done, "invalid-transition", () => repair(done, "WAIVE", "a", {}, SUPPORT_LEAD));
    await repair(scene, "WAIVE", "a", {}, SUPPORT_LEAD);
    await scene.when({ type: "ClaimManualTask", taskId: scene.task("a").id, actor: SUPPORT });
    await decide(scene, OPERATIONS);
    expect(scene.states("a")).toEqual(["WAIVED_BY_AUTHORIZED_USER"]);
  });
});

describe("22a section 30 the shipped matrix", () => {
  const compiled = compile(loadDefinitions(), { name: "shipped" });
  const table = compiled.ok ? compiled.release.authority : undefined;
  const ask = (action: string, category: string, actor: { roles: string[]; regions: string[] }, amount?: number) => {
    const answer = table?.evaluate({ repair: { action, ...(amount !== undefined && { amount }) }, task: { category }, actor: { id: "x", ...actor }, order: { region: "ID" }, item: { pointOfNoReturn: "none" } });
    return answer?.hit === "one" ? answer.outputs : null;
  };

  it("lets support of region ID retry failed logistics, and not waive a billing activation", () => {
    expect(ask("RETRY", "LOGISTICS", { roles: ["support"], regions: ["ID"] })).toMatchObject({ allow: true });
    expect(ask("RETRY", "LOGISTICS", { roles: ["support"], regions: ["SG"] })).toMatchObject({ allow: false });
    expect(ask("WAIVE", "BILLING", { roles: ["support"], regions: ["ID"] }, 10)).toMatchObject({ allow: false });
  });

  it("I-32 a waiver of a charge always needs finance, a larger one its director", () => {
    const finance = { roles: ["finance-operations"], regions: ["*"] };
    expect(ask("WAIVE", "BILLING", finance, 100)).toMatchObject({ allow: true, approverRole: "finance-approver" });
    expect(ask("WAIVE", "BILLING", finance, 101)).toMatchObject({ allow: true, approverRole: "finance-director" });
    expect(ask("WAIVE", "BILLING", finance)).toMatchObject({ allow: true, approverRole: "finance-director" });
  });
});
