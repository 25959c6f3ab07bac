import { milestoneFacts, milestonesFacts, itemFacts, orderFacts, planFacts, taskFacts } from "../../engine/interpret/facts-of.ts";
import { providedInputs } from "../../engine/interpret/dependencies.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Definition } from "../../engine/language/kinds.ts";
import type { Order } from "../../engine/order/order.ts";
import type { PlannedTask } from "../../engine/order/plan.ts";
import type { Facts } from "../../engine/rules/facts.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";

/** An order that ran, and the moment at which it is looked at. */
export interface SampleRun {
  readonly order: Order;
  readonly release: CompiledRelease;
  readonly at: string;
}

/** The facts a place of a definition would have had in an order that ran; null when the order has nothing to do with it. */
export function sampleFacts({ order, release, at }: SampleRun, definition: Definition, pointer: string): Facts | null {
  const tasks = order.plan?.graph.tasks ?? [];
  const position = subjectOf(tasks, order, release, definition, pointer);
  if (position === null) return null;
  const planned = tasks[position];
  const task = order.tasks[position];
  const item = order.items.find(({ id }) => id === planned?.itemId) ?? order.items[0];
  if (item === undefined) return null;
  const shared: Facts = { order: orderFacts(order), item: itemFacts(order, item), plan: planFacts(order), milestones: milestonesFacts(order, item.id), now: at };
  const source = planned?.source;
  const milestone = source !== undefined && "milestoneId" in source ? order.milestones.findIndex(({ id }) => id === source.milestoneId) : 0;
  const charge = source?.by === "billing-trigger" ? source.charge : item.charges[0];
  const more: Facts = { ...shared, ...(order.milestones.length > 0 && { milestone: milestoneFacts(order, Math.max(milestone, 0)) }), ...(charge && { charge }) };
  if (planned === undefined || task === undefined) return more;
  const evidence: Json = task.state === "SUCCEEDED" ? task.evidence : null;
  const before = planned.edges.flatMap(({ on }) => ("task" in on ? [tasks.findIndex(({ id }) => id === on.task)] : [])).find((found) => found >= 0);
  const beforePlanned = before === undefined ? undefined : tasks[before];
  const beforeTask = before === undefined ? undefined : order.tasks[before];
  return {
    ...more, task: taskFacts(planned, task, release), with: task.with, inputs: { ...providedInputs(order, release, position, at), ...task.inputs },
    ...(isJsonObject(evidence) ? { result: evidence } : {}), edge: { with: planned.edges[0]?.with ?? {} },
    ...(beforePlanned && beforeTask ? { predecessor: taskFacts(beforePlanned, beforeTask, release) } : {}),
  };
}

/** Position of the task a place is about; -1 when it is about the order; null when the order has no such task. */
function subjectOf(tasks: readonly PlannedTask[], order: Order, release: CompiledRelease, definition: Definition, pointer: string): number | null {
  const found = (fits: (task: PlannedTask, position: number) => boolean): number | null => {
    const position = tasks.findIndex(fits);
    return position < 0 ? null : position;
  };
  switch (definition.kind) {
    case "plan-template": {
      const [, index] = /^\/tasks\/(\d+)/.exec(pointer) ?? [];
      return found(({ source }) => source.by === "template" && source.template === definition.key && (index === undefined || source.task === Number(index)));
    }
    case "task-type":
      return found(({ type }) => type === definition.key);
    case "dependency-type":
      return found((planned) => planned.edges.length > 0 && planned.source.by === "template" && release.planTemplates.get(planned.source.template)?.tasks[planned.source.task]?.edges.some(({ type }) => type.key === definition.key) === true);
    case "compensation-policy":
      return found(({ type }) => release.taskTypes.get(type)?.definition.compensation === definition.key);
    case "billing-trigger":
      return found(({ source }) => source.by === "billing-trigger" && release.planTemplates.get(source.template)?.billingTriggers[source.trigger]?.definition.key === definition.key);
    case "milestone-map":
      return found(({ source }) => release.planTemplates.get(source.template)?.milestoneMap.definition.key === definition.key);
    case "order-schema":
      return order.items.some(({ offering }) => definition.offerings.includes(offering)) ? -1 : null;
    case "decision-table":
      return tasks.length > 0 ? 0 : -1;
    default:
      return -1;
  }
}
