import type { EventOf, OrderEvent, OrderEventType } from "../../engine/order/events.ts";
import type { NewOrder, Order } from "../../engine/order/order.ts";
import type { Task } from "../../engine/order/task.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { simulate } from "../../engine/simulate/simulate.ts";
import { START } from "../support/order-of.ts";
import { shipped } from "./samples.ts";

/** What a scenario is judged by, whoever played it: the order, what happened to it, and what the systems did. */
export interface Told {
  readonly order: Order;
  readonly events: readonly OrderEvent[];
  /** `system.action` -> effects that took place, and commands sent. */
  readonly effects: { readonly [name: string]: number };
  readonly commands: { readonly [name: string]: number };
}

/** One order of the shipped release through the product's own simulator. */
export async function simulated(order: NewOrder, script: readonly ScriptLine[] = []): Promise<Told> {
  const run = await simulate(order, shipped, script, START);
  if (run.rejections.length > 0) throw new Error(JSON.stringify(run.rejections));
  return { order: run.order, events: run.journal.flatMap(({ events }) => events), effects: run.effects, commands: run.commands };
}

/** The newest task of a name: `key` in item 1, or `item/key`. */
export function taskOf({ order }: Pick<Told, "order">, name: string): Task {
  const wanted = name.includes("/") ? name : `1/${name}`;
  const position = order.plan?.graph.tasks.findLastIndex(({ itemId, key }) => `${itemId}/${key}` === wanted) ?? -1;
  const found = order.tasks[position];
  if (!found) throw new Error(`The plan has no task ${wanted}.`);
  return found;
}

/** Events of one type, about one task if one is named. */
export function past<T extends OrderEventType>(told: Told, type: T, name?: string): readonly EventOf<T>[] {
  const taskId = name === undefined ? null : taskOf(told, name).id;
  return told.events.filter((event): event is EventOf<T> => event.type === type && (taskId === null || ("taskId" in event && event.taskId === taskId)));
}

export const openCases = ({ order }: Pick<Told, "order">) => order.cases.filter(({ state }) => state === "OPEN");

/** States of order and plan, and of each item with what its customer reads. */
export function standing({ order }: Pick<Told, "order">): readonly (string | null)[] {
  return [order.state, order.plan?.state ?? "NO PLAN", ...order.items.map(({ state, customerStatus }) => `${state}:${customerStatus ?? ""}`)];
}

/** How often each charge's trigger was sent and acknowledged. */
export const charged = (told: Told): number => told.effects["billing.start-charge"] ?? 0;
