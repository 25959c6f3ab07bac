import type { Lock } from "../../../engine/order/task.ts";
import { checker } from "./checker.ts";
import { commitsOf, storiesOf } from "./story.ts";
import { FAILURE, SUCCESS, taskStateAfter } from "./track.ts";

/** Followed over all orders in the order of commits; the table of locks must say the same in the end. */
export const locks = checker("I-38", "no two tasks hold one lock, and a lock is free when its task has ended", function* (history) {
  const needed = new Map<string, readonly Lock[]>();
  const held = new Map<string, Set<string>>();
  const holders = (lock: Lock) => {
    const name = `${lock.scope}|${lock.key}`;
    const known = held.get(name) ?? new Set();
    held.set(name, known);
    return known;
  };
  for (const commit of commitsOf(history)) {
    const taken = new Set<string>();
    for (const event of commit.flatMap(({ events }) => events)) {
      if (!("taskId" in event)) continue;
      const { taskId } = event;
      if (event.type === "TaskReady") needed.set(taskId, event.locks);
      const state = taskStateAfter(event) ?? "";
      const takes = event.type === "TaskDispatched" || (event.type === "TaskManualActionRequired" && event.manual.cause === "WORK");
      const frees = SUCCESS.has(state) || FAILURE.has(state) || event.type === "TaskAlternativeChosen";
      if (!takes && !frees) continue;
      for (const lock of needed.get(taskId) ?? []) {
        if (takes) holders(lock).add(taskId);
        else holders(lock).delete(taskId);
        taken.add(`${lock.scope}|${lock.key}`);
      }
    }
    for (const name of taken) {
      const both = held.get(name) ?? new Set();
      if (both.size > 1) yield [name, `is held by ${[...both].join(" and ")}`] as const;
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
