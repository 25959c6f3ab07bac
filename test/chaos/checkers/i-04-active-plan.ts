import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";
import { Track } from "./track.ts";

export const activePlan = checker("I-04", "a task is sent only by a plan that is running", function* (history) {
  for (const { moments } of storiesOf(history)) {
    const track = new Track();
    for (const { event } of moments) {
      if (event.type === "TaskDispatched" && track.plan !== "RUNNING" && track.plan !== "BLOCKED") {
        yield [event.commandId, `was sent while plan ${track.planId ?? "none"} was ${track.plan ?? "not made"}`] as const;
      }
      track.apply(event);
    }
  }
});
