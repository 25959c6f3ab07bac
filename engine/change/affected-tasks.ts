import { providedInputs } from "../interpret/dependencies.ts";
import { itemFacts, orderFacts, taskFacts } from "../interpret/facts-of.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import { graphIndex } from "../order/graph-index.ts";
import type { Item, Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Task } from "../order/task.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { required } from "../support/defect.ts";
import type { Json } from "../support/json.ts";

/**
 * The tasks an amendment reaches: those whose parameters or request now evaluate to something else, that are needed or not
 * needed any more, whose charge has changed - and everything that receives an input from one of them.
 */
export function affectedTasks(order: Order, release: CompiledRelease, wanted: ReadonlyMap<string, Item>): ReadonlySet<number> {
  const plan = required(order.plan, `The plan of ${order.id}`);
  const affected = new Set<number>();
  plan.graph.tasks.forEach((planned, position) => {
    const item = wanted.get(planned.itemId);
    if (item && isReached(order, release, planned, required(order.tasks[position], planned.id), item, position)) affected.add(position);
  });
  const { waitersOfTask } = graphIndex(plan.graph);
  for (const position of affected) {
    for (const { task, edge } of waitersOfTask[position] ?? []) if (givesInput(release, plan.graph.tasks[task], edge)) affected.add(task);
  }
  return affected;
}

function isReached(order: Order, release: CompiledRelease, planned: PlannedTask, task: Task, item: Item, position: number): boolean {
  const { source } = planned;
  if (source.by === "billing-trigger") {
    const charge = item.charges.find((candidate) => candidate["key"] === source.charge["key"]);
    return !same(charge, source.charge);
  }
  if (source.by !== "template") return false;
  const template = required(release.planTemplates.get(source.template)?.tasks[source.task], planned.key);
  const facts = { order: orderFacts(order), item: itemFacts(order, item) };
  const included = !template.includeWhen || template.includeWhen.holds(facts);
  if (included !== (planned.excluded === null)) return true;
  if (!included) return false;
  const parameters = template.with.evaluate(facts);
  if (!same(parameters, planned.with) && task.alternatives === 0) return true;
  if (task.request === null) return false;
  const request = template.type.request.evaluate({
    ...facts,
    with: task.alternatives === 0 ? parameters : task.with,
    inputs: providedInputs(order, release, position, task.readyAt ?? order.acceptedAt),
    task: taskFacts(planned, task, release),
  });
  return !same(request, task.request);
}

function givesInput(release: CompiledRelease, waiter: PlannedTask | undefined, edge: number): boolean {
  if (waiter?.source.by !== "template") return false;
  const position = waiter.edges[edge]?.edge;
  return position !== null && position !== undefined && release.planTemplates.get(waiter.source.template)?.tasks[waiter.source.task]?.edges[position]?.provides !== undefined;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
