import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

/** After the faults the revenue of what was delivered is either in billing or somebody said why it is not. */
export const billingAcknowledged = checker("I-19", "a completed item's charges are in billing, or it is recorded why not", function* (history) {
  const billed = new Set(history.fakes.filter(({ kind }) => kind === "effect").map(({ taskId }) => taskId));
  for (const { order, planned, moments } of storiesOf(history)) {
    const excused = new Set<string>();
    const reached = new Set<string>();
    for (const { event } of moments) {
      if (event.type === "TaskSkipped" || event.type === "TaskFailedFinally" || event.type === "TaskCancelled" || event.type === "TaskWaived") excused.add("taskId" in event ? event.taskId : "");
      if (event.type === "FalloutCaseOpened" && event.case.taskId !== null) excused.add(event.case.taskId);
      if (event.type === "MilestoneReached") reached.add(event.milestoneId);
    }
    const completed = new Set((order?.items ?? []).filter(({ state }) => state === "COMPLETED").map(({ id }) => id));
    for (const { id, itemId, source, excluded } of planned.values()) {
      if (source.by !== "billing-trigger" || excluded !== null || !completed.has(itemId) || !reached.has(source.milestoneId)) continue;
      if (!billed.has(id) && !excused.has(id)) yield [id, "is not in billing, and nothing says why"] as const;
    }
  }
});
