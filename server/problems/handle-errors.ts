import type { ErrorRequestHandler, Request, Response } from "express";
import { SERVER_LIMITS } from "../limits.ts";
import { databaseFailure } from "../store/database-error.ts";
import { problem, problemBody, Problem } from "./problem.ts";
import { PROBLEM_CODES } from "./problem-codes.ts";

/** Where a defect or a failure of our side is written down, with all its details: a log, never the answer. */
export type ReportFailure = (error: unknown, request: Request, response: Response) => void;

/**
 * Turns whatever a handler threw into `application/problem+json`. Only a `Problem` says more than its code: of any other
 * error nothing leaves the process, neither message nor stack, SQL nor path.
 */
export function handleErrors(report: ReportFailure): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const refusal = toProblem(error);
    if (PROBLEM_CODES[refusal.code].status >= 500) report(error, request, response);
    sendProblem(refusal, request, response);
  };
}

/** Answers with a refusal. */
export function sendProblem(refusal: Problem, request: Request, response: Response): void {
  const correlationId = (response.locals as { readonly correlationId?: string }).correlationId;
  const body = problemBody(refusal, instanceOf(request), correlationId);
  for (const [name, value] of Object.entries(refusal.extras.headers ?? {})) response.setHeader(name, value);
  response.status(body.status).type("application/problem+json").send(JSON.stringify(body));
}

function instanceOf(request: Request): string {
  const path = request.originalUrl.split("?", 1)[0] ?? "/";
  return path.length > SERVER_LIMITS.pathSegmentCharacters ? `${path.slice(0, SERVER_LIMITS.pathSegmentCharacters)}…` : path;
}

/** What express, its body reader or the database threw, as one of our codes. */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const failure = databaseFailure(error);
  if (failure === "transient" || failure === "conflict") {
    return problem("unavailable", undefined, { headers: { "Retry-After": String(SERVER_LIMITS.retryAfterSeconds) } });
  }
  const { type, status } = (typeof error === "object" && error !== null ? error : {}) as { readonly type?: unknown; readonly status?: unknown };
  if (type === "entity.too.large") return problem("payload-too-large");
  if (type === "encoding.unsupported") return problem("unsupported-media-type");
  if (type === "request.aborted" || type === "request.size.invalid") return problem("malformed-json", "The body is shorter or longer than announced; send it again.");
  if (error instanceof URIError || status === 404) return problem("not-found");
  return problem("internal-error");
}
