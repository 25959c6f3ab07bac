import type { OrderState, TaskState } from "../../engine/order/machines.ts";

export type Family = "neutral" | "active" | "attention" | "failed" | "done";

export type GlyphName = "pending" | "ready" | "running" | "wait" | "manual" | "unknown" | "retry" | "held" | "failed" | "done" | "skipped" | "cancelled";

/** How a state looks everywhere: hue, glyph and word together, so that each alone is enough. */
export interface StateLook {
  readonly family: Family;
  readonly glyph: GlyphName;
  readonly word: string;
}

export const TASK_LOOKS: { readonly [state in TaskState]: StateLook } = {
  PENDING: { family: "neutral", glyph: "pending", word: "Not started" },
  READY: { family: "active", glyph: "ready", word: "Ready" },
  DISPATCHED: { family: "active", glyph: "running", word: "Running" },
  WAITING: { family: "active", glyph: "wait", word: "Waiting for result" },
  OUTCOME_UNKNOWN: { family: "attention", glyph: "unknown", word: "Outcome unknown" },
  RETRY_SCHEDULED: { family: "attention", glyph: "retry", word: "Retrying" },
  AWAITING_MANUAL_ACTION: { family: "attention", glyph: "manual", word: "Needs a person" },
  SUCCEEDED: { family: "done", glyph: "done", word: "Done" },
  SKIPPED_BY_POLICY: { family: "neutral", glyph: "skipped", word: "Skipped" },
  WAIVED_BY_AUTHORIZED_USER: { family: "neutral", glyph: "skipped", word: "Waived" },
  FAILED_FINAL: { family: "failed", glyph: "failed", word: "Failed" },
  CANCELLED: { family: "neutral", glyph: "cancelled", word: "Cancelled" },
};

export const ORDER_LOOKS: { readonly [state in OrderState]: StateLook } = {
  SUBMITTED: { family: "active", glyph: "ready", word: "Submitted" },
  VALIDATING: { family: "active", glyph: "ready", word: "Validating" },
  REJECTED: { family: "failed", glyph: "failed", word: "Rejected" },
  READY_FOR_FULFILLMENT: { family: "active", glyph: "ready", word: "Ready for fulfillment" },
  IN_PROGRESS: { family: "active", glyph: "running", word: "In progress" },
  HELD: { family: "attention", glyph: "held", word: "Held" },
  ASSESSING_CANCELLATION: { family: "attention", glyph: "unknown", word: "Assessing cancellation" },
  CANCELLING: { family: "attention", glyph: "running", word: "Cancelling" },
  PARTIALLY_COMPLETED: { family: "active", glyph: "running", word: "Partly completed" },
  COMPLETED: { family: "done", glyph: "done", word: "Completed" },
  FAILED: { family: "failed", glyph: "failed", word: "Failed" },
  CANCELLED: { family: "neutral", glyph: "cancelled", word: "Cancelled" },
};

/** An order that is stopped by a case says so before its state. */
export const STOPPED_LOOK: StateLook = { family: "attention", glyph: "manual", word: "Needs a person" };
