import type { Response } from "express";
import type { StoredAnswer } from "../intake/idempotency-store.ts";

/** Sends an answer as it is, or will be, stored. A replay says so; a created resource says where it is. */
export function sendAnswer(response: Response, answer: StoredAnswer, replayed: boolean): void {
  if (replayed) response.set("Idempotency-Replayed", "true");
  if (answer.status === 201) {
    const { href } = JSON.parse(answer.body) as { readonly href?: unknown };
    if (typeof href === "string") response.set("Location", href);
  }
  response.status(answer.status).type(answer.status >= 400 ? "application/problem+json" : "application/json").send(answer.body);
}
