import type { OrderExplanation } from "../../engine/explain/explain.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Instant } from "../../engine/language/kinds.ts";
import type { FalloutCase, Item, MilestoneOutcome, Order, ReleaseRef } from "../../engine/order/order.ts";
import { itemStatus, orderStatus, type CustomerVisibleStatus } from "../read/customer-visible-status.ts";
import { billingView, type BillingView } from "./billing-view.ts";
import { nextAction, type NextAction } from "./next-action.ts";
import { progressOf, type Progress } from "./progress.ts";
import { stepViews, type StepView } from "./step-view.ts";

/**
 * The read model of an order (22b section 32): everything support asks for, in one answer, so that nobody inspects twelve
 * systems. A projection: the journal stays the system of record.
 */
export interface OrderView {
  readonly productOrderId: string;
  readonly correlationId: string;
  readonly externalId: string | null;
  readonly internalState: Order["state"];
  readonly customerVisibleStatus: CustomerVisibleStatus;
  readonly progress: Progress;
  /** `<itemId>/<taskKey>` of the step that keeps the order, or null. */
  readonly currentBlockingStep: string | null;
  /** One sentence: why the order is where it is. */
  readonly explanation: string;
  readonly waitsFor: OrderExplanation["waitsFor"];
  readonly estimatedNextAction: NextAction | null;
  readonly customerActionRequired: boolean;
  readonly providerActionRequired: boolean;
  /** The oldest open case. */
  readonly falloutCaseId: string | null;
  readonly items: readonly ItemView[];
  readonly steps: readonly StepView[];
  readonly milestones: readonly MilestoneView[];
  readonly billing: readonly BillingView[];
  readonly cases: readonly FalloutCase[];
  readonly plan: { readonly id: string; readonly number: number; readonly state: string } | null;
  readonly release: ReleaseRef;
  readonly orderVersion: number;
  readonly aggregateVersion: number;
  readonly acceptedAt: Instant;
  readonly completedAt: Instant | null;
}

export interface ItemView extends Pick<Item, "id" | "parentId" | "action" | "offering" | "state" | "holdCause" | "decomposition" | "deadlineAt" | "completedAt"> {
  readonly customerVisibleStatus: CustomerVisibleStatus;
}

export interface MilestoneView {
  readonly id: string;
  readonly itemId: string;
  readonly key: string;
  readonly title: string;
  readonly outcome: MilestoneOutcome;
  readonly reachedAt: Instant | null;
  readonly dueAt: Instant | null;
}

/** The read model of an order under its pinned release, with what the engine says about it. */
export function orderView(order: Order, release: CompiledRelease, explanation: OrderExplanation): OrderView {
  const steps = stepViews(order, release);
  const blocking = steps.find((step) => step.taskId === explanation.blockingTaskId) ?? null;
  return {
    productOrderId: order.id,
    correlationId: order.correlationId,
    externalId: order.externalId,
    internalState: order.state,
    customerVisibleStatus: orderStatus(order, release),
    progress: progressOf(order),
    currentBlockingStep: blocking?.id ?? null,
    explanation: explanation.sentence,
    waitsFor: explanation.waitsFor,
    estimatedNextAction: nextAction(order, blocking, explanation.sentence),
    customerActionRequired: order.items.some((item) => item.holdCause === "CUSTOMER_ACTION") || steps.some((step) => step.manual?.cause === "HOLD"),
    providerActionRequired: order.cases.some(isOpen) || steps.some((step) => step.manual !== null && step.manual.cause !== "HOLD"),
    falloutCaseId: order.cases.find(isOpen)?.id ?? null,
    items: order.items.map((item) => itemView(item, release)),
    steps,
    milestones: milestoneViews(order),
    billing: billingView(order),
    cases: order.cases,
    plan: order.plan === null ? null : { id: order.plan.id, number: order.plan.number, state: order.plan.state },
    release: order.release,
    orderVersion: order.orderVersion,
    aggregateVersion: order.aggregateVersion,
    acceptedAt: order.acceptedAt,
    completedAt: order.completedAt,
  };
}

function isOpen(candidate: FalloutCase): boolean {
  return candidate.state === "OPEN";
}

function itemView(item: Item, release: CompiledRelease): ItemView {
  const { id, parentId, action, offering, state, holdCause, decomposition, deadlineAt, completedAt } = item;
  return { id, parentId, action, offering, state, holdCause, decomposition, deadlineAt, completedAt, customerVisibleStatus: itemStatus(item, release) };
}

function milestoneViews(order: Order): readonly MilestoneView[] {
  const planned = order.plan?.graph.milestones ?? [];
  return order.milestones.flatMap(({ id, outcome, reachedAt, dueAt }, position) => {
    const source = planned[position];
    return source === undefined ? [] : [{ id, itemId: source.itemId, key: source.key, title: source.title, outcome, reachedAt, dueAt }];
  });
}
