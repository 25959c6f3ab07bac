import { ITEM_MACHINE, ORDER_MACHINE, PLAN_MACHINE, TASK_MACHINE } from "../../../engine/order/machines.ts";
import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";
import { movesItems, Track } from "./track.ts";

type Table = { readonly [state: string]: readonly string[] };

/** As they were published when the checker was loaded: whoever bends a table at run time is found out. */
const [ORDERS, ITEMS, PLANS, TASKS] = [ORDER_MACHINE, ITEM_MACHINE, PLAN_MACHINE, TASK_MACHINE].map((table): Table => structuredClone(table)) as [Table, Table, Table, Table];

/** Every move stands in the published tables, and the stored states are those the journal leads to. */
export const transitions = checker("I-10", "every transition is in its table; final states have no exit", function* (history) {
  for (const { id, moments, order } of storiesOf(history)) {
    const track = new Track();
    for (const { event } of moments) {
      const before = { order: track.order, plan: track.plan, items: movesItems(event.type) ? new Map(track.items) : track.items, task: "taskId" in event ? track.tasks.get(event.taskId) : undefined };
      track.apply(event);
      if (event.type === "OrderSubmitted") continue;
      if (!may(ORDERS, before.order, track.order)) yield [id, `${event.type} moved the order from ${before.order} to ${track.order}`] as const;
      if (event.type !== "PlanSuperseded" && before.plan !== null && !may(PLANS, before.plan, track.plan ?? "")) yield [id, `${event.type} moved the plan from ${before.plan} to ${track.plan ?? ""}`] as const;
      for (const [itemId, state] of track.items) if (!may(ITEMS, before.items.get(itemId) ?? state, state)) yield [id, `${event.type} moved item ${itemId} from ${before.items.get(itemId) ?? ""} to ${state}`] as const;
      if (!("taskId" in event) || before.task === undefined) continue;
      const after = track.tasks.get(event.taskId) ?? "";
      if (!may(TASKS, before.task, after)) yield [event.taskId, `${event.type} moved it from ${before.task} to ${after}`] as const;
    }
    if (!order) continue;
    if (track.order !== order.state) yield [id, `is stored as ${order.state}, its journal says ${track.order}`] as const;
    for (const task of order.tasks) if (track.tasks.get(task.id) !== task.state) yield [task.id, `is stored as ${task.state}, its journal says ${track.tasks.get(task.id) ?? "nothing"}`] as const;
  }
});

function may(table: Table, from: string, to: string): boolean {
  return from === to || (table[from] ?? []).includes(to);
}
