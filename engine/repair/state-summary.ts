import type { JsonObject } from "../support/json.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { sha256Hex } from "../support/hash.ts";
import type { RepairScope } from "./repair-scope.ts";

/** The subject of a repair in short, as the audit shows it before and after (H4). */
export function stateSummary({ order, on, item }: RepairScope): JsonObject {
  return {
    order: order.state,
    plan: order.plan === null ? null : `${order.plan.id} ${order.plan.state}`,
    ...(item && { item: { id: item.id, state: item.state, holdCause: item.holdCause, openMandatoryTasks: item.openMandatoryTasks } }),
    ...(on && { task: taskSummary(on) }),
  };
}

function taskSummary({ task }: NonNullable<RepairScope["on"]>): JsonObject {
  const { id, state, effect, attempts, requestRevision, request, outputs } = task;
  const base = { id, state, effect, attempts, requestRevision, requestHash: request && sha256Hex(canonicalJson(request)).slice(0, 16), outputs };
  if (task.state !== "AWAITING_MANUAL_ACTION") return base;
  const { cause, queue, role, claimedBy } = task.manual;
  return { ...base, manual: { cause, queue, role, claimedBy } };
}
