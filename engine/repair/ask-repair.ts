import type { Decision } from "../interpret/decision.ts";
import type { Rejection } from "../interpret/interpretation.ts";
import type { Actor } from "../order/inputs.ts";
import type { Approval } from "../order/approval.ts";
import type { Repair, RepairAuthority } from "../order/repair.ts";
import { amountAtStake, askAuthority } from "./authority.ts";
import { applyRepair, rehearseRepair } from "./apply-repair.ts";
import { missingEvidence } from "./missing-evidence.ts";
import { repairHash } from "./repair-hash.ts";
import { REPAIR_RULES } from "./repair-rules.ts";
import { isRefusal, scopeOf } from "./repair-scope.ts";

/**
 * The one door for repairs (H3-H5). In this order: the authority matrix says whether this person may; the repair must bring
 * what its kind and the matrix row ask for; it must be safe now; then it is applied - or, where a second person must agree,
 * an approval of exactly this repair on exactly this state is requested and nothing else changes. A refusal changes nothing.
 */
export async function askRepair(decision: Decision, asked: Repair, actor: Actor): Promise<Rejection | null> {
  const rule = REPAIR_RULES[asked.action];
  const found = scopeOf(decision.order, decision.release, decision.at, asked, rule.subject);
  if (isRefusal(found)) return found;
  const repair: Repair = { ...asked, amount: amountAtStake(found) };
  const right = askAuthority({ ...found, repair }, actor);
  if (!right.allowed) return right.refusal;
  const missing = missingEvidence(repair, { ...rule.needs, evidence: rule.needs.evidence || right.evidenceRequired });
  if (missing) return missing;
  if (right.approverRole === null) return applyRepair(decision, repair, actor.id, right.authority, null);
  const rehearsal = await rehearseRepair(decision, repair, actor.id);
  return "refusal" in rehearsal ? rehearsal.refusal : requestApproval(decision, repair, actor.id, right.approverRole, right.authority);
}

/** Asks for the agreement of a second person. One request at a time for the same repair; one that has become stale gives way. */
function requestApproval(decision: Decision, repair: Repair, requestedBy: string, role: string, authority: RepairAuthority): Rejection | null {
  const { order } = decision;
  const stateHash = repairHash(order, repair);
  for (const { id, subject, stateHash: seen } of order.approvals.filter((approval) => isSame(approval, repair))) {
    if (seen === stateHash) return { code: "invalid-transition", message: `The same repair waits for its approval already: ${id}.` };
    if (subject.type === "repair" && repairHash(order, subject.repair) !== seen) decision.emit({ type: "ApprovalVoided", approvalId: id, reason: "What was to be approved has changed since" });
  }
  decision.emit({
    type: "ApprovalRequested",
    approval: {
      id: `${order.id}/approval/${order.approvals.length + 1}`, state: "PENDING", subject: { type: "repair", repair, authority }, role, requestedBy,
      requestedAt: decision.at, stateHash, decidedBy: null, decidedAt: null, reason: null,
    },
  });
  return null;
}

function isSame({ state, subject }: Approval, { action, taskId, itemId }: Repair): boolean {
  return state === "PENDING" && subject.type === "repair" && subject.repair.action === action && subject.repair.taskId === taskId && subject.repair.itemId === itemId;
}
