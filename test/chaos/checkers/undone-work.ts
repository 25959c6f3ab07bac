import { groupBy } from "./checker.ts";
import type { FakeRecord, History } from "../history.ts";
import type { PlannedTask } from "../../../engine/order/plan.ts";
import { typeOf, type Story } from "./story.ts";

const effects = new WeakMap<History, ReadonlyMap<string, readonly FakeRecord[]>>();

/** What took effect, by task; made once per history. */
export function effectsByTask(history: History): ReadonlyMap<string, readonly FakeRecord[]> {
  const known = effects.get(history) ?? groupBy(history.fakes.filter(({ kind }) => kind === "effect"), ({ taskId }) => taskId);
  effects.set(history, known);
  return known;
}

/** Work of cancelled items that took effect over there, could be undone, and was neither undone nor given up by somebody. */
export function* undoneWork(history: History, story: Story): Iterable<{ readonly taskId: string; readonly planned: PlannedTask }> {
  const { order } = story;
  const done = effectsByTask(history);
  for (const item of order?.items ?? []) {
    if (item.state !== "CANCELLED") continue;
    for (const planned of story.planned.values()) {
      if (planned.itemId !== item.id || !done.has(planned.id) || planned.source.by === "compensation") continue;
      if (typeOf(story, planned.id)?.compensation().compensatable !== true) continue;
      // What arrived over there after all was over, and of which nobody told us, we cannot know.
      const endedAt = history.itemEnds.get(`${story.id}/${item.id}`);
      const unheard = endedAt !== undefined && (done.get(planned.id) ?? []).every(({ at }) => at > endedAt);
      // What happened without proof, or too late, was somebody's case.
      const told = order?.cases.some(({ taskId, reasonCode, state }) => taskId === planned.id && (state === "OPEN" || reasonCode === "LATE_RESULT" || reasonCode === "EVIDENCE_INCOMPLETE")) === true;
      const undo = order?.compensations.find(({ originalTaskId }) => originalTaskId === planned.id);
      const taken = undo !== undefined && (done.has(undo.taskId) || undo.state === "FAILED" || undo.state === "REFUSED");
      if (!taken && !told && !unheard) yield { taskId: planned.id, planned };
    }
  }
}
