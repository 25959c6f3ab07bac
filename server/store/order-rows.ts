import type { FalloutCase, Item, Milestone, NewItem, Order } from "../../engine/order/order.ts";
import type { Plan, PlanGraph } from "../../engine/order/plan.ts";
import type { RowOf } from "./table.ts";
import { taskFromText, taskText } from "./task-text.ts";
import type { FALLOUT_CASES, MILESTONES, ORDER_ITEMS, ORDERS, PLANS, TASKS } from "./tables.ts";

/** What acceptance fixes; written once, because only an amendment changes it. */
const ACCEPTED_FIELDS = [
  "id", "externalId", "channel", "region", "priority", "requestedDate", "customer", "billingAccount", "quote", "contract",
  "release", "correlationId", "acceptedAt",
] as const satisfies readonly (keyof Order)[];

type Accepted = Pick<Order, (typeof ACCEPTED_FIELDS)[number]>;
type Head = Omit<Order, keyof Accepted | "items" | "tasks" | "milestones" | "cases" | "plan"> & { readonly plan: Omit<Plan, "graph"> | null };

/** What acceptance fixes of an item; written again only when an amendment changes it. */
const LINE_FIELDS = [
  "id", "parentId", "action", "offering", "specification", "quantity", "requestedDate", "place", "appointment", "product",
  "characteristics", "charges", "qualification", "relationships",
] as const satisfies readonly (keyof NewItem)[];

type Progress = Omit<Item, keyof NewItem>;

/** The parts of an order as they lie in their tables, each list in the order of its positions. */
export interface StoredOrder {
  readonly accepted: string;
  readonly head: string;
  readonly items: readonly StoredItem[];
  /** By plan id. */
  readonly graphs: ReadonlyMap<string, string>;
  readonly tasks: readonly string[];
  readonly milestones: readonly string[];
  readonly cases: readonly string[];
}

export interface StoredItem {
  /** null in rows that were last written when `body` held everything. */
  readonly line: string | null;
  readonly body: string;
}

/** Rebuilds the order exactly as `evolve` left it. */
export function orderFromRows(stored: StoredOrder): Order {
  const { plan, ...head } = JSON.parse(stored.head) as Head;
  return {
    ...(JSON.parse(stored.accepted) as Accepted),
    ...head,
    items: stored.items.map(({ line, body }) => ({ ...(line === null ? null : (JSON.parse(line) as NewItem)), ...(JSON.parse(body) as Item) })),
    plan: plan && { ...plan, graph: JSON.parse(stored.graphs.get(plan.id) ?? "null") as PlanGraph },
    tasks: stored.tasks.map(taskFromText),
    milestones: stored.milestones.map((body) => JSON.parse(body) as Milestone),
    cases: stored.cases.map((body) => JSON.parse(body) as FalloutCase),
  };
}

/** The row of a new order, with the columns that lists and searches use. */
export function orderRow(order: Order, customerStatus: string | null, updatedAt: string): RowOf<typeof ORDERS> {
  return { id: order.id, ...acceptedColumns(order), ...headColumns(order, customerStatus, updatedAt) };
}

/** The columns of an order that acceptance fixes. */
export function acceptedColumns(order: Order) {
  const customerId = order.customer?.["id"];
  return {
    external_id: order.externalId,
    priority: order.priority,
    region: order.region,
    channel: order.channel,
    customer_id: typeof customerId === "string" ? customerId : null,
    billing_account: order.billingAccount,
    release_digest: order.release.digest,
    correlation_id: order.correlationId,
    accepted_at: order.acceptedAt,
    accepted: JSON.stringify(Object.fromEntries(ACCEPTED_FIELDS.map((field) => [field, order[field]]))),
  };
}

/** The columns of an order that change with every input. */
export function headColumns(order: Order, customerStatus: string | null, updatedAt: string) {
  return {
    state: order.state,
    customer_status: customerStatus,
    aggregate_version: order.aggregateVersion,
    completed_at: order.completedAt,
    updated_at: updatedAt,
    blocked: order.cases.some((open) => open.state === "OPEN" && open.blocking) ? 1 : 0,
    head: headText(order),
  };
}

/** Everything that is neither accepted by intake nor a row of its own. */
function headText({ state, orderVersion, aggregateVersion, completedAt, changes, compensations, approvals, parkedResults, plan }: Order): string {
  const head = { state, orderVersion, aggregateVersion, completedAt, changes, compensations, approvals, parkedResults, plan: plan && { ...plan, graph: undefined } };
  return JSON.stringify(head satisfies Record<keyof Head, unknown>);
}

/** True when a field that intake accepted is not the one of before. */
export function acceptedChanged(before: Order, after: Order): boolean {
  return ACCEPTED_FIELDS.some((field) => before[field] !== after[field]);
}

/** The row of an item; its line is left out when it is the one of `before`. */
export function itemRow(order: Order, position: number, before: Order | null): RowOf<typeof ORDER_ITEMS> {
  const item = at(order.items, position);
  const former = before?.items[position];
  const sameLine = former !== undefined && LINE_FIELDS.every((field) => former[field] === item[field]);
  const line = sameLine ? null : JSON.stringify(Object.fromEntries(LINE_FIELDS.map((field) => [field, item[field]])));
  return { order_id: order.id, position, item_id: item.id, state: item.state, offering: item.offering, line, body: progressText(item) };
}

function progressText({ state, holdCause, holdReason, decomposition, mandatoryTasks, openMandatoryTasks, deadlineAt, deadlinePassed, customerStatus, completedAt }: Item): string {
  const progress = { state, holdCause, holdReason, decomposition, mandatoryTasks, openMandatoryTasks, deadlineAt, deadlinePassed, customerStatus, completedAt };
  return JSON.stringify(progress satisfies Record<keyof Progress, unknown>);
}

export function planRow(order: Order, plan: Plan): RowOf<typeof PLANS> {
  return { plan_id: plan.id, order_id: order.id, number: plan.number, graph: JSON.stringify(plan.graph) };
}

export function taskRow(order: Order, position: number, targetSystem: string | null): RowOf<typeof TASKS> {
  const task = at(order.tasks, position);
  const itemId = order.plan?.graph.tasks[position]?.itemId ?? "";
  return { order_id: order.id, position, task_id: task.id, item_id: itemId, state: task.state, target_system: targetSystem, body: taskText(task) };
}

export function milestoneRow(order: Order, position: number): RowOf<typeof MILESTONES> {
  const milestone = at(order.milestones, position);
  return { order_id: order.id, position, milestone_id: milestone.id, outcome: milestone.outcome, body: JSON.stringify(milestone) };
}

export function caseRow(order: Order, position: number): RowOf<typeof FALLOUT_CASES> {
  const found = at(order.cases, position);
  return {
    order_id: order.id,
    position,
    case_id: found.id,
    state: found.state,
    task_id: found.taskId,
    queue: found.queue,
    category: found.category,
    severity: found.severity,
    sla_due_at: found.slaDueAt,
    opened_at: found.openedAt,
    closed_at: found.closedAt,
    body: JSON.stringify(found),
  };
}

function at<T>(list: readonly T[], position: number): T {
  const found = list[position];
  if (found === undefined) throw new RangeError(`There is nothing at position ${position} of ${list.length}`);
  return found;
}
