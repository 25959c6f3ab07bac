import { isJsonObject } from "../../../engine/support/json.ts";
import { checker } from "./checker.ts";
import { isCommand, storiesOf, typeOf } from "./story.ts";
import { Track } from "./track.ts";

/** Completion is counted from work that the systems themselves say they did, never from what we believe. */
export const completion = checker("I-29", "an order is complete exactly when its mandatory work was really done", function* (history) {
  const proofs = new Set(history.fakes.flatMap(({ kind, reference }) => (kind === "effect" && reference !== null ? [reference] : [])));
  for (const story of storiesOf(history)) {
    const track = new Track();
    for (const { event } of story.moments) {
      if (event.type === "TaskSucceeded" && event.via !== "person" && event.via !== "internal" && isCommand(story, event.taskId) && typeOf(story, event.taskId)?.definition.evidence !== undefined) {
        const proof = isJsonObject(event.evidence) ? event.evidence["reference"] : undefined;
        if (typeof proof !== "string" || !proofs.has(proof)) yield [event.taskId, `counts as done, but no system did ${JSON.stringify(proof ?? null)}`] as const;
      }
      if (event.type === "ItemCompleted") {
        for (const planned of story.planned.values()) {
          if (planned.itemId !== event.itemId || !planned.mandatory || planned.excluded !== null || planned.source.by === "compensation") continue;
          if (!track.isSuccess(planned.id)) yield [`${story.id}/${event.itemId}`, `was completed while ${planned.id} was ${track.tasks.get(planned.id) ?? "unknown"}`] as const;
        }
      }
      if (event.type === "OrderCompleted") {
        const states = [...track.items.values()];
        if (!states.includes("COMPLETED") || states.some((state) => state !== "COMPLETED" && state !== "CANCELLED")) yield [story.id, `was completed with items ${states.join(", ")}`] as const;
      }
      track.apply(event);
    }
    const states = (story.order?.items ?? []).map(({ state }) => state);
    const whole = states.length > 0 && states.includes("COMPLETED") && states.every((state) => state === "COMPLETED" || state === "CANCELLED");
    if (whole && story.order?.state !== "COMPLETED") yield [story.id, `has only completed and cancelled items and is ${story.order?.state ?? ""}`] as const;
  }
});
