import type { Repair, RepairAction } from "../../../engine/order/repair.ts";
import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

/** What changes the meaning of work must say what that means for the customer and the money. */
const WEIGHTY: ReadonlySet<RepairAction> = new Set(["WAIVE", "SKIP", "FORCE_COMPLETE", "MARK_RECONCILED", "COMPLETE_WITH_EVIDENCE", "COMPENSATE", "CORRECT_PAYLOAD"]);
/** What stands in for work that was not seen to be done must say how we know. */
const PROVEN: ReadonlySet<RepairAction> = new Set(["WAIVE", "SKIP", "FORCE_COMPLETE", "MARK_RECONCILED", "COMPLETE_WITH_EVIDENCE"]);

export const repairsRecorded = checker("I-30", "a repair says who did it, by which right, why, on what evidence, and how things stood before and after", function* (history) {
  for (const { moments } of storiesOf(history)) {
    for (const { event } of moments) {
      if (event.type !== "RepairApplied") continue;
      const { repair, by, authority, before, after } = event;
      const missing = [...missingIn(repair), ...(by === "" ? ["who"] : []), ...(authority.row === "" ? ["by which right"] : []), ...(Object.keys(before).length === 0 || Object.keys(after).length === 0 ? ["before and after"] : [])];
      if (missing.length > 0) yield [repair.taskId ?? repair.itemId ?? "", `was repaired by ${repair.action} without ${missing.join(", ")}`] as const;
    }
  }
});

function missingIn({ action, reason, customerImpact, financialImpact, evidence }: Repair): readonly string[] {
  return [
    ...(reason.trim() === "" ? ["why"] : []),
    ...(WEIGHTY.has(action) && (customerImpact === null || financialImpact === null) ? ["what it means"] : []),
    ...(PROVEN.has(action) && evidence === null ? ["evidence"] : []),
  ];
}
