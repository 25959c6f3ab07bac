import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { NewOrder, Order } from "../../../engine/order/order.ts";
import type { Task } from "../../../engine/order/task.ts";
import { LiveRun, type WorldRules } from "../../impact/live-run.ts";
import { orderOf, START } from "../../support/order-of.ts";

/** Work takes a minute; what is named fails once, provably without effect. */
export function world(...failing: readonly string[]): WorldRules {
  return { durationMs: () => 60_000, fault: (name, attempt) => (failing.includes(name) && attempt === 1 ? "PERMANENT" : null) };
}

/** An order that was let run until something is so. */
export async function runUntil(release: CompiledRelease, isSo: (order: Order) => boolean, rules: WorldRules = world(), order: NewOrder = orderOf()): Promise<LiveRun> {
  const run = await LiveRun.start(order, release, rules, START);
  while (!isSo(run.order)) if (!(await run.step())) throw new Error(`It never came so; the order is ${run.order.state}`);
  return run;
}

/** The newest task of item 1 with a key. */
export function taskOf(order: Order, key: string): Task | undefined {
  return order.tasks[order.plan?.graph.tasks.findLastIndex((planned) => planned.key === key && planned.itemId === "1") ?? -1];
}

/** True once a task of item 1 is in a state. */
export function is(key: string, state: Task["state"]): (order: Order) => boolean {
  return (order) => taskOf(order, key)?.state === state;
}
