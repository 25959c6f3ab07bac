import type { Order } from "../../engine/order/order.ts";
import { REPAIR_RULES } from "../../engine/repair/repair-rules.ts";
import type { Repair, RepairAction } from "../../engine/order/repair.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import { optionalObject, optionalText, refuse, requiredText } from "./command-body.ts";

const ACTIONS = Object.keys(REPAIR_RULES) as readonly RepairAction[];

/**
 * A repair as it was sent. Only shapes are checked here; what the repair lacks (reason, evidence, impacts, values) is for
 * the engine to say, so that it says the same to everyone. A task is named by its id or as `<itemId>/<taskKey>`.
 */
export function readRepair(order: Order, body: JsonObject): Repair {
  const action = ACTIONS.find((known) => known === requiredText(body, "action"));
  if (action === undefined) throw refuse("action", "invalid-value", `Send one of ${ACTIONS.join(", ")}.`);
  const amount = body["amount"] ?? null;
  if (amount !== null && !(typeof amount === "number" && amount >= 0)) throw refuse("amount", "invalid-value", "Send a number that is not negative, or leave the property out.");
  const task = optionalText(body, "taskId");
  return {
    action,
    taskId: task === null ? null : (order.plan?.graph.tasks.find(({ itemId, key }) => `${itemId}/${key}` === task)?.id ?? task),
    itemId: optionalText(body, "itemId"),
    reason: optionalText(body, "reason") ?? "",
    evidence: body["evidence"] ?? null,
    customerImpact: optionalText(body, "customerImpact"),
    financialImpact: optionalText(body, "financialImpact"),
    amount,
    values: optionalObject(body, "values"),
  };
}
