import type { TaskSource } from "../order/plan.ts";
import { taskIdOf, type ItemPlan, type TaskSketch } from "./item-plan.ts";
import { statusMilestoneKey } from "./plan-milestones.ts";

/** One message task for each milestone and each customer-visible status of the item that has a text (I5). Never mandatory. */
export function planMessages({ item, template }: ItemPlan, planId: string): TaskSketch[] {
  const { definition, notifyWith } = template.milestoneMap;
  if (!notifyWith) return [];
  const own = new Set(["order-accepted", "item-completed", ...template.milestones.map((milestone) => milestone.definition.key)]);
  const message = (key: string, title: string, milestoneId: string, source: TaskSource): TaskSketch => ({
    id: taskIdOf(planId, item.id, key),
    key,
    itemId: item.id,
    type: notifyWith.definition.key,
    title: `${notifyWith.definition.title}: ${title}`,
    mandatory: false,
    with: {},
    edges: [{ edge: null, on: { milestone: milestoneId }, with: {} }],
    source,
    excluded: null,
    pointOfNoReturn: "none",
    omittedEdges: [],
  });
  const base = { template: template.definition.key };
  return [
    ...definition.milestones
      .filter(({ key, notify }) => notify && own.has(key))
      .map(({ key, title }) => {
        const milestoneId = `${item.id}/${key}`;
        return message(`notify.${key}`, title, milestoneId, { by: "milestone-message", ...base, milestone: key, milestoneId });
      }),
    ...definition.statuses
      .filter(({ notify }) => notify)
      .map(({ key, title }) => {
        const milestoneId = `${item.id}/${statusMilestoneKey(key)}`;
        return message(`notify.${statusMilestoneKey(key)}`, title["en"] ?? key, milestoneId, { by: "status-message", ...base, status: key, milestoneId });
      }),
  ];
}
