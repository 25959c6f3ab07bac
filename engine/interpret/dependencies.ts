import type { CompiledEdge, CompiledRelease } from "../language/compiled-release.ts";
import type { OnImpossible } from "../language/kinds.ts";
import { graphIndex } from "../order/graph-index.ts";
import { outcomeOf } from "../order/machines.ts";
import type { Order } from "../order/order.ts";
import type { PlannedEdge, PlannedMilestone, PlannedTask } from "../order/plan.ts";
import type { Facts } from "../rules/facts.ts";
import { required } from "../support/defect.ts";
import { addMs, formatInstant, parseInstant } from "../support/instant.ts";
import { textOf, type Json, type JsonObject } from "../support/json.ts";
import { itemFacts, milestoneFacts, orderFacts, taskFacts } from "./facts-of.ts";

/** What one dependency says now. `lookAgainAt`: the clock may change the answer. */
export type EdgeAnswer =
  | { readonly status: "satisfied" }
  | { readonly status: "open"; readonly lookAgainAt: string | null }
  | { readonly status: "impossible"; readonly why: string; readonly onImpossible: OnImpossible };

/**
 * Asks one dependency whether it holds. What a dependency means is its type's rule (A3): nothing in here knows a type by
 * name. The only edge without a type is the built-in wait of a billing or message task for its own milestone.
 */
export function askEdge(order: Order, release: CompiledRelease, task: number, edge: number, now: string): EdgeAnswer {
  const planned = plannedAt(order, task);
  const plannedEdge = required(planned.edges[edge], `Edge ${edge} of ${planned.id}`);
  const compiled = compiledEdge(release, planned, plannedEdge);
  return compiled === null ? askBuiltIn(order, plannedEdge) : askRule(order, release, task, plannedEdge, compiled, now);
}

function askRule(order: Order, release: CompiledRelease, task: number, edge: PlannedEdge, compiled: CompiledEdge, now: string): EdgeAnswer {
  const facts = new EdgeFacts(order, release, task, edge, compiled, now);
  if (compiled.satisfiedWhen.holds(facts)) return { status: "satisfied" };
  const impossible = (why: string): EdgeAnswer => ({ status: "impossible", why, onImpossible: compiled.onImpossible });
  if (sourceIsFinal(order, edge)) return impossible(`${sourceName(order, edge)} has ended and does not meet the dependency "${compiled.type.title}"`);
  if (compiled.impossibleWhen?.holds(facts)) return impossible(`the dependency "${compiled.type.title}" on ${sourceName(order, edge)} can no longer be met`);
  const { wakeAt } = facts.edge;
  // A rule may say "after": so look once more just past the instant itself.
  const lookAgainAt = typeof wakeAt !== "string" || wakeAt < now ? null : wakeAt > now ? wakeAt : addMs(now, 1);
  return { status: "open", lookAgainAt };
}

/** The waits of generated tasks: for a milestone, for an approval, for work that is undone before. */
function askBuiltIn(order: Order, edge: PlannedEdge): EdgeAnswer {
  if ("approval" in edge.on) return askApproval(order, edge.on.approval);
  return "task" in edge.on ? askUndo(order, edge) : askMilestone(order, edge);
}

function askApproval(order: Order, approvalId: string): EdgeAnswer {
  const state = order.approvals.find(({ id }) => id === approvalId)?.state;
  if (state === "CONSUMED") return { status: "satisfied" };
  return state === "PENDING" ? { status: "open", lookAgainAt: null } : { status: "impossible", why: "its approval was not given", onImpossible: "FALLOUT" };
}

function askUndo(order: Order, edge: PlannedEdge): EdgeAnswer {
  const state = required(order.tasks[sourcePosition(order, edge)], "The task to be undone first").state;
  if (outcomeOf(state) === "SUCCESS") return { status: "satisfied" };
  if (outcomeOf(state) === "OPEN") return { status: "open", lookAgainAt: null };
  return { status: "impossible", why: `${sourceName(order, edge)} has failed`, onImpossible: "FALLOUT" };
}

function askMilestone(order: Order, edge: PlannedEdge): EdgeAnswer {
  const outcome = order.milestones[sourcePosition(order, edge)]?.outcome;
  if (outcome === "REACHED") return { status: "satisfied" };
  if (sourceIsFinal(order, edge)) return { status: "impossible", why: `${sourceName(order, edge)} was not reached`, onImpossible: "SKIP" };
  return { status: "open", lookAgainAt: null };
}

/**
 * The inputs a task receives: the outputs of the task it undoes, if it undoes one, and what its dependencies give it under
 * the names of their edges (D2).
 */
export function providedInputs(order: Order, release: CompiledRelease, task: number, now: string): JsonObject {
  const planned = plannedAt(order, task);
  const inputs: { [name: string]: Json | undefined } = { ...undoneOutputs(order, release, planned) };
  for (const edge of planned.edges) {
    const compiled = compiledEdge(release, planned, edge);
    if (!compiled?.provides) continue;
    const value = compiled.provides.evaluate(new EdgeFacts(order, release, task, edge, compiled, now));
    if (value !== null) inputs[compiled.as] = value;
  }
  return inputs;
}

function undoneOutputs(order: Order, release: CompiledRelease, planned: PlannedTask): JsonObject {
  const { source } = planned;
  if (source.by === "amendment" || source.by === "withdrawal") return order.tasks.find(({ id }) => id === source.of)?.inputs ?? {};
  if (source.by === "compensation") return order.tasks.find(({ id }) => id === source.of)?.outputs ?? {};
  if (planned.source.by !== "template") return {};
  const undone = release.planTemplates.get(planned.source.template)?.tasks[planned.source.task]?.definition.compensates;
  if (undone === undefined) return {};
  const position = order.plan?.graph.tasks.findIndex(({ key, itemId }) => key === undone && itemId === planned.itemId) ?? -1;
  return order.tasks[position]?.outputs ?? {};
}

/** True when the clock alone may change what an edge says, so that it must also be asked when its source becomes ready. */
export function watchesClock(release: CompiledRelease, planned: PlannedTask, edge: number): boolean {
  const plannedEdge = planned.edges[edge];
  return plannedEdge !== undefined && compiledEdge(release, planned, plannedEdge)?.wakeAt !== undefined;
}

/** The compiled dependency of the template that made this edge; null for the built-in wait of a generated task. */
export function compiledEdge(release: CompiledRelease, planned: PlannedTask, edge: PlannedEdge): CompiledEdge | null {
  if (edge.edge === null || planned.source.by !== "template") return null;
  const template = release.planTemplates.get(planned.source.template);
  return required(template?.tasks[planned.source.task]?.edges[edge.edge], `Dependency ${edge.edge} of ${planned.key} in ${planned.source.template}`);
}

/**
 * Facts of one dependency. Most types read only their source, so everything else is made when it is asked for. A class, because
 * an object literal with getters costs several microseconds each time it is made.
 */
class EdgeFacts implements Facts {
  readonly predecessor?: JsonObject;
  readonly milestone?: JsonObject;
  readonly edge: JsonObject;
  readonly now: string;
  readonly #order: Order;
  readonly #release: CompiledRelease;
  readonly #task: number;

  constructor(order: Order, release: CompiledRelease, task: number, edge: PlannedEdge, compiled: CompiledEdge, now: string) {
    this.#order = order;
    this.#release = release;
    this.#task = task;
    this.now = now;
    this.edge = { with: edge.with };
    const position = sourcePosition(order, edge);
    if ("task" in edge.on) this.predecessor = taskFacts(plannedAt(order, position), required(order.tasks[position], edge.on.task), release);
    if ("milestone" in edge.on) this.milestone = milestoneFacts(order, position);
    const wakeMs = compiled.wakeAt ? parseInstant(textOf(compiled.wakeAt.evaluate(this)) ?? "") : null;
    if (wakeMs !== null) this.edge = { with: edge.with, wakeAt: formatInstant(wakeMs) };
  }

  get order(): JsonObject {
    return orderFacts(this.#order);
  }

  get item(): JsonObject {
    const { itemId } = plannedAt(this.#order, this.#task);
    return itemFacts(this.#order, required(this.#order.items.find(({ id }) => id === itemId), `Item ${itemId}`));
  }

  get task(): JsonObject {
    const planned = plannedAt(this.#order, this.#task);
    return taskFacts(planned, required(this.#order.tasks[this.#task], planned.id), this.#release);
  }
}

function plannedAt(order: Order, position: number): PlannedTask {
  return required(order.plan?.graph.tasks[position], `Planned task ${position} of order ${order.id}`);
}

function sourcePosition(order: Order, edge: PlannedEdge): number {
  const index = graphIndex(required(order.plan, `The plan of order ${order.id}`).graph);
  if ("task" in edge.on) return index.taskPosition.get(edge.on.task) ?? -1;
  return "milestone" in edge.on ? (index.milestonePosition.get(edge.on.milestone) ?? -1) : -1;
}

function sourceIsFinal(order: Order, edge: PlannedEdge): boolean {
  const position = sourcePosition(order, edge);
  if ("task" in edge.on) return outcomeOf(required(order.tasks[position], edge.on.task).state) !== "OPEN";
  if (!("milestone" in edge.on)) return false;
  const outcome = required(order.milestones[position], edge.on.milestone).outcome;
  const milestone = required(order.plan?.graph.milestones[position], edge.on.milestone);
  return outcome === "NOT_APPLICABLE" || outcome === "REACHED" || (outcome === "MISSED" && !mayStillCome(order, milestone));
}

/** A milestone that comes from outside may come after it was missed, as long as its item is not given up. */
function mayStillCome(order: Order, milestone: PlannedMilestone): boolean {
  const state = order.items.find(({ id }) => id === milestone.itemId)?.state;
  return "event" in milestone.by && state !== "FAILED" && state !== "CANCELLED";
}

/** What an edge waits for, in words for people. */
export function sourceName(order: Order, edge: PlannedEdge): string {
  const position = sourcePosition(order, edge);
  if ("task" in edge.on) return `"${order.plan?.graph.tasks[position]?.title ?? edge.on.task}"`;
  if ("milestone" in edge.on) return `milestone "${order.plan?.graph.milestones[position]?.title ?? edge.on.milestone}"`;
  return "approval" in edge.on ? "an approval" : "the clock";
}
