import type { Request, Response } from "express";
import { sha256Hex } from "../../engine/support/hash.ts";
import type { Json } from "../../engine/support/json.ts";
import type { OperationRequest } from "../flow/operations-log.ts";
import { actorOf } from "../identity/authenticate.ts";
import { expiryOf, runningUntil } from "../intake/idempotency-expiry.ts";
import { requireIdempotencyKey } from "../intake/idempotency-key.ts";
import type { IdempotencyStore, StoredAnswer } from "../intake/idempotency-store.ts";
import { findAnswer, stillRunning } from "../intake/replay.ts";
import { requestIdentity } from "../intake/request-identity.ts";
import { Problem, problemBody } from "../problems/problem.ts";
import { correlationIdOf } from "./correlation.ts";
import { sendAnswer } from "./send-answer.ts";

export interface OperationDependencies {
  readonly idempotency: IdempotencyStore;
  readonly now: () => string;
}

/** One operation that belongs to no order. */
export interface OperationCommand {
  /** What is asked and of what; part of the identity of the request. */
  readonly operation: string;
  readonly body: Json;
  readonly reason: string;
  /** 201 when it makes something, whose `href` is in the answer; else 200. */
  readonly status?: 200 | 201;
  /** Does it once per `id`; throws a problem to refuse it. */
  readonly perform: (request: OperationRequest) => Promise<Json>;
}

/**
 * Runs an operation at most once per idempotency key, operation and actor (B2). The key is taken first and the answer
 * written after; should the process die between, the log of operations tells a repeat that it was done.
 */
export async function runOperation({ idempotency, now }: OperationDependencies, request: Request, response: Response, command: OperationCommand): Promise<void> {
  const actor = actorOf(response).id;
  const identity = requestIdentity(command.operation, actor, requireIdempotencyKey(request), command.body);
  const known = await findAnswer(idempotency, identity, now());
  if (known !== null) return sendAnswer(response, known, true);
  const at = now();
  if (!(await idempotency.begin(identity, at, runningUntil(at)))) throw stillRunning();

  let answer: StoredAnswer;
  try {
    const id = sha256Hex(JSON.stringify([identity.scope, identity.key, identity.hash]));
    answer = { status: command.status ?? 200, body: JSON.stringify(await command.perform({ id, at, actor, reason: command.reason })) };
  } catch (error) {
    if (!(error instanceof Problem)) {
      // It is not known to have been done: the same request may be sent again at once.
      await idempotency.release(identity);
      throw error;
    }
    const body = problemBody(error, request.originalUrl.split("?", 1)[0] ?? "/", correlationIdOf(response));
    answer = { status: body.status, body: JSON.stringify(body) };
  }
  await idempotency.remember(identity, answer, expiryOf(now()));
  sendAnswer(response, answer, false);
}
