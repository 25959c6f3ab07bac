import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

export const stableOrder = checker("I-28", "tasks that go out together go by urgency, depth and id", function* (history) {
  for (const { moments, planned, order } of storiesOf(history)) {
    let last: { readonly commit: number; readonly rank: readonly [number, number]; readonly taskId: string } | null = null;
    const hadCase = new Set<string>();
    for (const { event, commit, causationId } of moments) {
      if (event.type === "FalloutCaseOpened" && event.case.taskId !== null) hadCase.add(event.case.taskId);
      if (event.type !== "TaskDispatched" || !causationId.startsWith("admission/")) continue;
      const task = planned.get(event.taskId);
      // Undoing, repaired work and urgent orders go before everything else.
      const critical = task?.source.by === "compensation" || task?.source.by === "withdrawal" || (order?.priority ?? 0) > 0 || hadCase.has(event.taskId);
      const next = { commit, rank: [critical ? 0 : 1, task?.depth ?? 0] as const, taskId: event.taskId };
      if (last?.commit === commit && compare(next, last) < 0) yield [next.taskId, `went out after ${last.taskId}`] as const;
      last = next;
    }
  }
});

type Ranked = { readonly rank: readonly [number, number]; readonly taskId: string };

function compare(a: Ranked, b: Ranked): number {
  return a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || (a.taskId < b.taskId ? -1 : 1);
}
