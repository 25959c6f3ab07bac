import { checker } from "./checker.ts";
import { commitsOf, typeOf } from "./story.ts";
import { Track } from "./track.ts";

export const bulkhead = checker("I-37", "no system gets more commands at a time than its limit", function* (history) {
  const tracks = new Map<string, Track>();
  const busy = new Map<string, Set<string>>();
  for (const commit of commitsOf(history)) {
    const filled = new Map<string, number>();
    for (const { story, events } of commit) {
      const track = tracks.get(story.id) ?? new Track();
      tracks.set(story.id, track);
      for (const event of events) {
        track.apply(event);
        const system = "taskId" in event ? typeOf(story, event.taskId)?.targetSystem?.definition : undefined;
        if (!system || !("taskId" in event)) continue;
        const now = busy.get(system.key) ?? new Set();
        busy.set(system.key, now);
        if (track.tasks.get(event.taskId) === "DISPATCHED") now.add(event.taskId);
        else now.delete(event.taskId);
        filled.set(system.key, system.limits.concurrency);
      }
    }
    for (const [system, limit] of filled) {
      const now = busy.get(system)?.size ?? 0;
      if (now > limit) yield [system, `had ${now} commands at a time, ${limit} are allowed`] as const;
    }
  }
});
