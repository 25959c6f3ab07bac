import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

const ENDED: ReadonlySet<string> = new Set(["PlanCompleted", "PlanFailed", "PlanCancelled"]);

export const onePlan = checker("I-05", "an order has one active plan, and plans follow each other without a gap", function* (history) {
  for (const { id, moments, order } of storiesOf(history)) {
    let active: { readonly planId: string; readonly number: number } | null = null;
    let ended = false;
    for (const { event } of moments) {
      if (event.type === "PlanCreated") {
        if (active) yield [id, `${event.planId} was created beside ${active.planId}`] as const;
        active = event;
      } else if (event.type === "PlanSuperseded") {
        if (active?.planId !== event.supersedes || event.number !== active.number + 1 || ended) yield [id, `${event.planId} superseded ${event.supersedes}, which was not the active plan`] as const;
        active = event;
      } else if (ENDED.has(event.type)) ended = true;
    }
    if ((order?.plan?.id ?? null) !== (active?.planId ?? null)) yield [id, `is stored with plan ${order?.plan?.id ?? "none"}, its journal ends with ${active?.planId ?? "none"}`] as const;
  }
});
