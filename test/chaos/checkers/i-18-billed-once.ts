import { isJsonObject } from "../../../engine/support/json.ts";
import { checker, groupBy } from "./checker.ts";
import { storiesOf, type Story } from "./story.ts";
import { effectsByTask } from "./undone-work.ts";

export const billedOnce = checker("I-18", "a charge is handed to billing once, and not before its milestone", function* (history) {
  const charges = history.fakes.filter(({ kind, action }) => kind === "effect" && action === "charge");
  const stories = new Map(storiesOf(history).map((story) => [story.id, story]));
  const chargeOf = (orderId: string, taskId: string) => {
    const planned = stories.get(orderId)?.planned.get(taskId);
    return planned?.source.by === "billing-trigger" && isJsonObject(planned.source.charge) ? `${orderId}/${planned.itemId}/${String(planned.source.charge["key"])}` : taskId;
  };
  const effects = effectsByTask(history);
  for (const [charge, times] of groupBy(charges, ({ orderId, taskId }) => chargeOf(orderId, taskId))) {
    for (const [position, { taskId, orderId, at }] of times.entries()) {
      const before = times.slice(0, position).find((other) => other.taskId !== taskId && !takenBack(stories.get(orderId), other.taskId, at));
      if (before) yield [charge, `was handed over by ${before.taskId} and ${taskId}`] as const;
    }
  }
  /** A charge that was taken back and is agreed again is a new one. */
  function takenBack(story: Story | undefined, taskId: string, by: string): boolean {
    const undos = Array.from(story?.planned.values() ?? []).filter(({ source }) => source.by === "compensation" && source.of === taskId);
    return undos.some(({ id }) => effects.get(id)?.some(({ at }) => at <= by) === true);
  }
  for (const { moments, planned, release } of stories.values()) {
    const reached = new Set<string>();
    for (const { event } of moments) {
      if (event.type === "MilestoneReached") reached.add(event.milestoneId);
      if (event.type !== "TaskDispatched") continue;
      const task = planned.get(event.taskId);
      if (task?.source.by !== "billing-trigger") continue;
      // What the definition says counts, not what the plan made of it.
      const milestone = release?.planTemplates.get(task.source.template)?.billingTriggers[task.source.trigger]?.definition.milestone;
      if (milestone !== undefined && !reached.has(`${task.itemId}/${milestone}`)) yield [event.taskId, `was sent before the milestone ${milestone}`] as const;
    }
  }
});
