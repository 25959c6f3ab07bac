import type { JournalEntry, OrderEvent } from "../../engine/order/events.ts";
import type { TaskState } from "../../engine/order/machines.ts";

/** A stretch of a task in one state. */
export interface Stretch {
  readonly state: TaskState;
  readonly from: string;
  readonly fromStep: number;
  /** null while it lasts. */
  readonly to: string | null;
  readonly toStep: number | null;
}

/** What an event makes of its task, where it shows in a timeline; null ends it. */
const TURNS: { readonly [type in OrderEvent["type"]]?: TaskState | null } = {
  TaskDispatched: "DISPATCHED", TaskAccepted: "WAITING", TaskOutcomeBecameUnknown: "OUTCOME_UNKNOWN", TaskRetryScheduled: "RETRY_SCHEDULED",
  TaskManualActionRequired: "AWAITING_MANUAL_ACTION", TaskSucceeded: null, TaskFailedFinally: null, TaskCancelled: null, TaskWaived: null,
};

/** When each task that was begun was in which state, by task id, in the order of their beginning. */
export function taskSpans(journal: readonly JournalEntry[]): ReadonlyMap<string, readonly Stretch[]> {
  const spans = new Map<string, Stretch[]>();
  journal.forEach(({ events }, index) => {
    for (const event of events) {
      const state = TURNS[event.type];
      if (state === undefined || !("taskId" in event)) continue;
      const stretches = spans.get(event.taskId) ?? [];
      const last = stretches.at(-1);
      if (state === null && last === undefined) continue;
      if (last?.to === null) stretches[stretches.length - 1] = { ...last, to: event.at, toStep: index + 1 };
      if (state !== null) stretches.push({ state, from: event.at, fromStep: index + 1, to: null, toStep: null });
      spans.set(event.taskId, stretches);
    }
  });
  return spans;
}
