import { Defect } from "../support/defect.ts";
import type { EventOf } from "./events.ts";
import { graphIndex } from "./graph-index.ts";
import type { Order } from "./order.ts";
import type { PlannedTask } from "./plan.ts";
import { newTask } from "./start-plan.ts";
import type { Task } from "./task.ts";

/** The part of `evolve` that pins another release: where the items' plans come from now, and which work is looked at anew. */
export function migrate(order: Order, event: EventOf<"OrderMigrated">): Order {
  if (order.release.digest !== event.from.digest) throw new Defect(`Order ${order.id} runs on ${order.release.digest}, not on ${event.from.digest}`);
  const decompositions = new Map(event.decompositions.map(({ itemId, decomposition }) => [itemId, decomposition]));
  const tasks = [...order.tasks];
  for (const taskId of event.restarted) {
    const position = order.plan ? graphIndex(order.plan.graph).taskPosition.get(taskId) : undefined;
    const [task, planned] = [tasks[position ?? -1], order.plan?.graph.tasks[position ?? -1]];
    if (position === undefined || !task || !planned) throw new Defect(`Order ${order.id} has no task ${taskId}`);
    tasks[position] = restart(task, planned, event.at);
  }
  return {
    ...order,
    release: event.to,
    items: order.items.map((item) => (decompositions.has(item.id) ? { ...item, decomposition: decompositions.get(item.id) ?? null } : item)),
    tasks,
  };
}

/** As if it had never been ready. What stopped after it was sent keeps its history, and gets a new request and so a new key. */
function restart(task: Task, planned: PlannedTask, at: string): Task {
  if (task.state === "PENDING" || task.state === "READY") return newTask(planned, at);
  if (task.state !== "AWAITING_MANUAL_ACTION" || task.effect !== "NONE") throw new Defect(`Task ${task.id} is ${task.state} and cannot be looked at anew`);
  return {
    ...task,
    unmetEdges: planned.edges.map((_, edge) => edge),
    with: planned.with,
    alternatives: 0,
    request: null,
    requestRevision: task.requestRevision + 1,
    requestAttempt: task.attempts + 1,
    idempotencyKey: null,
  };
}
