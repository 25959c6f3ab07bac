import { checker, groupBy } from "./checker.ts";
import { storiesOf, type Story } from "./story.ts";

export const constantKey = checker("I-02", "all attempts of one request carry one key, and no two tasks share one", function* (history) {
  const revisions = new Map<string, number>();
  for (const { moments } of storiesOf(history)) {
    for (const { event } of moments) if (event.type === "TaskAlternativeChosen" || event.type === "TaskPayloadCorrected") revisions.set(event.taskId, (revisions.get(event.taskId) ?? 0) + 1);
  }
  const stories = new Map(storiesOf(history).map((story) => [story.id, story]));
  const requests = history.fakes.filter(({ kind }) => kind === "request");
  for (const [taskId, sent] of groupBy(requests, (record) => record.taskId)) {
    const keys = new Set(sent.map(({ key }) => key));
    const allowed = 1 + (revisions.get(taskId) ?? 0);
    if (keys.size > allowed) yield [taskId, `was sent with ${keys.size} keys for ${allowed} requests`] as const;
    for (const [payload, same] of groupBy(sent, (record) => JSON.stringify(record.payload))) {
      if (new Set(same.map((record) => record.key)).size > 1) yield [taskId, `was sent with two keys for the one request ${payload}`] as const;
    }
  }
  for (const [key, sent] of groupBy(requests, (record) => record.key)) {
    const tasks = new Set(sent.map(({ orderId, taskId }) => workOf(stories.get(orderId), taskId)));
    if (tasks.size > 1) yield [key, `is the key of ${[...tasks].join(" and ")}`] as const;
  }
});

/** A charge that was never taken has its key for ever, whichever version of the plan tries it. */
function workOf(story: Story | undefined, taskId: string): string {
  const { source, itemId } = story?.planned.get(taskId) ?? {};
  return source?.by === "billing-trigger" ? `charge ${JSON.stringify(source.charge)} of item ${itemId} of ${story?.id ?? ""}` : taskId;
}
