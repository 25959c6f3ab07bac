import type { Json, JsonObject } from "../support/json.ts";

/**
 * The repair commands (H3): how people put right what stands still. Customers and people also cancel, amend, hold and resume,
 * approve, migrate and do manual work, each by an input of its own (`inputs.ts`); target systems and the clock do the rest.
 */
export type RepairAction =
  | "RETRY" | "SKIP" | "WAIVE" | "REASSIGN" | "UPDATE_REFERENCE" | "MARK_RECONCILED" | "REGENERATE_PLAN" | "COMPENSATE"
  | "CANCEL_ORDER" | "CREATE_CHANGE_ORDER" | "FORCE_COMPLETE" | "CORRECT_PAYLOAD" | "COMPLETE_WITH_EVIDENCE"
  | "CANCEL_REMAINING" | "REOPEN" | "RESUME";

/** One repair as it was asked for (H4): who and when are in the input that carries it. */
export interface Repair {
  readonly action: RepairAction;
  /** The task it is about; null for a repair of the order or of one item. */
  readonly taskId: string | null;
  readonly itemId: string | null;
  readonly reason: string;
  /** How we know; a reference, a ticket, a read-back. */
  readonly evidence: Json;
  readonly customerImpact: string | null;
  readonly financialImpact: string | null;
  /** Money at stake, in the currency of the authority matrix; null when none is. */
  readonly amount: number | null;
  /** What the action needs besides: corrected fields, outputs of a waived task, a downstream reference, a queue. */
  readonly values: JsonObject;
}

/** Which row of which version of the authority matrix allowed a repair (I-30). */
export interface RepairAuthority {
  readonly table: string;
  readonly version: number;
  readonly row: string;
}
