import { checker } from "./checker.ts";
import { storiesOf, typeOf } from "./story.ts";
import { Track } from "./track.ts";

export const bulkhead = checker("I-37", "no system gets more commands at a time than its limit", function* (history) {
  const stories = new Map(storiesOf(history).map((story) => [story.id, { story, track: new Track() }]));
  const busy = new Map<string, number>();
  for (const { orderId, events } of history.dump.journal) {
    const told = stories.get(orderId);
    if (!told) continue;
    const { story, track } = told;
    for (const event of events) {
      const taskId = "taskId" in event ? event.taskId : "";
      const before = track.tasks.get(taskId) === "DISPATCHED";
      track.apply(event);
      const after = track.tasks.get(taskId) === "DISPATCHED";
      const system = before === after ? undefined : typeOf(story, taskId)?.targetSystem?.definition.key;
      if (system === undefined) continue;
      const now = (busy.get(system) ?? 0) + (after ? 1 : -1);
      busy.set(system, now);
      const limit = typeOf(story, taskId)?.targetSystem?.definition.limits.concurrency ?? Infinity;
      if (after && now > limit) yield [system, `had ${now} commands at a time, ${limit} are allowed`] as const;
    }
  }
});
