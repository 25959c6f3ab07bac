import { graphIndex } from "../order/graph-index.ts";
import { isInFlight, outcomeOf } from "../order/machines.ts";
import type { Item, Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Task } from "../order/task.ts";
import { required } from "../support/defect.ts";
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
 * The fact `item`. What is counted over tasks is counted over those the graph's index names for it, so that a transition of a
 * large plan does not pay for its size; as plain members, because an object literal with getters costs far more than counting.
 */
export function itemFacts(order: Order, item: Item): JsonObject {
  const blockingCases = openBlockingCases(order, item.id);
  return {
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
    openBlockingCases: blockingCases,
    delayed: item.deadlinePassed || blockingCases > 0,
    pointOfNoReturn: pointOfNoReturn(order, item.id),
    billing: billingState(order, item.id),
  };
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
  if (!order.plan) return "none";
  const { tasks } = order.plan.graph;
  let passed = "none";
  for (const position of graphIndex(order.plan.graph).pointsOfNoReturnOfItem.get(itemId) ?? []) {
    if (order.tasks[position]?.startedAt === null) continue;
    if (tasks[position]?.pointOfNoReturn === "hard") return "hard";
    passed = "soft";
  }
  return passed;
}

/** Where the item's charges stand: NOT_BILLABLE, OPEN, SENT, ACKNOWLEDGED or REJECTED. The worst charge counts. */
function billingState(order: Order, itemId: string): string {
  const charges = order.plan ? (graphIndex(order.plan.graph).chargesOfItem.get(itemId) ?? []) : [];
  const live = charges.map((position) => required(order.tasks[position], `Task ${position}`).state).filter((state) => state !== "SKIPPED_BY_POLICY");
  if (live.length === 0) return "NOT_BILLABLE";
  if (live.some((state) => outcomeOf(state) === "FAILURE" || state === "AWAITING_MANUAL_ACTION")) return "REJECTED";
  if (live.every((state) => outcomeOf(state) === "SUCCESS")) return "ACKNOWLEDGED";
  return live.some(isInFlight) ? "SENT" : "OPEN";
}
