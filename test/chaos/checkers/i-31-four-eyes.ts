import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

/** Of the people of a world only eve has no role; she also shows a hash nobody was shown. */
const NOBODY = "eve";

export const fourEyes = checker("I-31", "nobody decides about their own request, and nobody without the role", function* (history) {
  for (const { moments, order } of storiesOf(history)) {
    const requested = new Map<string, { readonly requestedBy: string; readonly role: string }>();
    const decided = new Set<string>();
    for (const { event } of moments) {
      if (event.type === "ApprovalRequested") requested.set(event.approval.id, event.approval);
      if (event.type !== "ApprovalGiven" && event.type !== "ApprovalRefused") continue;
      const approval = requested.get(event.approvalId);
      if (approval?.requestedBy === event.by) yield [event.approvalId, `was decided by ${event.by}, who had asked for it`] as const;
      if (event.by === NOBODY) yield [event.approvalId, `was decided by ${event.by}, who does not have the role ${approval?.role ?? ""}`] as const;
      if (decided.has(event.approvalId)) yield [event.approvalId, "was decided twice"] as const;
      decided.add(event.approvalId);
    }
    for (const { id, state, role } of order?.approvals ?? []) if (state === "CONSUMED" && !decided.has(id)) yield [id, `counts as given by ${role}, but nobody gave it`] as const;
  }
});
