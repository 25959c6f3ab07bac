import { describe, expect, it } from "vitest";
import { given, submitted, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, releaseOf, task, when } from "../../support/release-of.ts";
import { applied, authorityMatrix, decide, OPERATIONS, refused, repair, repairable, repairItem, SENIOR, stopped, SUPPORT, unknown } from "./repair-kit.ts";

const one = repairable({ tasks: [task("a"), task("b", "keyed-work", after("a"))] });
const unsafe = "invalid-transition";

describe("RETRY", () => {
  it("is refused while it is unknown what happened, and for what does not wait for a person", async () => {
    const scene = await unknown(repairable({ tasks: [task("a", "blind-work")] }));
    await refused(scene, "reconcile-first", () => repair(scene, "RETRY", "a", {}, SUPPORT));
    const fresh = await given(one);
    await refused(fresh, unsafe, () => repair(fresh, "RETRY", "b", {}, SUPPORT));
  });
});

describe("MARK_RECONCILED", () => {
  const blind = repairable({ tasks: [task("a", "blind-work"), task("b", "keyed-work", edge({ type: "output", task: "a", with: { output: "reference" } }))] });

  it("it took effect: the evidence is the result, and others go on with it", async () => {
    const scene = await unknown(blind);
    await repair(scene, "MARK_RECONCILED", "a", { evidence: { reference: "seen in the portal" } });
    expect(scene.events("TaskReconciled")).toMatchObject([{ found: "succeeded" }]);
    expect(scene.task("a")).toMatchObject({ state: "SUCCEEDED", via: "person", outputs: { reference: "seen in the portal" } });
    expect(scene.states("b")).toEqual(["READY"]);
    expect(scene.openCases()).toEqual([]);
  });

  it("it never did: it may go out again", async () => {
    const scene = await unknown(blind);
    await repair(scene, "MARK_RECONCILED", "a", { values: { found: "notFound" } });
    expect(scene.task("a")).toMatchObject({ state: "READY", effect: "NONE" });
    await scene.admit("a");
    expect(scene.sent("a")).toHaveLength(2);
  });

  it("34 is refused without evidence, with evidence that proves nothing, and with another word", async () => {
    const scene = await unknown(blind);
    await refused(scene, "repair-evidence-missing", () => repair(scene, "MARK_RECONCILED", "a", { evidence: null }));
    await refused(scene, "evidence-invalid", () => repair(scene, "MARK_RECONCILED", "a", { evidence: { note: "trust me" } }));
    await refused(scene, "repair-values-invalid", () => repair(scene, "MARK_RECONCILED", "a", { values: { found: "perhaps" } }));
  });

  it("settles a partial effect that stopped the work, and nothing that is known", async () => {
    const scene = await given(blind);
    await scene.admit("a");
    await scene.fail("a", "SEMANTIC", "PARTIAL");
    await refused(scene, "reconcile-first", () => repair(scene, "RETRY", "a", {}, SUPPORT));
    await repair(scene, "MARK_RECONCILED", "a", { values: { found: "notFound" } });
    expect(scene.task("a")).toMatchObject({ state: "READY", effect: "NONE" });
    await refused(scene, unsafe, () => repair(scene, "MARK_RECONCILED", "a"));
  });
});

describe("COMPLETE_WITH_EVIDENCE", () => {
  it("ends failed work well with what its type asks for as proof", async () => {
    const scene = await stopped(one);
    await refused(scene, "evidence-invalid", () => repair(scene, "COMPLETE_WITH_EVIDENCE", "a", { evidence: { note: "done" } }));
    await refused(scene, "repair-evidence-missing", () => repair(scene, "COMPLETE_WITH_EVIDENCE", "a", { evidence: {} }));
    await repair(scene, "COMPLETE_WITH_EVIDENCE", "a", { evidence: { reference: "P-9" } });
    expect(scene.task("a")).toMatchObject({ state: "SUCCEEDED", via: "person", outputs: { reference: "P-9" } });
    expect(scene.openCases()).toEqual([]);
  });

  it("is no way round a person's own work, an unknown, our own records, or work that has not begun", async () => {
    const people = await given(repairable({ tasks: [task("a", "approval"), task("b", "blind-work"), task("c", "record", { with: {} }, after("a"))] }));
    await people.admit("a", "b");
    await people.fail("b", "TIMEOUT", "POSSIBLE");
    await refused(people, unsafe, () => repair(people, "COMPLETE_WITH_EVIDENCE", "a"));
    await refused(people, "reconcile-first", () => repair(people, "COMPLETE_WITH_EVIDENCE", "b"));
    await refused(people, unsafe, () => repair(people, "COMPLETE_WITH_EVIDENCE", "c"));
  });
});

describe("CORRECT_PAYLOAD", () => {
  const colored = repairable({ tasks: [task("a", "reserve")] });
  const correct = (scene: Scene, corrections: { [field: string]: string }) => repair(scene, "CORRECT_PAYLOAD", "a", { values: { corrections } });
  const red = orderOf([itemOf({ characteristics: { color: "red" } })]);

  it("is a new request: the next revision, a new key, the corrected field", async () => {
    const scene = await given(colored, red);
    await scene.admit("a");
    await scene.fail("a", "SEMANTIC");
    await correct(scene, { color: "blue" });
    expect(scene.events("TaskPayloadCorrected")).toMatchObject([{ corrections: { color: "blue" }, requestRevision: 2, by: "sam" }]);
    await scene.admit("a");
    const [first, second] = scene.sent("a");
    expect([first?.request, second?.request]).toEqual([{ item: "1", color: "red" }, { item: "1", color: "blue" }]);
    expect(second?.idempotencyKey).not.toBe(first?.idempotencyKey);
  });

  it("is refused while the former request may have done something", async () => {
    const scene = await given(colored, red);
    await scene.admit("a");
    await refused(scene, unsafe, () => correct(scene, { color: "blue" }));
    await scene.fail("a", "SEMANTIC", "PARTIAL");
    await refused(scene, "reconcile-first", () => correct(scene, { color: "blue" }));
  });

  it("corrects fields the request has, and needs to know which", async () => {
    const scene = await given(colored, red);
    await scene.admit("a");
    await scene.fail("a", "SEMANTIC");
    await refused(scene, "repair-values-invalid", () => correct(scene, { size: "XL" }));
    await refused(scene, "repair-values-invalid", () => correct(scene, {}));
  });

  it("never changes the price the customer accepted", async () => {
    const billed = repairable(
      { tasks: [task("a")], milestones: [{ key: "a-done", reachedBy: ["a"] }], billingTriggers: ["start"] },
      { kind: "billing-trigger", key: "start", milestone: "a-done", charges: when("charge", "type", "equal", "recurring"), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "P1D" },
    );
    const scene = await given(billed, orderOf([itemOf({ charges: [{ key: "monthly", type: "recurring", amount: 30, currency: "EUR" }] })]));
    await scene.run("a");
    await scene.admit();
    await scene.fail("bill.start.monthly", "SEMANTIC");
    await refused(scene, unsafe, () => repair(scene, "CORRECT_PAYLOAD", "bill.start.monthly", { values: { corrections: { charge: { key: "monthly", amount: 1 } } } }));
    await repair(scene, "CORRECT_PAYLOAD", "bill.start.monthly", { values: { corrections: { from: "2026-12-01T00:00:00Z" } } });
    await scene.admit("bill.start.monthly");
    const [first, second] = scene.sent("bill.start.monthly");
    expect(second?.idempotencyKey, "a charge has one key for ever").toBe(first?.idempotencyKey);
  });
});

describe("UPDATE_REFERENCE", () => {
  it("corrects an output of done work as a new fact, and lets go who waited for it", async () => {
    const scene = await given(repairable({ tasks: [task("a", "noted"), task("b", "keyed-work", edge({ type: "output", task: "a", with: { output: "note" } }))] }, {
      kind: "task-type", key: "noted", category: "WORK", owner: "o", targetSystem: "keyed", action: "note", work: { by: "system", mode: "command" }, evidence: { type: "object" },
      outputs: { note: "=result.note" }, retry: "thrice", timeout: "repeat", compensation: "none-needed-after-all",
    }));
    await scene.run("a");
    expect(scene.states("b")).toEqual(["AWAITING_MANUAL_ACTION"]);
    await refused(scene, "repair-values-invalid", () => repair(scene, "UPDATE_REFERENCE", "a", { values: { outputs: { other: "x" } } }));
    await refused(scene, "repair-values-invalid", () => repair(scene, "UPDATE_REFERENCE", "a"));
    await repair(scene, "UPDATE_REFERENCE", "a", { values: { outputs: { note: "N-1" } } });
    expect(applied(scene)).toMatchObject({ before: { task: { outputs: {} } }, after: { task: { outputs: { note: "N-1" } } } });
    expect(scene.task("a")).toMatchObject({ state: "SUCCEEDED", outputs: { note: "N-1" } });
    await repair(scene, "RETRY", "b", {}, SUPPORT);
    expect(scene.task("b")).toMatchObject({ state: "READY", inputs: { note: "N-1" } });
  });

  it("is refused for work that is not done", async () => {
    const scene = await given(one);
    await refused(scene, unsafe, () => repair(scene, "UPDATE_REFERENCE", "a", { values: { outputs: { reference: "R" } } }));
  });
});

describe("REASSIGN", () => {
  it("moves the work and its case to another queue or role, and frees it", async () => {
    const scene = await stopped(one);
    await scene.when({ type: "ClaimManualTask", taskId: scene.task("a").id, actor: SUPPORT });
    const { since } = scene.task("a") as { since?: string };
    await repair(scene, "REASSIGN", "a", { values: { queue: "network", role: "engineer" } });
    expect(scene.task("a")).toMatchObject({ since, manual: { queue: "network", role: "engineer", claimedBy: null } });
    expect(scene.openCases()).toMatchObject([{ queue: "network" }]);
    await refused(scene, "repair-values-invalid", () => repair(scene, "REASSIGN", "a", { values: { queue: " " } }));
  });

  it("is refused for what no person of ours works on", async () => {
    const scene = await given(one);
    await refused(scene, unsafe, () => repair(scene, "REASSIGN", "a", { values: { queue: "q" } }));
  });
});

describe("COMPENSATE", () => {
  const chain = repairable({ tasks: [task("reserve", "reserve"), task("activate", "activate", after("reserve")), task("end", "keyed-work", after("activate"))] });

  it("undoes one task by a task of the plan's next version", async () => {
    const scene = await given(chain);
    await scene.run("reserve");
    await repair(scene, "COMPENSATE", "reserve");
    expect(scene.order.compensations).toMatchObject([{ state: "UNDER_WAY", requestedBy: "sam", policy: "release-it" }]);
    expect(scene.order.plan).toMatchObject({ number: 2, state: "RUNNING" });
    await scene.run("undo.reserve");
    expect(scene.order.compensations).toMatchObject([{ state: "COMPENSATED" }]);
    expect(scene.sent("undo.reserve")).toHaveLength(1);
    await refused(scene, unsafe, () => repair(scene, "COMPENSATE", "reserve"));
  });

  it("waits for the agreement its own policy asks for", async () => {
    const scene = await given(chain);
    await scene.run("reserve", "activate");
    await repair(scene, "COMPENSATE", "activate");
    expect(scene.order.approvals).toMatchObject([{ state: "PENDING", role: "operations-approver", subject: { type: "compensation" } }]);
    await decide(scene, OPERATIONS);
    expect(scene.order.approvals).toMatchObject([{ state: "CONSUMED" }]);
    expect(scene.ready()).toContain("1/undo.activate");
  });

  it("is refused while something that builds on it stands or is under way", async () => {
    const scene = await given(chain);
    await scene.run("reserve");
    await scene.admit("activate");
    await refused(scene, "reconcile-first", () => repair(scene, "COMPENSATE", "reserve"));
    await scene.succeed("activate");
    await refused(scene, unsafe, () => repair(scene, "COMPENSATE", "reserve"));
  });

  it("is refused for what cannot be undone or was never done; what was undone by waiver was not", async () => {
    const scene = await given(repairable({ tasks: [task("install", "install"), task("reserve", "reserve"), task("end", "keyed-work", after("install"))] }));
    await scene.run("install");
    await refused(scene, unsafe, () => repair(scene, "COMPENSATE", "install"));
    await refused(scene, unsafe, () => repair(scene, "COMPENSATE", "reserve"));
    await scene.run("reserve");
    await repair(scene, "COMPENSATE", "reserve");
    await repair(scene, "WAIVE", "undo.reserve", {}, { id: "lou", roles: ["support-lead"], regions: [] });
    await decide(scene, OPERATIONS);
    expect(scene.order.compensations).toMatchObject([{ state: "FAILED" }]);
  });
});

describe("CANCEL_ORDER and CANCEL_REMAINING", () => {
  it("CANCEL_ORDER is a cancellation: by its policy, undoing what was done", async () => {
    const scene = await given(repairable({ tasks: [task("reserve", "reserve"), task("end", "keyed-work", after("reserve"))] }));
    await scene.run("reserve");
    await repairItem(scene, "CANCEL_ORDER", { itemId: null });
    expect(scene.order.changes).toMatchObject([{ type: "CANCEL", state: "EXECUTING", requestedBy: "sam" }]);
    await scene.run("undo.reserve");
    expect(scene.order.state).toBe("CANCELLED");
    await refused(scene, unsafe, () => repairItem(scene, "CANCEL_ORDER", { itemId: null }));
  });

  it("CANCEL_ORDER is refused where the policy refuses", async () => {
    const scene = await given(repairable({ tasks: [task("a")] }), orderOf([itemOf({ characteristics: { color: "black" } })]));
    await refused(scene, "change-refused", () => repairItem(scene, "CANCEL_ORDER", { itemId: null }));
  });

  it("CANCEL_REMAINING drops what has not begun; the item ends without it", async () => {
    const scene = await given(repairable({ tasks: [task("a"), task("b", "keyed-work", after("a")), task("c", "keyed-work", after("b"))] }));
    await scene.run("a");
    await repairItem(scene, "CANCEL_REMAINING");
    expect(scene.states("a", "b", "c")).toEqual(["SUCCEEDED", "CANCELLED", "CANCELLED"]);
    expect(scene.order.items[0]?.state).toBe("FAILED");
  });

  it("CANCEL_REMAINING ends a held item too", async () => {
    const scene = await given(one);
    await scene.when({ type: "HoldItem", itemId: "1", reason: "r", actor: SENIOR });
    await repairItem(scene, "CANCEL_REMAINING");
    expect(scene.order).toMatchObject({ state: "FAILED", items: [{ state: "FAILED" }] });
  });

  it("CANCEL_REMAINING is refused when something is under way or would have to be undone", async () => {
    const scene = await given(repairable({ tasks: [task("reserve", "reserve"), task("b", "keyed-work", after("reserve"))] }));
    await scene.admit("reserve");
    await refused(scene, "reconcile-first", () => repairItem(scene, "CANCEL_REMAINING"));
    await scene.succeed("reserve");
    await refused(scene, unsafe, () => repairItem(scene, "CANCEL_REMAINING"));
  });
});

describe("REGENERATE_PLAN", () => {
  const unplannable = repairable({ tasks: [task("a")] });

  it("plans again where no plan could be made; a plan that still cannot be made changes nothing", async () => {
    const scene = await submitted(unplannable, orderOf([itemOf({ offering: "NOBODY_KNOWS" })]));
    await scene.when({ type: "FulfillOrder" });
    expect(scene.openCases()).toMatchObject([{ reasonCode: "DECOMPOSITION_MISSING" }]);
    await refused(scene, unsafe, () => repairItem(scene, "REGENERATE_PLAN", { itemId: null }));
    const table = unplannable.decomposition.get("BUNDLE");
    if (!table) throw new Error("The kit has a decomposition of bundles");
    // The same release, now with an answer: as if a defect of ours had been corrected.
    const corrected = { ...table, evaluate: () => ({ hit: "one", outputs: { planTemplate: "demo" }, rows: ["demo"], otherwise: false }) as const };
    Object.assign(scene, { release: { ...unplannable, decomposition: new Map([...unplannable.decomposition, ["NOBODY_KNOWS", corrected]]) } });
    await repairItem(scene, "REGENERATE_PLAN", { itemId: null });
    expect(scene.events().slice(0, 3).map(({ type }) => type)).toEqual(["RepairApplied", "FalloutCaseClosed", "PlanCreated"]);
    expect(applied(scene)).toMatchObject({ before: { plan: null, order: "READY_FOR_FULFILLMENT" }, after: { plan: "O1/p1 RUNNING", order: "IN_PROGRESS" } });
  });

  it("is refused where there is a plan: an amendment is the way", async () => {
    const scene = await given(unplannable);
    await refused(scene, unsafe, () => repairItem(scene, "REGENERATE_PLAN", { itemId: null }));
    expect(scene.last).toMatchObject({ rejection: { message: expect.stringContaining("amend") as string } });
  });
});

describe("REOPEN", () => {
  const optional = repairable({
    tasks: [task("a", "keyed-work", { mandatory: false }), task("b", "keyed-work", edge({ type: "output", task: "a", with: { output: "reference" } })), task("c")],
    milestones: [{ key: "a-done", reachedBy: ["a"] }],
  });

  it("is a new task in the place of the failed one: who waits for it waits for the new one", async () => {
    const scene = await stopped(optional);
    expect(scene.states("a", "b")).toEqual(["FAILED_FINAL", "AWAITING_MANUAL_ACTION"]);
    const failed = scene.task("a");
    await repair(scene, "REOPEN", "a");
    expect(scene.task("a")).toEqual(failed);
    expect(scene.task("a~2")).toMatchObject({ id: "O1/p2/1/a~2", state: "READY", attempts: 0 });
    expect(scene.planned("b").edges).toMatchObject([{ on: { task: "O1/p2/1/a~2" } }]);
    await scene.run("a~2");
    expect(scene.milestone("a-done")).toBe("REACHED");
    await repair(scene, "RETRY", "b", {}, SUPPORT);
    expect(scene.states("b")).toEqual(["READY"]);
    await refused(scene, unsafe, () => repair(scene, "REOPEN", "a"));
  });

  it("may fail again and be opened again", async () => {
    const scene = await stopped(optional);
    await repair(scene, "REOPEN", "a");
    await scene.admit("a~2");
    await scene.fail("a~2", "SEMANTIC");
    await repair(scene, "REOPEN", "a~2");
    expect(scene.states("a", "a~2", "a~3")).toEqual(["FAILED_FINAL", "FAILED_FINAL", "READY"]);
  });

  it("is refused for what has not failed for good, may have done something, or whose item has ended", async () => {
    const scene = await stopped(one);
    await refused(scene, unsafe, () => repair(scene, "REOPEN", "a"));
    await scene.person("a", "REJECTED");
    await refused(scene, unsafe, () => repair(scene, "REOPEN", "a"));
    const partial = await given(optional);
    await partial.admit("a");
    await partial.fail("a", "SEMANTIC", "PARTIAL");
    await refused(partial, "reconcile-first", () => repair(partial, "REOPEN", "a"));
  });
});

describe("RESUME and CREATE_CHANGE_ORDER", () => {
  it("RESUME lets a held item go on", async () => {
    const scene = await given(one);
    await refused(scene, unsafe, () => repairItem(scene, "RESUME"));
    await scene.when({ type: "HoldItem", itemId: "1", reason: "asked by the customer", actor: SENIOR });
    expect(scene.order.items[0]).toMatchObject({ state: "HELD", holdCause: "DELIBERATE", holdReason: "asked by the customer" });
    await repairItem(scene, "RESUME");
    expect(scene.order.items[0]).toMatchObject({ state: "IN_PROGRESS", holdReason: null });
  });

  it("CREATE_CHANGE_ORDER names the way to go", async () => {
    const scene = await given(one);
    await refused(scene, unsafe, () => repairItem(scene, "CREATE_CHANGE_ORDER", { itemId: null }));
    expect(scene.last).toMatchObject({ rejection: { message: expect.stringContaining("amendment") as string } });
  });
});

describe("H2 what cases share", () => {
  it("the same kind of work stopped for the same reason at the same system has one fingerprint", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b"), task("c", "blind-work")] } }, authorityMatrix));
    await scene.admit();
    for (const name of ["a", "b", "c"]) await scene.fail(name, "SEMANTIC");
    const [a, b, c] = scene.openCases().map(({ fingerprint }) => fingerprint);
    expect(a).toMatch(/^[0-9a-f]{16}$/);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });
});
