import type { Response } from "express";

/**
 * The refusals only a callback knows. They answer in the shape of `server/problems`; once its closed list carries these
 * three codes, this file gives way to `problem(code)`.
 */
export const CALLBACK_PROBLEMS = {
  "signature-invalid": { status: 401, category: "validation", title: "The signature does not fit", detail: "Sign the exact bytes of the body with the shared secret (Standard Webhooks, v1)." },
  "timestamp-out-of-tolerance": { status: 401, category: "validation", title: "The message is too old or from the future", detail: "Set the clock and sign the delivery again: five minutes are tolerated." },
  "event-id-reused": { status: 409, category: "validation", title: "The message id was used for another message", detail: "Give every message its own webhook-id." },
} as const;

export type CallbackProblemCode = keyof typeof CALLBACK_PROBLEMS;

/** Answers with a refusal. Nothing of the message is repeated. */
export function refuseCallback(response: Response, code: CallbackProblemCode): void {
  const { status } = CALLBACK_PROBLEMS[code];
  const body = { type: `/problems/${code}`, code, ...CALLBACK_PROBLEMS[code], instance: "/callbacks" };
  response.status(status).type("application/problem+json").send(JSON.stringify(body));
}
