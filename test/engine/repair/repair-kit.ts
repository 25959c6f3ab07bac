import { expect } from "vitest";
import type { RejectionCode } from "../../../engine/interpret/rejection-codes.ts";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { Actor } from "../../../engine/order/inputs.ts";
import type { Repair, RepairAction } from "../../../engine/order/repair.ts";
import type { JsonObject } from "../../../engine/support/json.ts";
import { given, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";
import { releaseOf, type Sketch, type TemplateSketch } from "../../support/release-of.ts";

const person = (id: string, ...roles: readonly string[]): Actor => ({ id, roles, regions: ["north"] });

export const SUPPORT = person("sue", "support");
export const SUPPORT_LEAD = person("lou", "support-lead");
export const FINANCE = person("fin", "finance-operations", "finance-approver");
export const FINANCE_APPROVER = person("fay", "finance-approver");
export const OPERATIONS = person("ole", "operations-approver");
/** May ask for everything but waivers, and needs nobody. */
export const SENIOR = person("sam", "senior-operations");

/** A small authority matrix of the shipped one's shape. */
export const authorityMatrix: Sketch = {
  kind: "decision-table", key: "authority", purpose: "authority", hitPolicy: "FIRST",
  columns: [
    { key: "action", in: "repair.action", type: "string" }, { key: "category", in: "task.category", type: "string" },
    { key: "roles", in: "actor.roles", type: "list" }, { key: "region", in: "=list contains(actor.regions, order.region)", type: "boolean" },
    { key: "amount", in: "repair.amount", type: "number", unit: "EUR" },
    { out: "allow", type: "boolean" }, { out: "approverRole", type: "string" }, { out: "evidenceRequired", type: "boolean" },
  ],
  rows: [
    { id: "retry", action: ["RETRY"], category: 'not("BILLING")', roles: ["support"], region: [true], allow: true },
    { id: "waive-billing-small", action: ["WAIVE", "SKIP"], category: ["BILLING"], roles: ["finance-operations"], amount: "<= 100", allow: true, approverRole: "finance-approver" },
    { id: "waive-billing-large", action: ["WAIVE", "SKIP"], category: ["BILLING"], roles: ["finance-operations"], allow: true, approverRole: "finance-director" },
    { id: "waive-other", action: ["WAIVE", "SKIP"], category: 'not("BILLING")', roles: ["support-lead"], allow: true, approverRole: "operations-approver" },
    { id: "correct", action: ["CORRECT_PAYLOAD"], roles: ["support-lead"], allow: true, evidenceRequired: true },
    { id: "never", action: ["WAIVE", "SKIP"], allow: false },
    { id: "senior", roles: ["senior-operations"], allow: true },
  ],
  otherwise: { allow: false },
};

const text = { type: "string" };
const proof: JsonObject = { type: "object", properties: { reference: text }, required: ["reference"] };
const work = (key: string, compensation: string, more: JsonObject = {}): Sketch => ({
  kind: "task-type", key, category: "WORK", owner: "operations", targetSystem: "keyed", action: key, work: { by: "system", mode: "command" },
  request: { item: "=item.id", color: "=item.characteristics.color" }, evidence: proof, outputs: { reference: "=result.reference" }, retry: "thrice", timeout: "repeat", compensation, ...more,
});

/** Work that can be undone: `reserve` by `release`, `activate` by `deactivate` when operations agree; `install` never. */
const undoable: readonly Sketch[] = [
  work("reserve", "release-it"), work("release", "none-needed-after-all", { request: {}, inputs: { type: "object", properties: { reference: text } } }),
  work("activate", "deactivate-it"), work("deactivate", "none-needed-after-all", { request: {}, inputs: { type: "object", properties: { reference: text } } }),
  work("install", "never", { irreversible: true }),
  { kind: "compensation-policy", key: "release-it", compensatable: true, taskType: "release", impact: { customer: "LOW", financial: "NONE", legal: "NONE" } },
  { kind: "compensation-policy", key: "deactivate-it", compensatable: true, taskType: "deactivate", approval: { role: "operations-approver" }, impact: { customer: "HIGH", financial: "NONE", legal: "NONE" } },
  { kind: "compensation-policy", key: "never", compensatable: false, reason: "IRREVERSIBLE" },
];

/** Every item may be cancelled, unless it was colored black. */
const cancellable: readonly Sketch[] = [
  {
    kind: "decision-table", key: "may-change", purpose: "change", hitPolicy: "FIRST", otherwise: { answer: "ACCEPT", fee: 0 },
    columns: [{ key: "color", in: "item.characteristics.color", type: "string" }, { out: "answer", type: "string" }, { out: "route", type: "string" }, { out: "fee", type: "number" }, { out: "approverRole", type: "string" }, { out: "reason", type: "string" }],
    rows: [{ id: "black", color: ["black"], answer: "REFUSE", reason: "It is black." }],
  },
  { kind: "change-policy", key: "change", decide: "may-change", tasks: "change-tasks", freezeWhileDeciding: true, scopes: ["ORDER", "ITEM"], dependents: "CANCEL_WITH" },
  loadDefinitions().find(({ path }) => path === "decision-table/change-tasks.json")?.content as Sketch,
];

/** A release of one template with a change policy and the matrix. */
export function repairable(template: TemplateSketch, ...sketches: readonly Sketch[]): CompiledRelease {
  return releaseOf({ DEMO: { changePolicy: "change", ...template } }, ...undoable, ...cancellable, authorityMatrix, ...sketches);
}

/** Everything a repair may bring along; tests leave out what they are about. */
export function repairOf(action: RepairAction, more: Partial<Repair> = {}): Repair {
  return {
    action, taskId: null, itemId: null, reason: "The portal shows it", evidence: { reference: "T-1" }, customerImpact: "none", financialImpact: "none", amount: null, values: {}, ...more,
  };
}

/** Asks for the repair of a task by its name. */
export function repair(scene: Scene, action: RepairAction, name: string, more: Partial<Repair> = {}, actor: Actor = SENIOR): Promise<Scene> {
  return scene.when({ type: "RequestRepair", repair: repairOf(action, { taskId: scene.task(name).id, ...more }), actor });
}

/** Asks for the repair of item 1, or with an `itemId` of null of the order. */
export function repairItem(scene: Scene, action: RepairAction, more: Partial<Repair> = {}, actor: Actor = SENIOR): Promise<Scene> {
  return scene.when({ type: "RequestRepair", repair: repairOf(action, { itemId: "1", ...more }), actor });
}

/** Decides the newest approval, on the state it was asked for unless said otherwise. */
export function decide(scene: Scene, actor: Actor, more: { readonly approve?: boolean; readonly stateHash?: string } = {}): Promise<Scene> {
  const approval = scene.order.approvals.at(-1);
  return scene.when({ type: "DecideApproval", approvalId: approval?.id ?? "none", approve: more.approve ?? true, stateHash: more.stateHash ?? approval?.stateHash ?? "", reason: "looked at it", actor });
}

/** The last step was refused with this code and nothing at all has changed. */
export function refused(scene: Scene, code: RejectionCode, step: () => Promise<unknown>): Promise<void> {
  const { order, journal, commands } = scene;
  const counts = [journal.length, commands.length];
  return step().then(() => {
    scene.thenRejected(code);
    expect(scene.order).toBe(order);
    expect([scene.journal.length, scene.commands.length]).toEqual(counts);
  });
}

/** What the last step recorded of its repair. */
export function applied(scene: Scene): JsonObject {
  const [first, ...others] = scene.events("RepairApplied");
  expect(others).toEqual([]);
  return first as unknown as JsonObject;
}

/** An order whose task `a` failed and waits for a person; what follows is in the template. */
export async function stopped(release: CompiledRelease, name = "a"): Promise<Scene> {
  const scene = await given(release, orderOf([itemOf()]));
  await scene.admit(name);
  return scene.fail(name, "SEMANTIC");
}

/** An order whose task `a` is unknown and has a case. */
export async function unknown(release: CompiledRelease): Promise<Scene> {
  const scene = await given(release);
  await scene.admit("a");
  return scene.fail("a", "TIMEOUT", "POSSIBLE");
}
