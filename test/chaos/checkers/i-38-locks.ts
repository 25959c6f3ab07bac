import type { Lock } from "../../../engine/order/task.ts";
import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";
import { FAILURE, SUCCESS, taskStateAfter } from "./track.ts";

/** Followed over all orders in the order of commits; the table of locks must say the same in the end. */
export const locks = checker("I-38", "no two tasks hold one lock, and a lock is free when its task has ended", function* (history) {
  const needed = new Map<string, readonly Lock[]>();
  const held = new Map<string, string>();
  const free = (taskId: string) => { for (const [name, holder] of held) if (holder === taskId) held.delete(name); };
  for (const { events } of history.dump.journal) {
    for (const event of events) {
      if (!("taskId" in event)) continue;
      const { taskId } = event;
      if (event.type === "TaskReady") needed.set(taskId, event.locks);
      const state = taskStateAfter(event) ?? "";
      if (event.type === "TaskDispatched" || (event.type === "TaskManualActionRequired" && event.manual.cause === "WORK")) {
        for (const { scope, key } of needed.get(taskId) ?? []) {
          const name = `${scope}|${key}`;
          const holder = held.get(name);
          if (holder !== undefined && holder !== taskId) yield [name, `was taken by ${taskId} while ${holder} held it`] as const;
          held.set(name, taskId);
        }
      } else if (SUCCESS.has(state) || FAILURE.has(state) || event.type === "TaskAlternativeChosen") free(taskId);
    }
  }
  const stored = new Map(history.dump.locks.map(({ name, taskId }) => [name, taskId]));
  for (const { order } of storiesOf(history)) {
    for (const task of order?.tasks ?? []) {
      if (!task.locked) continue;
      for (const { scope, key } of task.locks) if (stored.get(`${scope}|${key}`) !== task.id) yield [task.id, `holds ${scope}|${key}, but the table of locks says ${stored.get(`${scope}|${key}`) ?? "nobody"}`] as const;
    }
  }
  const locked = new Set(storiesOf(history).flatMap(({ order }) => (order?.tasks ?? []).filter((task) => task.locked).map((task) => task.id)));
  for (const [name, taskId] of stored) if (!locked.has(taskId)) yield [name, `is kept for ${taskId}, which does not hold it`] as const;
});
