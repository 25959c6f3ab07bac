import type { RepairAction } from "../order/repair.ts";
import type { RepairNeeds } from "./missing-evidence.ts";
import type { RepairSubject } from "./repair-scope.ts";
import type { Revalidation } from "./revalidate.ts";
import {
  mayCancelOrder, mayCancelRemaining, mayCompensate, mayComplete, mayCorrect, mayCreateChangeOrder, mayDoWithout, mayForceComplete,
  mayReassign, mayReconcile, mayRegenerate, mayReopen, mayResume, mayRetry, mayUpdateReference, type SafeWhen,
} from "./safe-when.ts";

/** One repair command (H3): what it is about, when it is safe, what it must bring along, and what is checked after it. */
export interface RepairRule {
  readonly subject: RepairSubject;
  readonly safeWhen: SafeWhen;
  readonly needs: RepairNeeds;
  readonly revalidate: readonly Revalidation[];
}

const REASON: RepairNeeds = { evidence: false, impacts: false };
const IMPACTS: RepairNeeds = { evidence: false, impacts: true };
const EVERYTHING: RepairNeeds = { evidence: true, impacts: true };

/**
 * All repairs there are. Who may ask for one, who must agree, and whether more evidence is needed is not in here: that is
 * the authority matrix of the release. The reason is always needed.
 */
export const REPAIR_RULES: { readonly [action in RepairAction]: RepairRule } = {
  RETRY: { subject: "task", safeWhen: mayRetry, needs: REASON, revalidate: ["DEPENDENCIES"] },
  SKIP: { subject: "task", safeWhen: mayDoWithout, needs: EVERYTHING, revalidate: ["OUTPUTS"] },
  WAIVE: { subject: "task", safeWhen: mayDoWithout, needs: EVERYTHING, revalidate: ["OUTPUTS"] },
  REASSIGN: { subject: "task", safeWhen: mayReassign, needs: REASON, revalidate: [] },
  UPDATE_REFERENCE: { subject: "task", safeWhen: mayUpdateReference, needs: REASON, revalidate: ["DEPENDENCIES"] },
  MARK_RECONCILED: { subject: "task", safeWhen: mayReconcile, needs: EVERYTHING, revalidate: ["EVIDENCE"] },
  COMPLETE_WITH_EVIDENCE: { subject: "task", safeWhen: mayComplete, needs: EVERYTHING, revalidate: ["EVIDENCE"] },
  CORRECT_PAYLOAD: { subject: "task", safeWhen: mayCorrect, needs: IMPACTS, revalidate: ["DEPENDENCIES"] },
  COMPENSATE: { subject: "task", safeWhen: mayCompensate, needs: IMPACTS, revalidate: ["PLAN"] },
  REOPEN: { subject: "task", safeWhen: mayReopen, needs: REASON, revalidate: ["PLAN", "DEPENDENCIES"] },
  CANCEL_REMAINING: { subject: "item", safeWhen: mayCancelRemaining, needs: REASON, revalidate: [] },
  FORCE_COMPLETE: { subject: "item", safeWhen: mayForceComplete, needs: EVERYTHING, revalidate: ["OUTPUTS"] },
  RESUME: { subject: "item", safeWhen: mayResume, needs: REASON, revalidate: ["DEPENDENCIES"] },
  CANCEL_ORDER: { subject: "order", safeWhen: mayCancelOrder, needs: REASON, revalidate: [] },
  REGENERATE_PLAN: { subject: "order", safeWhen: mayRegenerate, needs: REASON, revalidate: ["PLAN"] },
  CREATE_CHANGE_ORDER: { subject: "order", safeWhen: mayCreateChangeOrder, needs: REASON, revalidate: [] },
};
