import { itemFacts, orderFacts } from "../interpret/facts-of.ts";
import type { Order } from "../order/order.ts";
import { decide } from "../rules/decide.ts";
import { textOf } from "../support/json.ts";
import { taskIdOf, type ItemPlan, type TaskSketch } from "./item-plan.ts";

/**
 * One task for each charge a billing trigger hands over (I2): it waits for its milestone like any other task, so it has
 * retries, unknown outcomes, fallout and audit. A charge that two triggers claim belongs to the first.
 */
export async function planBilling(order: Order, { item, template }: ItemPlan, planId: string): Promise<TaskSketch[]> {
  const tasks: TaskSketch[] = [];
  const claimed = new Set<string>();
  for (const [position, trigger] of template.billingTriggers.entries()) {
    for (const charge of item.charges) {
      const chargeKey = textOf(charge["key"]) ?? "";
      const facts = { charge, item: itemFacts(order, item), order: orderFacts(order) };
      if (claimed.has(chargeKey) || !(await decide(trigger.charges, facts))) continue;
      claimed.add(chargeKey);
      const key = `bill.${trigger.definition.key}.${chargeKey}`;
      const milestoneId = `${item.id}/${trigger.definition.milestone}`;
      tasks.push({
        id: taskIdOf(planId, item.id, key),
        key,
        itemId: item.id,
        type: trigger.taskType.definition.key,
        title: `${trigger.taskType.definition.title}: ${chargeKey}`,
        mandatory: trigger.definition.blocksCompletion,
        with: {},
        edges: [{ edge: null, on: { milestone: milestoneId }, with: {} }],
        source: { by: "billing-trigger", template: template.definition.key, trigger: position, charge, milestoneId },
        excluded: null,
        pointOfNoReturn: "none",
        omittedEdges: [],
      });
    }
  }
  return tasks;
}
