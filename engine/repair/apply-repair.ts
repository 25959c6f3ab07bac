import { Decision } from "../interpret/decision.ts";
import { resumeHeldItem } from "../interpret/handlers/resume-item.ts";
import type { Rejection } from "../interpret/interpretation.ts";
import { retryNow } from "../interpret/retry-now.ts";
import type { Repair, RepairAction, RepairAuthority } from "../order/repair.ts";
import { required } from "../support/defect.ts";
import { compensate } from "./compensate.ts";
import { correctPayload, reassign, updateReference } from "./correct.ts";
import { forceComplete, skip, waive } from "./do-without.ts";
import { cancelOrder, cancelRemaining } from "./end-work.ts";
import { completeWithEvidence, markReconciled } from "./reconcile.ts";
import { REPAIR_RULES } from "./repair-rules.ts";
import { isRefusal, scopeOf, type RepairScope } from "./repair-scope.ts";
import { regeneratePlan, reopen } from "./replan.ts";
import { revalidate } from "./revalidate.ts";
import { stateSummary } from "./state-summary.ts";

/** Applies a repair by events; a refusal takes back whatever was emitted, because the whole decision is then dropped. */
type Apply = (decision: Decision, scope: RepairScope, by: string) => Rejection | null | Promise<Rejection | null>;

const APPLY: { readonly [action in RepairAction]: Apply } = {
  RETRY: (decision, { on, repair }, by) => {
    retryNow(decision, required(on, "The task").position, by, repair.reason);
    return null;
  },
  RESUME: (decision, { item, repair }, by) => {
    resumeHeldItem(decision, required(item, "The item").id, by, repair.reason);
    return null;
  },
  SKIP: skip,
  WAIVE: waive,
  FORCE_COMPLETE: forceComplete,
  REASSIGN: reassign,
  UPDATE_REFERENCE: updateReference,
  CORRECT_PAYLOAD: correctPayload,
  MARK_RECONCILED: markReconciled,
  COMPLETE_WITH_EVIDENCE: completeWithEvidence,
  COMPENSATE: compensate,
  CANCEL_ORDER: cancelOrder,
  CANCEL_REMAINING: cancelRemaining,
  REGENERATE_PLAN: regeneratePlan,
  REOPEN: reopen,
  // Its rule is never safe: it only names the way to go.
  CREATE_CHANGE_ORDER: () => null,
};

/**
 * Applies a repair that is allowed and agreed to: first the record of it, complete for the audit (H4), then its effects. It
 * is rehearsed on a copy before, so that the record can say how things stand after it, and so that what its revalidation
 * refuses is never begun.
 */
export async function applyRepair(decision: Decision, repair: Repair, by: string, authority: RepairAuthority, approvalId: string | null): Promise<Rejection | null> {
  const rehearsal = await rehearseRepair(decision, repair, by);
  if ("refusal" in rehearsal) return rehearsal.refusal;
  const { before, after } = rehearsal;
  decision.emit({ type: "RepairApplied", repair, by, before: stateSummary(before), after: stateSummary(after), authority, approvalId });
  return carryOut(decision, repair, by);
}

/** What the repair would do now: the scope before and after it, or why it is refused. Changes nothing. */
export async function rehearseRepair(
  decision: Decision, repair: Repair, by: string,
): Promise<{ readonly before: RepairScope; readonly after: RepairScope } | { readonly refusal: Rejection }> {
  const trial = new Decision(decision.order, decision.input, decision.release);
  const before = look(trial, repair);
  if (isRefusal(before)) return { refusal: before };
  const refusal = REPAIR_RULES[repair.action].safeWhen(before) ?? (await carryOut(trial, repair, by));
  if (refusal) return { refusal };
  const after = look(trial, repair);
  return isRefusal(after) ? { refusal: after } : { before, after };
}

async function carryOut(decision: Decision, repair: Repair, by: string): Promise<Rejection | null> {
  const scope = look(decision, repair);
  if (isRefusal(scope)) return scope;
  return (await APPLY[repair.action](decision, scope, by)) ?? revalidate(decision, scope, REPAIR_RULES[repair.action].revalidate);
}

function look(decision: Decision, repair: Repair): RepairScope | Rejection {
  return scopeOf(decision.order, decision.release, decision.at, repair, REPAIR_RULES[repair.action].subject);
}
