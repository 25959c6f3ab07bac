import { describe, expect, it } from "vitest";
import { REPAIR_ACTIONS } from "../../../engine/language/checks/repair-actions.ts";
import type { Facts } from "../../../engine/rules/facts.ts";
import type { Json, JsonObject } from "../../../engine/support/json.ts";
import type { CompiledTable } from "../../../engine/table/compile-table.ts";
import { compile } from "../../../engine/language/compile.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

const compiled = compile(loadDefinitions(), { name: "test" });
if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics, null, 2));
const { release } = compiled;

function ask(table: CompiledTable | undefined, facts: Facts): { readonly [output: string]: Json } {
  const answer = table?.evaluate(facts);
  if (answer?.hit !== "one") throw new Error(JSON.stringify(answer));
  return Object.fromEntries(Object.entries(answer.outputs).filter(([, value]) => value !== null));
}

describe("the authority matrix (22a section 30)", () => {
  const may = (role: string, action: string, about: { category?: string; amount?: number | null; passed?: string; regions?: string[]; region?: string | null } = {}) =>
    ask(release.authority, {
      actor: { id: "u1", roles: [role], regions: about.regions ?? ["*"] },
      repair: { action, amount: about.amount ?? null },
      task: { category: about.category ?? "PROVISIONING" },
      item: { pointOfNoReturn: about.passed ?? "none" },
      order: { region: about.region === undefined ? "ID" : about.region },
    });

  it.each(REPAIR_ACTIONS)("says who may %s", (action) => {
    const rows = release.authority?.definition.rows.filter((row) => (row["action"] as readonly string[]).includes(action)) ?? [];
    expect(rows.some(({ allow }) => allow === true)).toBe(true);
  });

  it.each(REPAIR_ACTIONS)("lets nobody %s without a role", (action) => expect(may("nobody", action)).toEqual({ allow: false }));

  it.each([
    ["waiving billing needs finance", may("finance-operations", "WAIVE", { category: "BILLING", amount: 80 }), { allow: true, approverRole: "finance-approver" }],
    ["waiving much billing needs more", may("finance-operations", "WAIVE", { category: "BILLING", amount: 180 }), { allow: true, approverRole: "finance-director" }],
    ["waiving billing of unknown worth is waiving much", may("finance-operations", "WAIVE", { category: "BILLING" }), { allow: true, approverRole: "finance-director" }],
    ["support does not waive billing", may("support-lead", "WAIVE", { category: "BILLING", amount: 1 }), { allow: false }],
    ["waiving provisioning needs operations", may("support-lead", "WAIVE"), { allow: true, approverRole: "operations-approver" }],
    ["forcing completion is for senior operations, with evidence", may("senior-operations", "FORCE_COMPLETE"), { allow: true, approverRole: "senior-operations", evidenceRequired: true }],
    ["forcing completion is for nobody else", may("support-lead", "FORCE_COMPLETE"), { allow: false }],
    ["cancelling before activation is free", may("care-lead", "CANCEL_ORDER", { passed: "soft" }), { allow: true }],
    ["cancelling after activation is not", may("care-lead", "CANCEL_ORDER", { passed: "hard" }), { allow: true, approverRole: "operations-approver", evidenceRequired: true }],
    ["retrying billing is controlled", may("billing-operations", "RETRY", { category: "BILLING" }), { allow: true, approverRole: "finance-approver" }],
    ["support does not retry billing", may("support", "RETRY", { category: "BILLING" }), { allow: false }],
    ["references are edited by few", may("restricted-operations", "UPDATE_REFERENCE"), { allow: true, approverRole: "operations-approver", evidenceRequired: true }],
    ["logistics of the own region may be retried", may("support", "RETRY", { category: "LOGISTICS", regions: ["ID"] }), { allow: true }],
    ["logistics of another region may not", may("support", "RETRY", { category: "LOGISTICS", regions: ["SG"] }), { allow: false }],
    ["an order without a region belongs to everyone", may("support", "RETRY", { category: "LOGISTICS", regions: ["SG"], region: null }), { allow: true }],
    ["small compensation is free", may("support-lead", "COMPENSATE", { amount: 250 }), { allow: true }],
    ["large compensation is not", may("support-lead", "COMPENSATE", { amount: 250.01 }), { allow: true, approverRole: "finance-approver" }],
  ])("%s", (_, answer, expected) => expect(answer).toEqual(expected));
});

describe("change policies", () => {
  it("are named by every plan", () => {
    for (const [key, template] of release.planTemplates) expect(template.changePolicy, key).toBeDefined();
  });

  const decide = (template: string, request: JsonObject, item: JsonObject) =>
    ask(release.planTemplates.get(template)?.changePolicy?.decide, { request, item: { action: "ADD", charges: [], ...item }, order: {}, milestones: {} });

  it.each([
    ["the contact center before T5", "cloud-contact-center-add", "CANCEL", "none", { answer: "ACCEPT", fee: 0 }],
    ["the contact center after T5", "cloud-contact-center-add", "CANCEL", "hard", { answer: "REFUSE", route: "CHANGE_ORDER" }],
    ["a mobile SIM before activation", "mobile-sim-add", "CANCEL", "none", { answer: "ACCEPT", fee: 0 }],
    ["a mobile SIM after activation", "mobile-sim-add", "CANCEL", "soft", { answer: "APPROVAL", fee: 15, approverRole: "care-lead" }],
    ["fiber with a technician under way", "home-fiber-add", "CANCEL", "soft", { answer: "APPROVAL", fee: 49, approverRole: "care-lead" }],
    ["fiber after activation", "home-fiber-add", "AMEND", "hard", { answer: "REFUSE", route: "CHANGE_ORDER" }],
    ["furniture in the warehouse", "furniture-delivery-add", "AMEND", "none", { answer: "ACCEPT", route: "REPLAN" }],
  ])("answer for %s", (_, template, type, pointOfNoReturn, expected) => {
    expect(decide(template, { type, paths: [] }, { pointOfNoReturn })).toMatchObject(expected);
  });

  it("take a part of a router that is on its way as fee", () => {
    const item = { offering: "MANAGED_ROUTER", pointOfNoReturn: "soft", charges: [{ amount: 199.9 }, { amount: 5.05 }] };
    expect(decide("managed-router-add", { type: "CANCEL" }, item)).toMatchObject({ answer: "APPROVAL", fee: 20.5 });
  });

  const task = (request: string, about: JsonObject) =>
    ask(release.planTemplates.get("home-fiber-add")?.changePolicy?.tasks, {
      request: { type: request }, item: {},
      task: { affected: true, amendable: false, withdrawable: false, compensatable: false, pointOfNoReturn: "none", effect: "DONE", ...about },
    })["do"];

  it.each([
    ["CANCEL", { effect: "NONE" }, "STOP"],
    ["CANCEL", { effect: "POSSIBLE" }, "SETTLE"],
    ["CANCEL", { effect: "POSSIBLE", withdrawable: true }, "WITHDRAW"],
    ["CANCEL", { compensatable: true }, "COMPENSATE"],
    ["CANCEL", { compensatable: true, pointOfNoReturn: "hard" }, "COMPENSATE"],
    ["CANCEL", { pointOfNoReturn: "hard" }, "REFUSE"],
    ["CANCEL", { pointOfNoReturn: "soft" }, "KEEP"],
    ["AMEND", { affected: false, effect: "POSSIBLE" }, "KEEP"],
    ["AMEND", { amendable: true, compensatable: true }, "AMEND"],
    ["AMEND", { compensatable: true }, "REDO"],
    ["AMEND", {}, "REFUSE"],
  ])("on %s of a task %j: %s", (request, about, action) => expect(task(request, about)).toBe(action));
});

describe("what else the interpreter reads", () => {
  it("a delta and a recall of a task type", () => {
    const booking = release.taskTypes.get("book-appointment");
    expect(booking?.amend?.action).toBe("reschedule-appointment");
    expect(booking?.amend?.request.evaluate({ task: { outputs: { appointmentId: "A1" } }, item: { appointment: { slot: "S2" } } })).toEqual({ appointmentId: "A1", slot: "S2" });
    const installation = release.taskTypes.get("install-on-site");
    expect(installation?.withdraw?.action).toBe("cancel-work");
    expect(installation?.withdraw?.request.evaluate({ inputs: { appointmentId: "A1" } })).toEqual({ appointmentId: "A1" });
    expect(installation?.amend).toBeUndefined();
  });

  it("breaker and retry budget of each target system", () => {
    for (const [key, system] of release.targetSystems) {
      expect(system.breaker, key).toEqual({ failureRate: 0.5, minimumCalls: 10, windowMs: 60_000, openForMs: 30_000, probes: 1 });
      expect(system.retryBudget, key).toEqual({ share: 0.1, minimum: 5, windowMs: 60_000 });
    }
  });

  it("the escalation of manual tasks", () => {
    expect(release.manualTasks.get("repair-task")?.escalation).toEqual([{ afterMs: 14_400_000, to: "support-lead" }, { afterMs: 86_400_000, to: "senior-operations" }]);
  });

  it("that a released number goes into quarantine, and one the customer chose is held", () => {
    const undo = release.planTemplates.get("mobile-sim-add")?.tasks.find((each) => each.definition.key === "reserve-number")?.compensation;
    if (!undo?.compensatable) throw new Error("A number is released.");
    expect(undo.taskType.definition.key).toBe("release-number");
    expect(undo.with.evaluate({ item: { characteristics: {} } })).toEqual({ disposition: "QUARANTINE" });
    expect(undo.with.evaluate({ item: { characteristics: { chosenNumber: "+628110000123" } } })).toEqual({ disposition: "HOLD" });
  });

  it.each([
    [{ code: "WHATEVER", effect: "NONE" }, "PERMANENT"],
    [{ code: "WHATEVER", effect: "NONE", httpStatus: 500 }, "TRANSIENT"],
    [{ code: "WHATEVER", effect: "POSSIBLE", httpStatus: 501 }, "UNKNOWN"],
    [{ code: "WHATEVER", effect: "POSSIBLE" }, "UNKNOWN"],
    [{ code: "CONNECTION_REFUSED", effect: "NONE" }, "TRANSIENT"],
    [{ code: "OUT_OF_STOCK", effect: "NONE", httpStatus: 422 }, "SEMANTIC"],
  ])("the failure %j as %s", (failure, expected) => {
    expect(ask(release.targetSystems.get("billing")?.failures, { failure, task: {} })["class"]).toBe(expected);
  });
});
