import { graphIndex } from "../order/graph-index.ts";
import { isInFlight, outcomeOf } from "../order/machines.ts";
import type { Item, Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Task } from "../order/task.ts";
import type { Json, JsonObject } from "../support/json.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";

/** The fact `order`: what rules, tables and expressions may know about the order as a whole. */
export function orderFacts(order: Order): JsonObject {
  return {
    id: order.id,
    externalId: order.externalId,
    state: order.state,
    channel: order.channel,
    region: order.region,
    priority: order.priority,
    acceptedAt: order.acceptedAt,
    requestedDate: order.requestedDate,
    customer: order.customer,
    billingAccount: order.billingAccount,
    quote: order.quote,
    contract: order.contract,
  };
}

/**
 * The fact `item`. What must be counted over the item's tasks or cases is counted only when a rule asks for it, so that a
 * transition of a large plan does not pay for facts nobody reads.
 */
export function itemFacts(order: Order, item: Item): JsonObject {
  const facts = {
    id: item.id,
    action: item.action,
    offering: item.offering,
    specification: item.specification,
    state: item.state,
    holdCause: item.holdCause,
    customerStatus: item.customerStatus,
    quantity: item.quantity,
    requestedDate: item.requestedDate,
    place: item.place,
    appointment: item.appointment,
    product: item.product,
    characteristics: item.characteristics,
    charges: item.charges,
    chargeKeys: item.charges.map((charge) => charge["key"] ?? null),
    qualification: item.qualification,
    get openBlockingCases() {
      return openBlockingCases(order, item.id);
    },
    get delayed() {
      return item.deadlinePassed || openBlockingCases(order, item.id) > 0;
    },
    get pointOfNoReturn() {
      return pointOfNoReturn(order, item.id);
    },
    get billing() {
      return billingState(order, item.id);
    },
  };
  return facts;
}

/** The fact `task`, and with `outcome` the fact `predecessor`. */
export function taskFacts(planned: PlannedTask, task: Task, release: CompiledRelease): JsonObject {
  const type = release.taskTypes.get(planned.type)?.definition;
  return {
    id: task.id,
    key: planned.key,
    type: planned.type,
    category: type?.category ?? null,
    targetSystem: type?.targetSystem ?? null,
    state: task.state,
    outcome: outcomeOf(task.state),
    attempts: task.attempts,
    readyAt: task.readyAt ?? undefined,
    startedAt: task.startedAt ?? undefined,
    finishedAt: task.finishedAt ?? undefined,
    request: task.request ?? undefined,
    outputs: task.outputs,
    effect: task.effect,
    pointOfNoReturn: planned.pointOfNoReturn,
  };
}

/** The fact `milestone`; `outputs` are those of the tasks that reach it, later tasks win. */
export function milestoneFacts(order: Order, position: number): JsonObject {
  const milestone = order.milestones[position];
  const planned = order.plan?.graph.milestones[position];
  if (!milestone || !planned || !order.plan) return {};
  const { taskPosition } = graphIndex(order.plan.graph);
  let outputs: JsonObject = {};
  if ("tasks" in planned.by) {
    for (const id of planned.by.tasks) outputs = { ...outputs, ...order.tasks[taskPosition.get(id) ?? -1]?.outputs };
  }
  return { key: planned.key, outcome: milestone.outcome, reachedAt: milestone.reachedAt ?? undefined, outputs };
}

/** The fact `milestones`: those of one item by key. */
export function milestonesFacts(order: Order, itemId: string): JsonObject {
  if (!order.plan) return {};
  const facts: { [key: string]: Json } = {};
  for (const position of graphIndex(order.plan.graph).milestonesOfItem.get(itemId) ?? []) {
    const milestone = order.milestones[position];
    const planned = order.plan.graph.milestones[position];
    if (milestone && planned) facts[planned.key] = { outcome: milestone.outcome, ...(milestone.reachedAt && { reachedAt: milestone.reachedAt }) };
  }
  return facts;
}

/** The fact `plan`. */
export function planFacts(order: Order): JsonObject {
  return { state: order.plan?.state ?? null, number: order.plan?.number ?? null };
}

/** Open cases that keep an item from completing. */
export function openBlockingCases(order: Order, itemId: string): number {
  return order.cases.filter((candidate) => candidate.state === "OPEN" && candidate.blocking && (candidate.itemId ?? itemId) === itemId).length;
}

function pointOfNoReturn(order: Order, itemId: string): string {
  let passed = "none";
  for (const [planned, task] of tasksOf(order, itemId)) {
    if (task.startedAt === null || planned.pointOfNoReturn === "none") continue;
    if (planned.pointOfNoReturn === "hard") return "hard";
    passed = "soft";
  }
  return passed;
}

/** Where the item's charges stand: NOT_BILLABLE, OPEN, SENT, ACKNOWLEDGED or REJECTED. The worst charge counts. */
function billingState(order: Order, itemId: string): string {
  const charges = tasksOf(order, itemId).filter(([planned]) => planned.source.by === "billing-trigger" && planned.excluded === null).map(([, task]) => task);
  const live = charges.filter((task) => task.state !== "SKIPPED_BY_POLICY");
  if (live.length === 0) return "NOT_BILLABLE";
  if (live.some((task) => outcomeOf(task.state) === "FAILURE" || task.state === "AWAITING_MANUAL_ACTION")) return "REJECTED";
  if (live.every((task) => outcomeOf(task.state) === "SUCCESS")) return "ACKNOWLEDGED";
  return live.some((task) => isInFlight(task.state)) ? "SENT" : "OPEN";
}

function tasksOf(order: Order, itemId: string): readonly (readonly [PlannedTask, Task])[] {
  if (!order.plan) return [];
  const { tasks } = order.plan.graph;
  return (graphIndex(order.plan.graph).tasksOfItem.get(itemId) ?? []).map((position) => [tasks[position] as PlannedTask, order.tasks[position] as Task]);
}
