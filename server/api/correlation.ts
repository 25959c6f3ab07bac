import type { RequestHandler, Response } from "express";
import { SERVER_LIMITS } from "../limits.ts";

const HEADER = "X-Correlation-Id";
const PATTERN = new RegExp(`^[A-Za-z0-9._:-]{1,${SERVER_LIMITS.correlationIdCharacters}}$`);

/** Every request has a correlation id: the caller's when it is a plain word, a new one otherwise. It comes back in the answer. */
export function correlate(newId: () => string): RequestHandler {
  return (request, response, next) => {
    const given = request.headers[HEADER.toLowerCase()];
    const id = typeof given === "string" && PATTERN.test(given) ? given : newId();
    response.locals["correlationId"] = id;
    response.setHeader(HEADER, id);
    next();
  };
}

/** The correlation id of the request. */
export function correlationIdOf(response: Response): string {
  return String((response.locals as { readonly correlationId?: string }).correlationId);
}
