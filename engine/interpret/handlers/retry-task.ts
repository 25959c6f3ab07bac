import type { InputOf } from "../../order/inputs.ts";
import type { Repair } from "../../order/repair.ts";
import { askRepair } from "../../repair/ask-repair.ts";
import { isRefusal, scopeOf } from "../../repair/repair-scope.ts";
import { mayRetry } from "../../repair/safe-when.ts";
import type { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";
import { retryNow } from "../retry-now.ts";

/**
 * A person lets a stopped task try again: the repair RETRY, by the authority matrix of the release. A release without one
 * offers no repairs but this, to whom the edge lets through. An unknown outcome is found out first; a retry could do it
 * twice.
 */
export function retryTask(decision: Decision, input: InputOf<"RetryTask">): Rejection | null | Promise<Rejection | null> {
  const repair: Repair = {
    action: "RETRY", taskId: input.taskId, itemId: null, reason: input.reason, evidence: null, customerImpact: null, financialImpact: null, amount: null, values: {},
  };
  if (decision.release.authority) return askRepair(decision, repair, input.actor);
  const scope = scopeOf(decision.order, decision.release, decision.at, repair, "task");
  if (isRefusal(scope)) return scope;
  const unsafe = mayRetry(scope);
  if (unsafe) return unsafe;
  if (scope.on) retryNow(decision, scope.on.position, input.actor.id, input.reason);
  return null;
}
