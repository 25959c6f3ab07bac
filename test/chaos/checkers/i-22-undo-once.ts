import { checker, groupBy } from "./checker.ts";
import { storiesOf } from "./story.ts";
import { effectsByTask } from "./undone-work.ts";

export const undoOnce = checker("I-22", "an undo names work that was done, and work is undone at most once", function* (history) {
  const effects = effectsByTask(history);
  for (const { id, order, moments, planned } of storiesOf(history)) {
    const done = new Set<string>();
    for (const { event } of moments) {
      if (event.type === "TaskSucceeded" || event.type === "LateResultRecorded") done.add(event.taskId);
      if (event.type !== "CompensationRequested") continue;
      const { originalTaskId } = event.compensation;
      if (!planned.has(originalTaskId)) yield [event.compensation.id, `names ${originalTaskId}, which is no task of the order`] as const;
      else if (!done.has(originalTaskId)) yield [event.compensation.id, `undoes ${originalTaskId}, which was not done`] as const;
    }
    for (const [original, undos] of groupBy(order?.compensations ?? [], ({ originalTaskId }) => originalTaskId)) {
      const times = undos.filter(({ taskId }) => effects.has(taskId)).length;
      if (times > 1 || undos.filter(({ state }) => state !== "REFUSED" && state !== "FAILED").length > 1) yield [id, `undoes ${original} ${undos.length} times`] as const;
    }
  }
});
