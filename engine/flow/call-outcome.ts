import type { FailureClass } from "../language/kinds.ts";
import type { TaskReport } from "../order/inputs.ts";

/** Statuses with which a system says that it cannot work now, not that it will not. */
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/**
 * Whether a delivery says that the target system does not work: no answer, an answer from 500 up, or what its failure
 * table calls TRANSIENT. A refusal of the business is an answer like any other: the system works.
 */
export function callFailed(report: TaskReport, failureClass: FailureClass | null): boolean {
  if (report.status === "unanswered") return true;
  if (report.status !== "failed") return false;
  if (failureClass === "TRANSIENT") return true;
  if (failureClass !== null && failureClass !== "UNKNOWN") return false;
  const { httpStatus } = report.failure;
  return httpStatus === null || httpStatus >= FIRST_SERVER_ERROR || httpStatus === TOO_MANY_REQUESTS;
}
