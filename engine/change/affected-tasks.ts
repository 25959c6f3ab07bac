import { providedInputs } from "../interpret/dependencies.ts";
import { itemFacts, orderFacts, taskFacts } from "../interpret/facts-of.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import { graphIndex } from "../order/graph-index.ts";
import type { Item, Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Task } from "../order/task.ts";
import { workName } from "../plan/item-plan.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { required } from "../support/defect.ts";
import type { Json } from "../support/json.ts";

/** How an amendment reaches a task: it is wanted in another way, or not wanted any more. */
export type Reach = "changed" | "dropped";

/**
 * The tasks an amendment reaches: those whose parameters or request evaluate to something else than for the item as it is, that are needed or not
 * needed any more, whose charge has changed - and everything that receives an input from one of them. Of several versions
 * of one task only the newest stands for the work, and what is undone stands for none.
 */
export function affectedTasks(order: Order, release: CompiledRelease, wanted: ReadonlyMap<string, Item>): ReadonlyMap<number, Reach> {
  const plan = required(order.plan, `The plan of ${order.id}`);
  const affected = new Map<number, Reach>();
  const newest = newestVersions(plan.graph.tasks);
  const undone = new Set(order.compensations.map(({ originalTaskId }) => originalTaskId));
  plan.graph.tasks.forEach((planned, position) => {
    const item = wanted.get(planned.itemId);
    if (!item || newest.get(workName(planned)) !== position || undone.has(planned.id)) return;
    const reach = reachOf(order, release, planned, required(order.tasks[position], planned.id), item, position);
    if (reach !== null) affected.set(position, reach);
  });
  const { waitersOfTask, taskPosition } = graphIndex(plan.graph);
  for (const [position] of affected) {
    for (const { task, edge } of waitersOfTask[position] ?? []) {
      const planned = plan.graph.tasks[task];
      if (planned && !affected.has(task) && !undone.has(planned.id) && newest.get(workName(planned)) === task && givesInput(release, planned, edge)) affected.set(task, "changed");
    }
  }
  // A change of the same work that is still on its way is overtaken by this one.
  plan.graph.tasks.forEach(({ source }, position) => {
    if (source.by === "amendment" && affected.has(taskPosition.get(source.of) ?? -1)) affected.set(position, "dropped");
  });
  return affected;
}

/** Position of the newest version of every task, by the name of its work. */
export function newestVersions(tasks: readonly PlannedTask[]): ReadonlyMap<string, number> {
  return new Map(tasks.map((planned, position) => [workName(planned), position]));
}

function reachOf(order: Order, release: CompiledRelease, planned: PlannedTask, task: Task, item: Item, position: number): Reach | null {
  const { source } = planned;
  if (source.by === "billing-trigger") {
    const charge = item.charges.find((candidate) => candidate["key"] === source.charge["key"]);
    return charge === undefined ? "dropped" : same(charge, source.charge) ? null : "changed";
  }
  if (source.by !== "template") return null;
  const template = required(release.planTemplates.get(source.template)?.tasks[source.task], planned.key);
  const before = { order: orderFacts(order), item: itemFacts(order, itemNow(order, item)) };
  const after = { order: orderFacts(order), item: itemFacts(order, item) };
  const included = !template.includeWhen || template.includeWhen.holds(after);
  if (included !== (planned.excluded === null)) return included ? "changed" : "dropped";
  if (!included) return null;
  // An alternative that was chosen stands in for what the template says.
  const withBefore = task.alternatives === 0 ? template.with.evaluate(before) : task.with;
  const withAfter = task.alternatives === 0 ? template.with.evaluate(after) : task.with;
  if (!same(withBefore, withAfter)) return "changed";
  if (task.request === null) return null;
  const rest = { inputs: providedInputs(order, release, position, task.readyAt ?? order.acceptedAt), task: taskFacts(planned, task, release) };
  const { request } = template.type;
  return same(request.evaluate({ ...before, with: withBefore, ...rest }), request.evaluate({ ...after, with: withAfter, ...rest })) ? null : "changed";
}

function itemNow(order: Order, { id }: Item): Item {
  return required(order.items.find((item) => item.id === id), id);
}

function givesInput(release: CompiledRelease, waiter: PlannedTask, edge: number): boolean {
  if (waiter.source.by !== "template") return false;
  const position = waiter.edges[edge]?.edge;
  return position !== null && position !== undefined && release.planTemplates.get(waiter.source.template)?.tasks[waiter.source.task]?.edges[position]?.provides !== undefined;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
