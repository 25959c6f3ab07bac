import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

/** Asked of the journal: who gave the approval that a repair names, and whether it was used before. */
export const chargesWaived = checker("I-32", "a charge is waived only with an approval that was given and used for nothing else", function* (history) {
  for (const { moments, planned } of storiesOf(history)) {
    const given = new Set<string>();
    const used = new Set<string>();
    for (const { event } of moments) {
      if (event.type === "ApprovalGiven") given.add(event.approvalId);
      if (event.type !== "RepairApplied") continue;
      const { repair: { action, taskId }, approvalId } = event;
      const charge = planned.get(taskId ?? "")?.source.by === "billing-trigger" && (action === "WAIVE" || action === "SKIP");
      if (charge && (approvalId === null || !given.has(approvalId))) yield [taskId ?? "", `was waived with ${approvalId ?? "no approval"}, which nobody gave`] as const;
      if (approvalId !== null && used.has(approvalId)) yield [approvalId, "was used for two repairs"] as const;
      if (approvalId !== null) used.add(approvalId);
    }
  }
});
