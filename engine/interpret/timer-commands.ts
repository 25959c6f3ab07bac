import type { CancelTimer, SetTimer } from "../order/commands.ts";
import type { Item, Milestone, Order } from "../order/order.ts";
import type { TaskTimers } from "../order/task.ts";
import type { Changes } from "./interpretation.ts";

type TimerCommand = SetTimer | CancelTimer;

/**
 * Timers are part of the state; these commands only tell whoever keeps the clock what changed. Ids:
 * `<taskId>#<purpose>`, `<orderId>/<itemId>#deadline`, `<orderId>/<milestoneId>#due`.
 */
export function timerCommands(before: Order | null, after: Order, changes: Changes): TimerCommand[] {
  const commands: TimerCommand[] = [];
  for (const position of changes.tasks) {
    const task = after.tasks[position];
    const was: TaskTimers = before?.tasks[position]?.timers ?? {};
    if (!task || was === task.timers) continue;
    for (const purpose of TASK_TIMER_PURPOSES) compare(commands, `${task.id}#${purpose}`, was[purpose], task.timers[purpose]);
  }
  for (const position of changes.items) {
    const item = after.items[position];
    if (item) compare(commands, `${after.id}/${item.id}#deadline`, deadlineOf(before?.items[position]), deadlineOf(item));
  }
  for (const position of changes.milestones) {
    const milestone = after.milestones[position];
    if (milestone) compare(commands, `${after.id}/${milestone.id}#due`, dueOf(before?.milestones[position]), dueOf(milestone));
  }
  return commands;
}

function compare(commands: TimerCommand[], timerId: string, was: string | undefined, is: string | undefined): void {
  if (was === is) return;
  commands.push(is === undefined ? { type: "CancelTimer", timerId } : { type: "SetTimer", timerId, dueAt: is });
}

const TASK_TIMER_PURPOSES = ["wake", "window", "timeout", "retry", "query", "escalate"] as const;

/** All timers an order should have running, by id. For stores that rebuild them and for tests. */
export function timersOf(order: Order): ReadonlyMap<string, string> {
  const all = (list: readonly unknown[]) => list.map((_, position) => position);
  const changes = { head: true, plan: true, items: all(order.items), tasks: all(order.tasks), milestones: all(order.milestones), cases: [] };
  const set = timerCommands(null, order, changes).filter((command) => command.type === "SetTimer");
  return new Map(set.map(({ timerId, dueAt }) => [timerId, dueAt]));
}

function deadlineOf(item: Item | undefined): string | undefined {
  if (!item || item.deadlinePassed || item.state === "COMPLETED" || item.state === "CANCELLED" || item.state === "FAILED") return undefined;
  return item.deadlineAt ?? undefined;
}

function dueOf(milestone: Milestone | undefined): string | undefined {
  return milestone?.outcome === "OPEN" ? (milestone.dueAt ?? undefined) : undefined;
}
