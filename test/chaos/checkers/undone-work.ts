import { groupBy } from "./checker.ts";
import type { FakeRecord, History } from "../history.ts";
import type { PlannedTask } from "../../../engine/order/plan.ts";
import { typeOf, type Story } from "./story.ts";

const madeOf = new WeakMap<History, ReadonlyMap<string, readonly FakeRecord[]>>();

/** What took effect, by task; made once per history. */
export function effectsByTask(history: History): ReadonlyMap<string, readonly FakeRecord[]> {
  const known = madeOf.get(history) ?? groupBy(history.fakes.filter(({ kind }) => kind === "effect"), ({ taskId }) => taskId);
  madeOf.set(history, known);
  return known;
}

/** Work of cancelled items that took effect over there, could be undone, and was neither undone nor given up by somebody. */
export function* undoneWork(history: History, story: Story): Iterable<{ readonly taskId: string; readonly planned: PlannedTask }> {
  const { order } = story;
  const done = effectsByTask(history);
  for (const item of order?.items ?? []) {
    if (item.state !== "CANCELLED") continue;
    for (const planned of story.planned.values()) {
      const effects = done.get(planned.id) ?? [];
      // Who has done work by hand and was told that nobody wants it any more takes it back by hand.
      const ours = effects.some(({ by }) => by === "command") || (effects.length > 0 && order?.tasks.find(({ id }) => id === planned.id)?.state === "SUCCEEDED");
      if (planned.itemId !== item.id || !ours || planned.source.by === "compensation") continue;
      if (typeOf(story, planned.id)?.compensation().compensatable !== true) continue;
      // What arrived over there after all was over, and of which nobody told us, we cannot know.
      const endedAt = history.itemEnds.get(`${story.id}/${item.id}`);
      const unheard = endedAt !== undefined && effects.every(({ at }) => at > endedAt);
      // What happened without proof, or too late, was somebody's case.
      const told = order?.cases.some(({ taskId, reasonCode, state }) => taskId === planned.id && (state === "OPEN" || reasonCode === "LATE_RESULT" || reasonCode === "EVIDENCE_INCOMPLETE")) === true;
      const undo = order?.compensations.find(({ originalTaskId }) => originalTaskId === planned.id);
      const taken = undo !== undefined && (done.has(undo.taskId) || undo.state === "FAILED" || undo.state === "REFUSED");
      if (!taken && !told && !unheard) yield { taskId: planned.id, planned };
    }
  }
}
