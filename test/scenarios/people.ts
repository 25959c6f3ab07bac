import type { InputBody } from "../support/given.ts";
import type { NewItem } from "../../engine/order/order.ts";
import type { Repair, RepairAction } from "../../engine/order/repair.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import type { PersonaName } from "../../server/identity/personas.ts";
import type { Play } from "./play.ts";
import { someone } from "./samples.ts";
import { taskOf } from "./told.ts";

/** What people do in scenarios, as inputs; `as` is the persona of the demo who does it. */

export function cancel(play: Play, itemIds: readonly string[] | null = null, as: PersonaName = "care-agent"): Promise<Play> {
  return play.when({ type: "RequestCancellation", itemIds, reason: "CUSTOMER_REQUEST", expectedVersion: null, actor: someone(as) });
}

export function amend(play: Play, item: NewItem, as: PersonaName = "care-agent"): Promise<Play> {
  return play.when({ type: "RequestAmendment", items: [item], reason: "CUSTOMER_REQUEST", expectedVersion: null, actor: someone(as) });
}

/** Decides the approval that waits longest, on the state it was asked for. */
export function decide(play: Play, approve: boolean, as: PersonaName): Promise<Play> {
  const waiting = play.order.approvals.find(({ state }) => state === "PENDING");
  if (!waiting) throw new Error("Nothing waits for an approval.");
  return play.when({ type: "DecideApproval", approvalId: waiting.id, approve, stateHash: waiting.stateHash, reason: "looked at it", actor: someone(as) });
}

export function repair(play: Play, action: RepairAction, name: string, as: PersonaName, more: Partial<Repair> = {}): Promise<Play> {
  const repairOf: Repair = {
    action, taskId: taskOf(play, name).id, itemId: null, reason: "The portal shows it", evidence: { reference: "T-1" }, customerImpact: "none", financialImpact: "none", amount: null, values: {}, ...more,
  };
  return play.when({ type: "RequestRepair", repair: repairOf, actor: someone(as) });
}

/** Finishes the manual task a task waits for. */
export function finish(play: Play, name: string, outcome: string, form: JsonObject, as: PersonaName): Promise<Play> {
  return play.when({ type: "CompleteManualTask", taskId: taskOf(play, name).id, outcome, form, evidence: null, actor: someone(as) } satisfies InputBody);
}
