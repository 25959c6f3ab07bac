import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { Actor } from "../../../engine/order/inputs.ts";
import { outcomeOf } from "../../../engine/order/machines.ts";
import type { NewItem } from "../../../engine/order/order.ts";
import type { Task } from "../../../engine/order/task.ts";
import type { Json, JsonObject } from "../../../engine/support/json.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";
import type { Scene } from "../../support/given.ts";
import { itemOf } from "../../support/order-of.ts";
import { releaseOf, task, type Sketch, type TemplateSketch } from "../../support/release-of.ts";

export const AGENT: Actor = { id: "carl", roles: ["care-agent"], regions: [] };
export const LEAD: Actor = { id: "lea", roles: ["care-lead", "operations-approver"], regions: [] };

const text = { type: "string" };
const proof: JsonObject = { type: "object", properties: { reference: text }, required: ["reference"] };
const takesReference: JsonObject = { type: "object", properties: { reference: text } };

/** A task type whose effects can be counted by its own action. */
export const work = (key: string, system: string, more: JsonObject = {}): Sketch => ({
  kind: "task-type", key, category: "WORK", owner: "operations", targetSystem: system, action: key, work: { by: "system", mode: "command" },
  inputs: takesReference, request: { item: "=item.id" }, evidence: proof, outputs: { reference: "=result.reference" },
  retry: system === "blind" ? "never" : "thrice", timeout: { keyed: "repeat", asked: "ask", blind: "tell" }[system] ?? "", compensation: "none-needed-after-all", ...more,
});

const undoneBy = (key: string, taskType: string, more: JsonObject = {}): Sketch => ({
  kind: "compensation-policy", key, compensatable: true, taskType, impact: { customer: "LOW", financial: "NONE", legal: "NONE" }, ...more,
});

/**
 * Work that can be changed in every way there is: `reserve` is undone by `release`, `book` is moved where it was booked and
 * undone by `unbook`, `visit` is called back while under way and never undone, `activate` is undone when operations agree,
 * `install` is never undone. The change policy is a small one of the shipped kind; what happens to each task is the shipped
 * table itself.
 */
export const changeKit: readonly Sketch[] = [
  work("release", "keyed"),
  work("reserve", "keyed", { compensation: "release-it", parameters: { type: "object", properties: { what: text } }, request: { what: "=with.what", item: "=item.id", color: "=item.characteristics.color" } }),
  work("unbook", "asked"),
  work("book", "asked", {
    compensation: "unbook-it", request: { slot: "=item.appointment.slot" },
    amend: { action: "rebook", request: { reference: "=task.outputs.reference", slot: "=item.appointment.slot" } },
  }),
  work("visit", "asked", {
    compensation: "never", irreversible: true, request: { reference: "=inputs.reference" }, outcomes: [{ key: "NO_ACCESS", effect: "HOLD" }],
    withdraw: { action: "call-back", request: { reference: "=inputs.reference" } },
  }),
  work("deactivate", "keyed"),
  work("activate", "keyed", { compensation: "deactivate-it", parameters: { type: "object", properties: { speed: text } }, request: { speed: "=with.speed" } }),
  work("install", "keyed", { compensation: "never", irreversible: true }),
  work("find-way", "blind", { compensation: "release-it" }),
  undoneBy("release-it", "release"),
  undoneBy("unbook-it", "unbook", { allowedWhen: { all: [{ fact: "milestones", path: "visited.outcome", operator: "notEqual", value: "REACHED" }] } }),
  undoneBy("deactivate-it", "deactivate", { approval: { role: "operations-approver" } }),
  { kind: "compensation-policy", key: "never", compensatable: false, reason: "IRREVERSIBLE" },
  {
    kind: "decision-table", key: "may-change", purpose: "change", hitPolicy: "FIRST",
    columns: [
      { key: "request", in: "request.type", type: "string", values: ["CANCEL", "AMEND"] },
      { key: "passed", in: "item.pointOfNoReturn", type: "string", values: ["none", "soft", "hard"] },
      { key: "changes", in: "request.paths", type: "list" },
      { out: "answer", type: "string" }, { out: "route", type: "string" }, { out: "fee", type: "number" }, { out: "approverRole", type: "string" }, { out: "reason", type: "string" },
    ],
    rows: [
      { id: "late", passed: ["hard"], answer: "REFUSE", route: "CHANGE_ORDER", reason: "It is too late: order the change." },
      { id: "special", request: ["AMEND"], changes: ["characteristics.vip"], answer: "APPROVAL", route: "REPLAN", fee: 5, approverRole: "care-lead" },
      { id: "amend", request: ["AMEND"], answer: "ACCEPT", route: "REPLAN", fee: 0 },
      { id: "on-its-way", passed: ["soft"], answer: "APPROVAL", fee: 49, approverRole: "care-lead", reason: "Someone is on the way." },
      { id: "free", answer: "ACCEPT", fee: 0 },
    ],
    otherwise: { answer: "REFUSE", reason: "This change is not foreseen." },
  },
  changePolicy("change"),
];

/** The kit's change policy under another name or with other members. */
export function changePolicy(key: string, more: JsonObject = {}): Sketch {
  return { kind: "change-policy", key, decide: "may-change", tasks: "change-tasks", freezeWhileDeciding: true, scopes: ["ORDER", "ITEM"], dependents: "CANCEL_WITH", ...more };
}

const shippedTable = loadDefinitions().find(({ path }) => path === "decision-table/change-tasks.json")?.content as Sketch;

/** A release of templates that follow the kit's change policy. */
export function changeable(templates: { readonly [offering: string]: TemplateSketch }, ...sketches: readonly Sketch[]): CompiledRelease {
  const withPolicy = Object.fromEntries(Object.entries(templates).map(([offering, template]) => [offering, { changePolicy: "change", ...template }]));
  const spare = { SPARE: { tasks: [task("visit", "visit")], milestones: [{ key: "visited", reachedBy: ["visit"] }] } };
  return releaseOf({ ...spare, ...withPolicy }, ...changeKit, shippedTable, ...sketches);
}

export interface Asked {
  readonly itemIds?: readonly string[] | null;
  readonly reason?: string;
  readonly expectedVersion?: number | null;
  readonly actor?: Actor;
}

export function cancel(scene: Scene, asked: Asked = {}): Promise<Scene> {
  return scene.when({ type: "RequestCancellation", itemIds: null, reason: "CUSTOMER_REQUEST", expectedVersion: null, actor: AGENT, ...asked });
}

/** Asks for items to be as they are now, with the given members changed. */
export function amend(scene: Scene, changes: { readonly [itemId: string]: Partial<NewItem> }, asked: Omit<Asked, "itemIds"> = {}): Promise<Scene> {
  return scene.when({ type: "RequestAmendment", items: Object.entries(changes).map(([id, change]) => wanted(scene, id, change)), reason: "CUSTOMER_REQUEST", expectedVersion: null, actor: AGENT, ...asked });
}

/** The full state an item is wanted in. */
export function wanted(scene: Scene, id: string, change: Partial<NewItem>): NewItem {
  const item = scene.order.items.find((candidate) => candidate.id === id) ?? itemOf({ id });
  const { parentId, action, offering, specification, quantity, requestedDate, place, appointment, product, characteristics, charges, qualification, relationships } = item;
  return { id, parentId, action, offering, specification, quantity, requestedDate, place, appointment, product, characteristics, charges, qualification, relationships, ...change };
}

/** The approval that waits, if there is one. */
export const pending = (scene: Scene) => scene.order.approvals.find(({ state }) => state === "PENDING");

/** Decides the approval that waits, on the state it was asked for. */
export function decide(scene: Scene, approve: boolean, more: { readonly actor?: Actor; readonly stateHash?: string; readonly approvalId?: string } = {}): Promise<Scene> {
  const approval = pending(scene);
  return scene.when({ type: "DecideApproval", approvalId: approval?.id ?? "", approve, stateHash: approval?.stateHash ?? "", reason: "looked at it", actor: LEAD, ...more });
}

/** Lets everything out that may go and lets it succeed, the newest first, until nothing goes any more: a recall is heard in time. */
export async function drive(scene: Scene, evidence: Json = { reference: "R" }): Promise<Scene> {
  for (let round = 0; round < 100; round += 1) {
    const ready = scene.ready();
    if (ready.length === 0) return scene;
    await scene.when({ type: "TasksAdmitted", taskIds: scene.order.tasks.filter(({ state }) => state === "READY" || state === "OUTCOME_UNKNOWN").map(({ id }) => id) });
    for (const { id } of scene.order.tasks.toReversed()) {
      const { state, attempts } = scene.order.tasks.find((task) => task.id === id) as Task;
      if (state === "DISPATCHED" || state === "WAITING") await scene.when({ type: "TaskReported", taskId: id, via: "response", attempt: attempts, report: { status: "succeeded", result: evidence } });
    }
  }
  throw new Error("The order never comes to rest.");
}

/** The task of a name in the newest version that has one. */
export function newest(scene: Scene, name: string): Task {
  const wantedName = name.includes("/") ? name : `1/${name}`;
  const position = scene.order.plan?.graph.tasks.findLastIndex(({ itemId, key }) => `${itemId}/${key}` === wantedName) ?? -1;
  return scene.order.tasks[position] as Task;
}

/** How often an action was sent and took effect: tasks of that action that succeeded. */
export function done(scene: Scene, action: string): number {
  const sent = new Set(scene.commands.flatMap((command) => (command.type === "DispatchTask" && command.action === action ? [command.taskId] : [])));
  return scene.order.tasks.filter(({ id, state }) => sent.has(id) && state === "SUCCEEDED").length;
}

/** Names of the actions sent, in the order of sending. */
export const actions = (scene: Scene): readonly string[] => scene.commands.flatMap((command) => (command.type === "DispatchTask" ? [command.action] : []));

/** True when nothing of the order is under way any more. */
export const isQuiet = (scene: Scene): boolean => scene.order.tasks.every(({ state }) => outcomeOf(state) !== "OPEN");
