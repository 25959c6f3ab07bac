import type { OrderEvent } from "../../../engine/order/events.ts";
import type { JsonObject } from "../../../engine/support/json.ts";

const TASK_STATES: { readonly [event: string]: string } = {
  TaskReady: "READY", TaskDeferred: "PENDING", TaskSkipped: "SKIPPED_BY_POLICY", TaskDispatched: "DISPATCHED", TaskAccepted: "WAITING", TaskSucceeded: "SUCCEEDED",
  TaskOutcomeBecameUnknown: "OUTCOME_UNKNOWN", TaskRetryScheduled: "RETRY_SCHEDULED", TaskManualActionRequired: "AWAITING_MANUAL_ACTION", TaskRetryRequested: "PENDING",
  TaskFailedFinally: "FAILED_FINAL", TaskCancelled: "CANCELLED", TaskWaived: "WAIVED_BY_AUTHORIZED_USER",
};

const ORDER_STATES: { readonly [event: string]: string } = {
  OrderSubmitted: "SUBMITTED", OrderValidationStarted: "VALIDATING", OrderRejected: "REJECTED", OrderReadyForFulfillment: "READY_FOR_FULFILLMENT", OrderFulfillmentStarted: "IN_PROGRESS",
  OrderHeld: "HELD", OrderResumed: "IN_PROGRESS", OrderPartiallyCompleted: "PARTIALLY_COMPLETED", OrderCompleted: "COMPLETED", OrderFailed: "FAILED",
  OrderCancellationAssessed: "ASSESSING_CANCELLATION", OrderCancellationStarted: "CANCELLING", OrderCancellationDropped: "IN_PROGRESS", OrderCancelled: "CANCELLED",
};

/** Steps the order and all its items take together. */
const TOGETHER: ReadonlySet<string> = new Set(["OrderSubmitted", "OrderValidationStarted", "OrderRejected", "OrderReadyForFulfillment", "OrderFulfillmentStarted"]);

const ITEM_STATES: { readonly [event: string]: string } = {
  ItemHeld: "HELD", ItemResumed: "IN_PROGRESS", ItemCompleted: "COMPLETED", ItemFailed: "FAILED", ItemCancellationAssessed: "ASSESSING_CANCELLATION",
  ItemCancellationStarted: "CANCELLING", ItemCancellationDropped: "IN_PROGRESS", ItemCancelled: "CANCELLED",
};

const PLAN_STATES: { readonly [event: string]: string } = {
  PlanCreated: "CREATED", PlanStarted: "RUNNING", PlanUnblocked: "RUNNING", PlanBlocked: "BLOCKED", PlanCompleted: "COMPLETED", PlanFailed: "FAILED", PlanCancelled: "CANCELLED", PlanSuperseded: "RUNNING",
};

export const SUCCESS: ReadonlySet<string> = new Set(["SUCCEEDED", "SKIPPED_BY_POLICY", "WAIVED_BY_AUTHORIZED_USER"]);
export const FAILURE: ReadonlySet<string> = new Set(["FAILED_FINAL", "CANCELLED"]);

/** The checkers' own reading of a journal: the states of everything, event by event, without the engine's `evolve`. */
export class Track {
  order = "";
  plan: string | null = null;
  planId: string | null = null;
  readonly items = new Map<string, string>();
  readonly tasks = new Map<string, string>();
  readonly outputs = new Map<string, JsonObject>();
  readonly readyAt = new Map<string, string>();
  readonly finishedAt = new Map<string, string>();
  readonly milestones = new Map<string, string>();

  apply(event: OrderEvent): void {
    const { type } = event;
    const order = ORDER_STATES[type];
    if (order !== undefined) this.order = order;
    if (event.type === "OrderSubmitted") for (const { id } of event.order.items) this.items.set(id, "SUBMITTED");
    if (TOGETHER.has(type) && order !== undefined) for (const id of this.items.keys()) this.items.set(id, order);
    const item = ITEM_STATES[type];
    if (item !== undefined && "itemId" in event && typeof event.itemId === "string") this.items.set(event.itemId, item);
    const plan = PLAN_STATES[type];
    if (plan !== undefined) this.plan = plan;
    if ("graph" in event) {
      this.planId = event.planId;
      for (const task of event.graph.tasks) if (!this.tasks.has(task.id)) this.#add(task.id, task.excluded, event.at);
    }
    this.#task(event);
    if (event.type === "MilestoneReached") this.milestones.set(event.milestoneId, "REACHED");
    if (event.type === "MilestoneNotApplicable") this.milestones.set(event.milestoneId, "NOT_APPLICABLE");
    if (event.type === "MilestoneMissed") this.milestones.set(event.milestoneId, "MISSED");
  }

  isSuccess(taskId: string): boolean {
    return SUCCESS.has(this.tasks.get(taskId) ?? "");
  }

  #add(taskId: string, excluded: string | null, at: string): void {
    this.tasks.set(taskId, excluded === null ? "PENDING" : "SKIPPED_BY_POLICY");
    if (excluded !== null) this.finishedAt.set(taskId, at);
  }

  #task(event: OrderEvent): void {
    const state = TASK_STATES[event.type];
    if (state === undefined || !("taskId" in event) || typeof event.taskId !== "string") return;
    this.tasks.set(event.taskId, state);
    if (event.type === "TaskReady") this.readyAt.set(event.taskId, event.at);
    if ("outputs" in event) this.outputs.set(event.taskId, event.outputs);
    if (SUCCESS.has(state) || FAILURE.has(state)) this.finishedAt.set(event.taskId, event.at);
  }
}

/** True for events that move items. */
export function movesItems(type: OrderEvent["type"]): boolean {
  return TOGETHER.has(type) || ITEM_STATES[type] !== undefined;
}

/** The state an event moves its task to; undefined when it moves none. */
export function taskStateAfter(event: OrderEvent): string | undefined {
  return TASK_STATES[event.type];
}
