import { amendedItem } from "../change/changed-paths.ts";
import { Defect } from "../support/defect.ts";
import { evolveChange } from "./evolve-change.ts";
import { evolveItem } from "./evolve-item.ts";
import { evolveTask } from "./evolve-task.ts";
import { migrate } from "./migrate.ts";
import type { OrderEvent } from "./events.ts";
import { CASE_MACHINE, mayMove, ORDER_MACHINE, PLAN_MACHINE, type OrderState, type PlanState } from "./machines.ts";
import { startPlan } from "./start-plan.ts";
import { askAnew, supersedePlan } from "./supersede-plan.ts";
import type { FalloutCase, MilestoneOutcome, Order } from "./order.ts";
import type { Plan } from "./plan.ts";

/**
 * Folds one event into the state: the only writer of state. Pure, and strict: an event that the machines do not allow is
 * a defect. `events.reduce(evolve, null)` rebuilds an order from its journal.
 */
export function evolve(order: Order | null, event: OrderEvent): Order {
  if (event.type === "OrderSubmitted") {
    if (order) throw new Defect(`Order ${order.id} was submitted twice`);
    return submitted(event);
  }
  if (!order) throw new Defect(`${event.type} came before OrderSubmitted`);
  const next = apply(order, event);
  return { ...next, aggregateVersion: order.aggregateVersion + 1 };
}

function submitted(event: Extract<OrderEvent, { type: "OrderSubmitted" }>): Order {
  const { items, ...accepted } = event.order;
  return {
    ...accepted,
    state: "SUBMITTED",
    release: event.release,
    orderVersion: 1,
    aggregateVersion: 1,
    correlationId: event.correlationId,
    acceptedAt: event.at,
    completedAt: null,
    items: items.map((item) => ({
      ...item,
      state: "SUBMITTED",
      holdCause: null,
      holdReason: null,
      decomposition: null,
      mandatoryTasks: 0,
      openMandatoryTasks: 0,
      deadlineAt: null,
      deadlinePassed: false,
      customerStatus: null,
      completedAt: null,
    })),
    plan: null,
    tasks: [],
    milestones: [],
    cases: [],
    changes: [],
    compensations: [],
    approvals: [],
    parkedResults: [],
  };
}

function apply(order: Order, event: Exclude<OrderEvent, { type: "OrderSubmitted" }>): Order {
  switch (event.type) {
    case "OrderValidationStarted":
      return moveAll(order, "VALIDATING");
    case "OrderRejected":
      return moveAll(order, "REJECTED");
    case "OrderReadyForFulfillment":
      return moveAll(order, "READY_FOR_FULFILLMENT");
    case "OrderFulfillmentStarted":
      return moveAll(order, "IN_PROGRESS");
    case "OrderHeld":
      return moveOrder(order, "HELD");
    case "OrderResumed":
      return moveOrder(order, "IN_PROGRESS");
    case "OrderPartiallyCompleted":
      return moveOrder(order, "PARTIALLY_COMPLETED");
    case "OrderCompleted":
      return { ...moveOrder(order, "COMPLETED"), completedAt: event.at };
    case "OrderFailed":
      return { ...moveOrder(order, "FAILED"), completedAt: event.at };

    case "OrderCancellationAssessed":
      return moveOrder(order, "ASSESSING_CANCELLATION");
    case "OrderCancellationStarted":
      return moveOrder(order, "CANCELLING");
    case "OrderCancellationDropped":
      return moveOrder(order, "IN_PROGRESS");
    case "OrderCancelled":
      return { ...moveOrder(order, "CANCELLED"), completedAt: event.at };

    case "OrderMigrated":
      return migrate(order, event);

    case "ItemCancellationAssessed":
    case "ItemCancellationStarted":
    case "ItemCancellationDropped":
    case "ItemCancelled":
    case "ItemHeld":
    case "ItemResumed":
    case "ItemDeadlinePassed":
    case "ItemCompleted":
    case "ItemFailed":
    case "CustomerStatusChanged":
      return evolveItem(order, event);

    case "PlanCreated":
      return startPlan(order, event);
    case "PlanStarted":
    case "PlanUnblocked":
      return movePlan(order, "RUNNING");
    case "PlanBlocked":
      return movePlan(order, "BLOCKED");
    case "PlanCompleted":
      return movePlan(order, "COMPLETED");
    case "PlanFailed":
      return movePlan(order, "FAILED");
    case "PlanCancelled":
      return movePlan(order, "CANCELLED");
    case "PlanSuperseded":
      return supersedePlan(order, event);

    case "MilestoneReached":
      return settleMilestone(order, event.milestoneId, "REACHED", event.at);
    case "MilestoneNotApplicable":
      return settleMilestone(order, event.milestoneId, "NOT_APPLICABLE", null);
    case "MilestoneMissed":
      return settleMilestone(order, event.milestoneId, "MISSED", null);

    case "FalloutCaseOpened":
      return { ...order, cases: [...order.cases, event.case] };
    case "FalloutCaseClosed":
      return closeCase(order, event.caseId, (open) => ({ ...open, state: "CLOSED", closedAt: event.at, resolution: event.resolution }));

    case "FalloutCaseReassigned":
      return { ...order, cases: order.cases.map((known) => (known.id === event.caseId ? { ...known, queue: event.queue } : known)) };
    case "RepairApplied":
      return order;

    case "OrderAmended":
      return amend(order, event);

    case "ChangeRequested":
    case "ChangeStarted":
    case "ChangeRefused":
    case "ChangeCompleted":
    case "CompensationRequested":
    case "CompensationApproved":
    case "CompensationRefused":
    case "CompensationSettled":
    case "ApprovalRequested":
    case "ApprovalGiven":
    case "ApprovalRefused":
    case "ApprovalVoided":
      return evolveChange(order, event);

    case "ResultParked":
      return { ...order, parkedResults: [...order.parkedResults, event.parked] };
    case "ParkedResultTaken":
      return { ...order, parkedResults: order.parkedResults.filter(({ taskId }) => taskId !== event.taskId) };
    case "LateResultRecorded":
      return order;

    default:
      return evolveTask(order, event);
  }
}

function moveOrder(order: Order, to: OrderState): Order {
  if (!mayMove(ORDER_MACHINE, order.state, to)) throw new Defect(`Order ${order.id} may not go from ${order.state} to ${to}`);
  return { ...order, state: to };
}

/** The steps before and at the start of fulfillment are taken by the order and all its items together, but those cancelled before. */
function moveAll(order: Order, to: "VALIDATING" | "REJECTED" | "READY_FOR_FULFILLMENT" | "IN_PROGRESS"): Order {
  return { ...moveOrder(order, to), items: order.items.map((item) => (item.state === "CANCELLED" ? item : { ...item, state: to })) };
}

/** What has not begun asks its dependencies anew: a condition may hold for the item as it is wanted that did not hold before. */
function amend(order: Order, event: Extract<OrderEvent, { type: "OrderAmended" }>): Order {
  const wanted = new Map(event.items.map((item) => [item.id, item]));
  return {
    ...order,
    orderVersion: order.orderVersion + 1,
    items: order.items.map((item) => {
      const next = wanted.get(item.id);
      return next ? amendedItem(item, next) : item;
    }),
    tasks: order.tasks.map((task, position) => {
      const planned = order.plan?.graph.tasks[position];
      return planned && wanted.has(planned.itemId) ? askAnew(task, planned) : task;
    }),
  };
}

function movePlan(order: Order, to: PlanState): Order {
  const plan: Plan | null = order.plan;
  if (!plan) throw new Defect(`Order ${order.id} has no plan that could become ${to}`);
  if (!mayMove(PLAN_MACHINE, plan.state, to)) throw new Defect(`Plan ${plan.id} may not go from ${plan.state} to ${to}`);
  return { ...order, plan: { ...plan, state: to } };
}

function settleMilestone(order: Order, id: string, outcome: MilestoneOutcome, reachedAt: string | null): Order {
  const position = order.milestones.findIndex((milestone) => milestone.id === id);
  const milestone = order.milestones[position];
  // A missed milestone may still be reached: the parcel arrived late.
  if (!milestone || (milestone.outcome !== "OPEN" && !(milestone.outcome === "MISSED" && outcome === "REACHED"))) {
    throw new Defect(`Milestone ${id} may not become ${outcome}`);
  }
  return { ...order, milestones: order.milestones.with(position, { ...milestone, outcome, reachedAt }) };
}

function closeCase(order: Order, id: string, close: (open: FalloutCase) => FalloutCase): Order {
  const position = order.cases.findIndex((candidate) => candidate.id === id);
  const found = order.cases[position];
  if (!found || !mayMove(CASE_MACHINE, found.state, "CLOSED")) throw new Defect(`Fallout case ${id} is not open`);
  return { ...order, cases: order.cases.with(position, close(found)) };
}
