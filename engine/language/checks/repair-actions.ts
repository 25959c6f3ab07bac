import type { RepairAction } from "../../order/repair.ts";

/** Every repair there is; `engine/order/repair.ts` names the same ones, and the compiler holds the two together. */
const ALL: { readonly [action in RepairAction]: true } = {
  RETRY: true, SKIP: true, WAIVE: true, REASSIGN: true, UPDATE_REFERENCE: true, MARK_RECONCILED: true, REGENERATE_PLAN: true, COMPENSATE: true,
  CANCEL_ORDER: true, CREATE_CHANGE_ORDER: true, FORCE_COMPLETE: true, CORRECT_PAYLOAD: true, COMPLETE_WITH_EVIDENCE: true,
  CANCEL_REMAINING: true, REOPEN: true, RESUME: true,
};

export const REPAIR_ACTIONS = Object.keys(ALL) as readonly RepairAction[];
