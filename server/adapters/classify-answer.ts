import type { TaskReport } from "../../engine/order/inputs.ts";
import type { AnswerBody, Exchange } from "./exchange.ts";
import { failedReport } from "./failed-report.ts";
import { parseWireJson } from "./parse-wire-json.ts";
import { readFailure, readReport } from "./read-report.ts";

/**
 * What the end of a command's exchange means. The line that matters runs between NONE, the other side certainly did
 * nothing, and POSSIBLE, nobody knows; in doubt it is POSSIBLE. `Retry-After` is not read: the retry policy alone decides
 * when to send again.
 */
export function classifyCommandAnswer(exchange: Exchange): TaskReport {
  if (exchange.kind === "unanswered") {
    const effect = exchange.sent ? "POSSIBLE" : "NONE";
    if (exchange.cause === "timeout") return failedReport("TIMEOUT", effect, `Timeout: ${exchange.detail}.`);
    if (!exchange.sent) return failedReport("CONNECTION_REFUSED", "NONE", `No connection: ${exchange.detail}.`);
    if (exchange.cause === "protocol") return failedReport("RESPONSE_MALFORMED", "POSSIBLE", `The answer is not HTTP: ${exchange.detail}.`);
    return failedReport("CONNECTION_LOST", "POSSIBLE", `The connection was lost before the answer: ${exchange.detail}.`);
  }
  const { status, body } = exchange;
  if (status === 202) return { status: "accepted" };
  if (status === 200) return commandResult(body);
  if (status >= 300 && status < 400) return failedReport("EGRESS_REDIRECT", "POSSIBLE", `Redirects are never followed (${status}).`, status);
  if (status === 429 || status === 503) return refused(status, body, "BUSY", "NONE");
  if (status >= 400 && status < 500) return refused(status, body, `HTTP_${status}`, "NONE");
  if (status >= 500) return refused(status, body, `HTTP_${status}`, "POSSIBLE");
  return failedReport("RESPONSE_MALFORMED", "POSSIBLE", `Status ${status} is not part of the contract.`, status);
}

/**
 * What the end of a status query's exchange means. Only a well-formed status answer says anything about the command; a 404
 * of some gateway is not the answer `notFound`, and a failed question is not a failed command.
 */
export function classifyQueryAnswer(exchange: Exchange): TaskReport {
  if (exchange.kind === "unanswered") return queryFailed(exchange.detail);
  const answer = exchange.status === 200 ? readReport(jsonOf(exchange.body)) : undefined;
  if (answer === undefined) return queryFailed(`the answer (status ${exchange.status}) is no status of a command`);
  return answer.status === "accepted" ? { status: "inProgress" } : answer;
}

function commandResult(body: AnswerBody): TaskReport {
  const report = readReport(jsonOf(body));
  if (report?.status === "accepted" || report?.status === "succeeded" || report?.status === "failed") return report;
  const why = "unreadable" in body ? body.unreadable : body.text === "" ? "empty" : "not a result";
  return failedReport("RESPONSE_MALFORMED", "POSSIBLE", `The answer cannot be read: ${why}.`, 200);
}

function refused(status: number, body: AnswerBody, code: string, effect: "NONE" | "POSSIBLE"): TaskReport {
  const said = readFailure(jsonOf(body));
  return failedReport(said?.code ?? code, said?.effect ?? effect, said?.message ?? `Answered with status ${status}.`, status);
}

function queryFailed(detail: string): TaskReport {
  return { status: "unanswered", reason: `The question was not answered: ${detail}.` };
}

function jsonOf(body: AnswerBody) {
  return "text" in body ? parseWireJson(body.text) : undefined;
}
