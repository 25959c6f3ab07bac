import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";
import { undoneWork } from "./undone-work.ts";

export const noBillingWhenCancelled = checker("I-20", "a cancelled item's charges are taken back, or it is recorded why not", function* (history) {
  for (const story of storiesOf(history)) {
    for (const { taskId, planned } of undoneWork(history, story)) if (planned.source.by === "billing-trigger") yield [taskId, "was billed, its item is cancelled, and nothing takes it back"] as const;
  }
});
