import { outcomeOf } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";
import type { PlannedTask } from "../../engine/order/plan.ts";
import type { Task } from "../../engine/order/task.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import { msBetween } from "../../engine/support/instant.ts";
import { humanMs } from "../look/human-duration.ts";
import { TASK_LOOKS } from "../look/state-look.ts";
import { formatInstant, formatMoney } from "../look/format.ts";
import type { PlanView, TaskCard } from "../plan/plan-view.ts";
import type { TaskStanding } from "../plan/task-node.tsx";
import { simulate as words } from "../strings/simulate.ts";

/** A task of an order with its plan: the two halves of it. */
export interface OrderTask {
  readonly planned: PlannedTask;
  readonly task: Task;
}

/** What a charge is for, in words: `base-fee` is written by channels, people read "Base fee". */
export function chargeName(charge: JsonObject): string {
  const key = typeof charge["key"] === "string" ? charge["key"].replaceAll("-", " ") : "";
  const name = typeof charge["name"] === "string" ? charge["name"] : key.charAt(0).toUpperCase() + key.slice(1);
  const price = formatMoney(charge["amount"], charge["currency"]);
  return [name, price].filter((part) => part !== "").join(", ");
}

/** The name of a task for people. */
export function titleOf({ title, source }: PlannedTask): string {
  if (source.by !== "billing-trigger" || typeof source.charge["key"] !== "string") return title;
  return title.endsWith(source.charge["key"]) ? title.slice(0, -source.charge["key"].length) + chargeName(source.charge) : title;
}

/** The tasks of one item, those of the latest plan where a key was planned again. */
export function tasksOf(order: Order, itemId: string): readonly OrderTask[] {
  const found = new Map<string, OrderTask>();
  order.plan?.graph.tasks.forEach((planned, position) => {
    const task = order.tasks[position];
    if (planned.itemId === itemId && task !== undefined) found.set(planned.key, { planned, task });
  });
  return [...found.values()];
}

/** How the tasks of one item stand, by key. */
export function standingsOf(order: Order, itemId: string): ReadonlyMap<string, TaskStanding> {
  return new Map(tasksOf(order, itemId).map(({ planned, task }) => [planned.key, { look: TASK_LOOKS[task.state], facts: factsOf(task) }]));
}

/** One line about a task as it stands. */
function factsOf(task: Task): string {
  const look = TASK_LOOKS[task.state];
  if (task.state === "SUCCEEDED" && task.startedAt !== null && task.finishedAt !== null) return words.doneIn(humanMs(msBetween(task.startedAt, task.finishedAt)));
  const clock = task.timers.retry ?? task.timers.query ?? task.timers.window ?? task.timers.wake ?? task.timers.timeout;
  if (outcomeOf(task.state) === "OPEN" && clock !== undefined && task.state !== "PENDING") return `${look.word} · ${words.until(formatInstant(clock))}`;
  return task.attempts > 1 ? `${look.word} · ${words.attempt(task.attempts)}` : look.word;
}

/**
 * The picture of an item's plan with the work that follows from it: charges, messages, and each undoing as its own way
 * back from what it undoes.
 */
export function withGenerated(view: PlanView, order: Order, itemId: string): PlanView {
  const drawn = new Set(view.tasks.map(({ key }) => key));
  const keyOf = new Map(order.plan?.graph.tasks.map(({ id, key }) => [id, key]));
  const undoing = tasksOf(order, itemId).filter(({ planned }) => !drawn.has(planned.key) && (planned.source.by === "compensation" || planned.source.by === "withdrawal" || planned.source.by === "amendment"));
  const tasks = undoing.map(({ planned }): TaskCard => ({ key: planned.key, category: null, pointer: `generated:${planned.key}`, title: planned.title, performer: null, by: "system", facts: "", pointOfNoReturn: null, conditional: false, undoable: false }));
  const edges = undoing.map(({ planned }) => {
    const of = "of" in planned.source ? planned.source.of : "";
    return { id: `undo ${planned.id}`, pointer: `generated:${planned.key}`, from: keyOf.get(of) ?? of, to: planned.key, look: "undo" as const, label: null };
  });
  return { ...view, tasks: [...view.tasks, ...tasks], edges: [...view.edges, ...edges.filter(({ from }) => drawn.has(from))] };
}

/** Which dependencies are met, and which hold a waiting task back now. */
export function edgeStandings(view: PlanView, order: Order, itemId: string): ReadonlyMap<string, "met" | "blocking"> {
  const standing = new Map<string, "met" | "blocking">();
  const byKey = new Map(tasksOf(order, itemId).map((entry) => [entry.planned.key, entry]));
  for (const edge of view.edges) {
    const found = byKey.get(edge.to);
    const index = Number(/\/dependsOn\/(\d+)$/.exec(edge.pointer)?.[1] ?? Number.NaN);
    if (found === undefined || Number.isNaN(index)) continue;
    const unmet = found.task.unmetEdges.some((position) => found.planned.edges[position]?.edge === index);
    const from = byKey.get(edge.from);
    if (!unmet) standing.set(edge.pointer, "met");
    else if (from !== undefined && outcomeOf(from.task.state) === "OPEN" && from.task.state !== "PENDING") standing.set(edge.pointer, "blocking");
  }
  return standing;
}
