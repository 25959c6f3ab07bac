import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

export const planVersions = checker("I-24", "a plan changes only by a new version that keeps all that was there", function* (history) {
  for (const { id, moments, order } of storiesOf(history)) {
    let graph: readonly string[] = [];
    for (const { event } of moments) {
      if (!("graph" in event)) continue;
      const next = event.graph.tasks.map((task) => task.id);
      const lost = graph.filter((taskId, position) => next[position] !== taskId);
      if (lost.length > 0) yield [event.planId, `has lost or moved ${lost.join(", ")}`] as const;
      graph = next;
    }
    const stored = order?.plan?.graph.tasks.map((task) => task.id) ?? [];
    if (stored.join() !== graph.join()) yield [id, "is stored with another graph than its journal's last plan"] as const;
  }
});
