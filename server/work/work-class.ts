import type { InputType } from "../../engine/order/inputs.ts";

/**
 * What people ask for: cancel, approve, repair, hold, amend. Few, and someone waits for them; so they go before the bulk of
 * intake and results (D6).
 */
const OF_PEOPLE: ReadonlySet<InputType> = new Set<InputType>([
  "CompleteManualTask", "RetryTask", "RequestCancellation", "DecideApproval", "RequestRepair", "ClaimManualTask", "ReleaseManualTask",
  "HoldItem", "ResumeItem", "RequestAmendment",
]);

/** True when an input goes before the bulk. */
export function goesFirst(type: InputType): boolean {
  return OF_PEOPLE.has(type);
}
