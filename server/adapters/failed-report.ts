import type { ReportedFailure, TaskReport } from "../../engine/order/inputs.ts";

/** Longest message of a failure that is kept; the rest is cut. */
export const FAILURE_MESSAGE_CHARS_MAX = 500;

/** A `failed` report. Without `httpStatus` no answer arrived. */
export function failedReport(code: string, effect: ReportedFailure["effect"], message: string, httpStatus: number | null = null): TaskReport {
  return { status: "failed", failure: { code, message: message.slice(0, FAILURE_MESSAGE_CHARS_MAX), httpStatus, effect } };
}
