import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

export const stableOrder = checker("I-28", "tasks that go out together go by depth and then by id", function* (history) {
  for (const { moments, planned } of storiesOf(history)) {
    let last: { readonly commit: number; readonly depth: number; readonly taskId: string } | null = null;
    for (const { event, commit, causationId } of moments) {
      if (event.type !== "TaskDispatched" || !causationId.startsWith("admission/")) continue;
      const next = { commit, depth: planned.get(event.taskId)?.depth ?? 0, taskId: event.taskId };
      if (last?.commit === commit && (next.depth < last.depth || (next.depth === last.depth && next.taskId < last.taskId))) yield [next.taskId, `went out after ${last.taskId}`] as const;
      last = next;
    }
  }
});
