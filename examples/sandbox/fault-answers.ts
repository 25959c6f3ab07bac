import type { Answer } from "./answer.ts";
import type { Fault } from "./fault.ts";

/** Larger than any client should read. */
const HUGE_BODY_CHARS = 2_000_000;

/** The answer of a system that stops a request before it does anything; null when the fault is not of that kind. */
export function answerBeforeEffect(fault: Fault | null): Answer | null {
  if (fault?.kind === "reject" && fault.via !== "callback") {
    const { code, message = `The simulated system answers ${code}.`, status = 422, effect } = fault;
    return { kind: "json", status, body: effect === undefined ? { code, message } : { code, message, effect } };
  }
  if (fault?.kind === "unavailable") return busy(503, "UNAVAILABLE", fault.retryAfter);
  if (fault?.kind === "busy") return busy(429, "BUSY", fault.retryAfter);
  if (fault?.kind === "redirect") return { kind: "json", status: 307, body: {}, headers: { location: fault.location } };
  if (fault?.kind === "timeout-before-effect") return { kind: "hold" };
  if (fault?.kind === "reset-before-effect") return { kind: "reset" };
  return null;
}

/** The answer of a system that has done the work and fails to say so; null when it says so. */
export function answerAfterEffect(fault: Fault | null): Answer | null {
  if (fault?.kind === "timeout-after-effect") return { kind: "hold" };
  if (fault?.kind === "reset-after-effect") return { kind: "reset" };
  if (fault?.kind === "malformed-answer") return { kind: "text", status: 200, text: MALFORMED[fault.body]() };
  if (fault?.kind === "server-error") {
    return { kind: "json", status: fault.status ?? 500, body: { code: "INTERNAL", message: "The simulated system broke down after its work." } };
  }
  return null;
}

function busy(status: number, code: string, retryAfter: string | undefined): Answer {
  const answer = { kind: "json" as const, status, body: { code, message: "The simulated system is busy." } };
  return retryAfter === undefined ? answer : { ...answer, headers: { "retry-after": retryAfter } };
}

const MALFORMED = {
  empty: () => "",
  truncated: () => '{"status":"succeeded","result":{"reservat',
  wrong: () => '{"ok":true}',
  huge: () => JSON.stringify({ status: "succeeded", result: { padding: "x".repeat(HUGE_BODY_CHARS) } }),
};
