import type { OrderEvent } from "../../../engine/order/events.ts";
import { checker } from "./checker.ts";
import { isCommand, storiesOf, typeOf, type Story } from "./story.ts";

/** What may follow a command only once it is known what it did. */
const CONCLUSIONS: ReadonlySet<string> = new Set(["TaskRetryScheduled", "TaskFailedFinally", "TaskCancelled", "TaskAlternativeChosen"]);

export const unknownNotFailed = checker("I-08", "what a command did is found out before it is given up or sent again", function* (history) {
  for (const story of storiesOf(history)) {
    const unsettled = new Set<string>();
    for (const { event } of story.moments) {
      if (!("taskId" in event) || !isCommand(story, event.taskId)) continue;
      const { taskId } = event;
      const decided = "by" in event && event.by !== undefined;
      if (unsettled.has(taskId) && !decided) {
        if (CONCLUSIONS.has(event.type)) yield [taskId, `${event.type} came while nobody knew what its command had done`] as const;
        if (event.type === "TaskDispatched" && !honorsKey(story, taskId)) yield [event.commandId, "was sent again while nobody knew what the attempt before had done"] as const;
      }
      if (event.type === "TaskDispatched") unsettled.add(taskId);
      else if (settles(event)) unsettled.delete(taskId);
    }
  }
});

function honorsKey(story: Story, taskId: string): boolean {
  return typeOf(story, taskId)?.targetSystem?.definition.effects.class === "idempotent-key";
}

/** A definite answer, its proof, or a person's word. */
function settles(event: OrderEvent): boolean {
  switch (event.type) {
    case "TaskReconciled": return event.found === "notFound" || event.found === "failed";
    case "TaskAttemptFailed": return event.failure.effect !== "POSSIBLE" && event.failure.class !== "UNKNOWN" && event.failure.class !== "DUPLICATE";
    case "TaskSucceeded": case "TaskFailedFinally": case "TaskRetryRequested": case "TaskCancelled": return true;
    default: return false;
  }
}
