import type { JournalEntry } from "../order/events.ts";
import { msBetween } from "../support/instant.ts";

/** How long work of one task type took, in the journals that were looked at. */
export interface RecordedDuration {
  readonly medianMs: number;
  readonly count: number;
}

/** By task type. A type that never succeeded has none. */
export type RecordedDurations = ReadonlyMap<string, RecordedDuration>;

/**
 * Adds what a journal tells of durations, in milliseconds by task type: from the last sending to the system's own answer,
 * and from the moment a person was asked to the moment the work was done. What was found out by a question, or repaired,
 * says nothing about how long the work takes.
 */
export function collectDurations(journal: readonly JournalEntry[], into: Map<string, number[]>): void {
  const types = new Map<string, string>();
  const begun = new Map<string, string>();
  for (const { events } of journal) {
    for (const event of events) {
      if (event.type === "PlanCreated" || event.type === "PlanSuperseded") for (const { id, type } of event.graph.tasks) types.set(id, type);
      else if (event.type === "TaskDispatched") begun.set(event.taskId, event.at);
      else if (event.type === "TaskManualActionRequired") {
        if (event.manual.cause === "WORK") begun.set(event.taskId, event.at);
        else begun.delete(event.taskId);
      }
      else if (event.type === "TaskOutcomeBecameUnknown") begun.delete(event.taskId);
      else if (event.type === "TaskSucceeded") {
        const from = begun.get(event.taskId);
        const type = types.get(event.taskId);
        if (from === undefined || type === undefined) continue;
        const known = into.get(type);
        if (known) known.push(msBetween(from, event.at));
        else into.set(type, [msBetween(from, event.at)]);
      }
    }
  }
}

/** The lower median of each type, so that it is a duration that was really recorded. */
export function medianDurations(collected: ReadonlyMap<string, readonly number[]>): RecordedDurations {
  return new Map([...collected].map(([type, list]) => {
    const sorted = [...list].sort((a, b) => a - b);
    return [type, { medianMs: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, count: sorted.length }];
  }));
}

/** The durations that some journals tell. */
export function recordedDurations(journals: Iterable<readonly JournalEntry[]>): RecordedDurations {
  const collected = new Map<string, number[]>();
  for (const journal of journals) collectDurations(journal, collected);
  return medianDurations(collected);
}
