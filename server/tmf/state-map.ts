import type { ItemState, OrderState } from "../../engine/order/machines.ts";
import type { MilestoneOutcome } from "../../engine/order/order.ts";

/** TMF622 v4 `ProductOrderStateType`. */
export type TmfOrderState =
  | "acknowledged" | "rejected" | "pending" | "held" | "inProgress" | "cancelled" | "completed" | "failed" | "partial"
  | "assessingCancellation" | "pendingCancellation";

/** TMF622 v4 `ProductOrderItemStateType`: it has no `partial`. */
export type TmfItemState = Exclude<TmfOrderState, "partial">;

/** Every state of an order has one TMF state; the compiler refuses a table with a gap. */
export const TMF_ORDER_STATES = {
  SUBMITTED: "acknowledged",
  VALIDATING: "acknowledged",
  READY_FOR_FULFILLMENT: "acknowledged",
  REJECTED: "rejected",
  IN_PROGRESS: "inProgress",
  HELD: "held",
  ASSESSING_CANCELLATION: "assessingCancellation",
  CANCELLING: "pendingCancellation",
  PARTIALLY_COMPLETED: "partial",
  COMPLETED: "completed",
  FAILED: "failed",
  CANCELLED: "cancelled",
} as const satisfies { readonly [state in OrderState]: TmfOrderState };

/** As for orders; a bundle some of whose children are complete is still in progress to TMF. */
export const TMF_ITEM_STATES: { readonly [state in ItemState]: TmfItemState } = { ...TMF_ORDER_STATES, PARTIALLY_COMPLETED: "inProgress" };

/** The states of an order that show as a TMF state; none for `pending` and for words that are no TMF state. */
export function orderStatesOf(tmf: string): readonly OrderState[] {
  return (Object.keys(TMF_ORDER_STATES) as OrderState[]).filter((state) => TMF_ORDER_STATES[state] === tmf);
}

/** TMF622 v5 names of a milestone's status. A milestone that does not apply is not shown. */
export const TMF_MILESTONE_STATES: { readonly [outcome in Exclude<MilestoneOutcome, "NOT_APPLICABLE">]: string } = {
  OPEN: "Yet-To-Reach",
  REACHED: "Completed",
  MISSED: "Violated",
};
