import type { Rejection } from "../../engine/interpret/interpretation.ts";
import type { Input, InputType } from "../../engine/order/inputs.ts";
import type { EventLine } from "./describe-event.ts";

const ASKED: { readonly [type in InputType]?: string } = {
  RequestCancellation: "Cancellation", RequestAmendment: "Amendment", DecideApproval: "Decision", HoldItem: "Hold", ResumeItem: "Resumption", RetryTask: "Retry",
  RequestRepair: "Repair", CompleteManualTask: "Completion of a manual task",
};

/** What someone asked for and was refused, as one line for people. */
export function describeRejection(input: Input, { code, message, details }: Rejection): EventLine {
  const route = details !== null && typeof details === "object" && "route" in details && typeof details.route === "string" ? `; the way to go is ${details.route}` : "";
  return { mark: "!", text: `${ASKED[input.type] ?? input.type} refused: ${message} (${code}${route})`, tone: "bad" };
}
