import type { CompiledEdge, CompiledTemplateTask } from "../language/compiled-release.ts";
import { itemFacts, orderFacts } from "../interpret/facts-of.ts";
import type { Item, Order } from "../order/order.ts";
import type { PlannedEdge, PlannedTask } from "../order/plan.ts";
import { decide } from "../rules/decide.ts";
import type { Facts } from "../rules/facts.ts";
import type { JsonObject } from "../support/json.ts";
import { taskIdOf, type ItemPlan, type TaskSketch } from "./item-plan.ts";

/** The tasks of one item's template. Work the order does not need stays in the plan, skipped, with the reason. */
export async function planTasks(
  order: Order, itemPlan: ItemPlan, all: readonly ItemPlan[], planId: string,
): Promise<TaskSketch[]> {
  const facts: Facts = { order: orderFacts(order), item: itemFacts(order, itemPlan.item) };
  const tasks: TaskSketch[] = [];
  for (const [position, task] of itemPlan.template.tasks.entries()) {
    const { definition } = task;
    const included = !task.includeWhen || (await decide(task.includeWhen, facts));
    tasks.push({
      id: taskIdOf(planId, itemPlan.item.id, definition.key),
      key: definition.key,
      itemId: itemPlan.item.id,
      type: definition.type,
      title: definition.title ?? task.type.definition.title,
      mandatory: task.mandatory,
      with: task.with.evaluate(facts) as JsonObject,
      ...planEdges(task, itemPlan.item, all, facts, planId),
      source: { by: "template", template: itemPlan.template.definition.key, task: position },
      excluded: included ? null : "the order does not need it, because the task's condition does not hold",
      pointOfNoReturn: definition.pointOfNoReturn ?? "none",
    });
  }
  return tasks;
}

function planEdges(task: CompiledTemplateTask, item: Item, all: readonly ItemPlan[], facts: Facts, planId: string): Pick<PlannedTask, "edges" | "omittedEdges"> {
  const edges: PlannedEdge[] = [];
  const omittedEdges: { edge: number; reason: string }[] = [];
  for (const [edge, compiled] of task.edges.entries()) {
    const sources = sourcesOf(compiled, item, all, planId);
    if (sources.length === 0) omittedEdges.push({ edge, reason: omission(compiled) });
    const parameters = compiled.with.evaluate(facts) as JsonObject;
    for (const on of sources) edges.push({ edge, on, with: parameters });
  }
  return { edges, omittedEdges };
}

/** What an edge waits for: in the same item by name; in other items all that match, which may be none. */
function sourcesOf({ definition, type }: CompiledEdge, item: Item, all: readonly ItemPlan[], planId: string): PlannedEdge["on"][] {
  if (type.binds === "instant") return [{ instant: true }];
  const items = definition.item === undefined ? all.filter((other) => other.item.id === item.id) : otherItems(definition.item, item, all);
  return items.flatMap((other): PlannedEdge["on"][] => {
    if (type.binds === "task") {
      const known = other.template.tasks.some((task) => task.definition.key === definition.task);
      return known && definition.task !== undefined ? [{ task: taskIdOf(planId, other.item.id, definition.task) }] : [];
    }
    const key = definition.milestone;
    const known = key === "order-accepted" || key === "item-completed" || other.template.milestones.some((milestone) => milestone.definition.key === key);
    return known && key !== undefined ? [{ milestone: `${other.item.id}/${key}` }] : [];
  });
}

function otherItems(selector: NonNullable<CompiledEdge["definition"]["item"]>, item: Item, all: readonly ItemPlan[]): readonly ItemPlan[] {
  if ("relationship" in selector) {
    const wanted = item.relationships.filter(({ type }) => type === selector.relationship).map(({ itemId }) => itemId);
    return all.filter((other) => wanted.includes(other.item.id));
  }
  return all.filter((other) => other.item.id !== item.id && other.item.specification === selector.specification);
}

function omission({ definition }: CompiledEdge): string {
  const what = definition.task ?? definition.milestone ?? "work";
  if (!definition.item) return `The plan has no ${what} to wait for`;
  return "relationship" in definition.item
    ? `No item with ${what} is related by ${definition.item.relationship}`
    : `No other item of ${definition.item.specification} has ${what}`;
}
