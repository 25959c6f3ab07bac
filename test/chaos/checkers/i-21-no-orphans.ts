import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";
import { undoneWork } from "./undone-work.ts";

export const noOrphans = checker("I-21", "what a cancelled item reserved is released", function* (history) {
  for (const story of storiesOf(history)) {
    for (const { taskId, planned } of undoneWork(history, story)) if (planned.source.by !== "billing-trigger") yield [taskId, "took effect, its item is cancelled, and nothing undoes it"] as const;
  }
});
