import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Order } from "../../engine/order/order.ts";

/** The business names of an order's parts, so that no key stands where a title exists. */
export interface OrderNames {
  readonly product: () => string;
  readonly task: (taskId: string) => string;
  /** Title of the system a task is sent to. */
  readonly system: (taskId: string) => string;
  readonly milestone: (milestoneId: string) => string;
  readonly status: (itemId: string, key: string) => string;
  readonly item: (itemId: string) => string;
}

/** Reads the names from the order's plan and its release. With several items each name says which item it belongs to. */
export function orderNames(order: Order, release: CompiledRelease): OrderNames {
  const tasks = new Map(order.plan?.graph.tasks.map((task) => [task.id, task]));
  const milestones = new Map(order.plan?.graph.milestones.map((milestone) => [milestone.id, milestone]));
  const several = order.items.length > 1;
  const titled = (title: string, itemId: string | undefined): string => (several && itemId !== undefined ? `${title} [${itemId}]` : title);
  const offering = (itemId: string): string => {
    const key = order.items.find(({ id }) => id === itemId)?.offering ?? itemId;
    return release.orderSchemas.get(key)?.definition.title ?? key;
  };
  return {
    product: () => [...new Set(order.items.filter(({ parentId }) => parentId === null).map(({ id }) => offering(id)))].join(", "),
    task: (taskId) => titled(tasks.get(taskId)?.title ?? taskId, tasks.get(taskId)?.itemId),
    system: (taskId) => {
      const type = release.taskTypes.get(tasks.get(taskId)?.type ?? "");
      return type?.targetSystem?.definition.title ?? type?.definition.title ?? "its system";
    },
    milestone: (milestoneId) => titled(milestones.get(milestoneId)?.title ?? milestoneId, milestones.get(milestoneId)?.itemId),
    status: (itemId, key) => {
      const template = order.items.find(({ id }) => id === itemId)?.decomposition?.template ?? "";
      const title = release.planTemplates.get(template)?.milestoneMap.definition.statuses.find((status) => status.key === key)?.title;
      return title?.["en"] ?? Object.values(title ?? {})[0] ?? key;
    },
    item: (itemId) => (several ? `${offering(itemId)} [${itemId}]` : offering(itemId)),
  };
}
