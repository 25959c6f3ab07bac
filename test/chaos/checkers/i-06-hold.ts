import { checker } from "./checker.ts";
import { isBeside, storiesOf, typeOf } from "./story.ts";
import { Track } from "./track.ts";

const HOLDS: ReadonlySet<string> = new Set(["HELD", "ASSESSING_CANCELLATION", "CANCELLING"]);

/** A hold stops what has not begun; finding out what an unknown command did goes on, but never by repeating what cannot be undone. */
export const hold = checker("I-06", "under a hold nothing new begins, and nothing irreversible is sent", function* (history) {
  for (const story of storiesOf(history)) {
    const track = new Track();
    for (const { event } of story.moments) {
      if (event.type === "TaskReady" || event.type === "TaskDispatched") {
        const planned = story.planned.get(event.taskId);
        const item = track.items.get(planned?.itemId ?? "") ?? "";
        const before = track.tasks.get(event.taskId);
        if (HOLDS.has(item) && !isBeside(planned)) {
          const irreversible = typeOf(story, event.taskId)?.definition.irreversible === true;
          if (event.type === "TaskDispatched" && (before === "READY" || irreversible)) yield [event.commandId, `was sent while its item was ${item}`] as const;
          if (event.type === "TaskReady" && before === "PENDING") yield [event.taskId, `became ready while its item was ${item}`] as const;
        }
      }
      track.apply(event);
    }
  }
});
