import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Order } from "../../engine/order/order.ts";
import type { PlannedTask } from "../../engine/order/plan.ts";

/** The business names of an order's parts, so that no key stands where a title exists. */
export interface OrderNames {
  readonly product: () => string;
  readonly task: (taskId: string) => string;
  /** True for a message to the customer that planning generated: left out, it is no news. */
  readonly isMessage: (taskId: string) => boolean;
  /** Title of the system a task is sent to. */
  readonly system: (taskId: string) => string;
  readonly milestone: (milestoneId: string) => string;
  readonly status: (itemId: string, key: string) => string;
  readonly item: (itemId: string) => string;
}

/**
 * Reads the names from the order's plan and its release. With several items each name says which item it belongs to; two
 * tasks of an item with the same title are told apart by their keys.
 */
export function orderNames(order: Order, release: CompiledRelease): OrderNames {
  const planned = order.plan?.graph.tasks ?? [];
  const tasks = new Map(planned.map((task) => [task.id, task]));
  const milestones = new Map(order.plan?.graph.milestones.map((milestone) => [milestone.id, milestone]));
  const items = new Map(order.items.map((item) => [item.id, item]));
  const shared = sharedTitles(planned);
  const of = (title: string, itemId: string): string => (order.items.length > 1 ? `${title} [${itemId}]` : title);
  const productOf = (itemId: string): string => {
    const item = items.get(itemId);
    const template = release.planTemplates.get(item?.decomposition?.template ?? "")?.definition.title;
    return template ?? release.orderSchemas.get(item?.offering ?? "")?.definition.title ?? item?.offering ?? itemId;
  };
  return {
    product: () => [...new Set(order.items.map(({ id }) => productOf(id)))].join(" + "),
    task: (taskId) => {
      const task = tasks.get(taskId);
      if (task === undefined) return taskId;
      return of(shared.has(titleKey(task)) ? `${task.title} (${task.key})` : task.title, task.itemId);
    },
    isMessage: (taskId) => ["milestone-message", "status-message"].includes(tasks.get(taskId)?.source.by ?? ""),
    system: (taskId) => {
      const type = release.taskTypes.get(tasks.get(taskId)?.type ?? "");
      return type?.targetSystem?.definition.title ?? type?.definition.title ?? "its system";
    },
    milestone: (milestoneId) => {
      const milestone = milestones.get(milestoneId);
      return milestone === undefined ? milestoneId : of(milestone.title, milestone.itemId);
    },
    status: (itemId, key) => {
      const template = release.planTemplates.get(items.get(itemId)?.decomposition?.template ?? "");
      const title = template?.milestoneMap.definition.statuses.find((status) => status.key === key)?.title ?? {};
      return of(title["en"] ?? Object.values(title)[0] ?? key, itemId);
    },
    item: (itemId) => of(productOf(itemId), itemId),
  };
}

/** Titles that more than one task of an item has. */
function sharedTitles(tasks: readonly PlannedTask[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const task of tasks) {
    const key = titleKey(task);
    if (seen.has(key)) shared.add(key);
    seen.add(key);
  }
  return shared;
}

function titleKey(task: PlannedTask): string {
  return `${task.itemId} ${task.title}`;
}
