import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";
import { FAILURE, SUCCESS, taskStateAfter } from "./track.ts";

export const planVersions = checker("I-24", "a plan changes only by a new version that leaves finished work as it was", function* (history) {
  for (const { id, moments, order } of storiesOf(history)) {
    let graph: readonly string[] = [];
    const finished = new Map<string, string>();
    const texts = new Map<string, string>();
    const amended = moments.some(({ event }) => event.type === "OrderAmended");
    for (const { event } of moments) {
      const state = taskStateAfter(event) ?? "";
      if ("taskId" in event && (SUCCESS.has(state) || FAILURE.has(state))) finished.set(event.taskId, texts.get(event.taskId) ?? "");
      if (!("graph" in event)) continue;
      for (const task of event.graph.tasks) {
        // Work that something newer stands for is not mandatory any more, and a difference that was sent has changed what it was done with.
        const text = JSON.stringify({ ...task, mandatory: null, ...(amended && { with: null }) });
        if (finished.has(task.id) && finished.get(task.id) !== text) yield [task.id, `had ended, and ${event.planId} made other work of it`] as const;
        texts.set(task.id, text);
      }
      const next = event.graph.tasks.map((task) => task.id);
      const lost = graph.filter((taskId, position) => next[position] !== taskId);
      if (lost.length > 0) yield [event.planId, `has lost or moved ${lost.join(", ")}`] as const;
      graph = next;
    }
    const stored = order?.plan?.graph.tasks.map((task) => task.id) ?? [];
    if (stored.join() !== graph.join()) yield [id, "is stored with another graph than its journal's last plan"] as const;
  }
});
