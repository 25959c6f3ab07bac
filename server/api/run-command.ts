import type { Request, Response } from "express";
import type { Input } from "../../engine/order/inputs.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Json } from "../../engine/support/json.ts";
import { actorOf } from "../identity/authenticate.ts";
import { expiryOf, runningUntil } from "../intake/idempotency-expiry.ts";
import { requireIdempotencyKey } from "../intake/idempotency-key.ts";
import type { IdempotencyStore, RequestIdentity, StoredAnswer } from "../intake/idempotency-store.ts";
import { findAnswer, stillRunning } from "../intake/replay.ts";
import { requestIdentity } from "../intake/request-identity.ts";
import { problemBody, type Problem } from "../problems/problem.ts";
import { workProblem } from "../problems/rejection-problem.ts";
import type { OrderReads } from "../read/order-reads.ts";
import type { UnitOfWork, WorkResult } from "../work/contract.ts";
import { correlationIdOf } from "./correlation.ts";
import { sendAnswer } from "./send-answer.ts";

export interface CommandDependencies {
  readonly work: UnitOfWork;
  readonly reads: OrderReads;
  readonly idempotency: IdempotencyStore;
  readonly now: () => string;
  readonly newId: () => string;
}

/** One command of a person to one order. */
export interface Command {
  /** What is asked and of what; part of the identity of the request. */
  readonly operation: string;
  readonly order: Order;
  readonly body: Json;
  readonly input: (id: string, at: string) => Input;
  readonly accepted: (order: Order) => Json;
  /** 201 when the answer is a new resource; 200 when it is left out. */
  readonly status?: 200 | 201;
  /** A refusal this command knows a better word for; undefined otherwise. */
  readonly refused?: (result: WorkResult) => Problem | undefined;
}

/**
 * Runs a command at most once per idempotency key, operation and actor (B2): the key is taken first, the answer is written
 * after. When the process dies between the two, a repeat takes over after a while, and the inbox keeps the command itself
 * from taking effect again.
 */
export async function runCommand(dependencies: CommandDependencies, request: Request, response: Response, command: Command): Promise<void> {
  const { idempotency, now } = dependencies;
  const identity = requestIdentity(command.operation, actorOf(response).id, requireIdempotencyKey(request), command.body);
  const known = (await findAnswer(idempotency, identity, now())) ?? (await takeKey(idempotency, identity, now()));
  if (known !== null) return sendAnswer(response, known, true);

  const result = await perform(dependencies, command, identity);
  const answer = await toAnswer(dependencies, command, result, request, response);
  await idempotency.remember(identity, answer, expiryOf(now()));
  sendAnswer(response, answer, false);
}

/** Null when the key is ours now, otherwise the answer someone else has just written. */
async function takeKey(store: IdempotencyStore, identity: RequestIdentity, at: string): Promise<StoredAnswer | null> {
  if (await store.begin(identity, at, runningUntil(at))) return null;
  const answer = await findAnswer(store, identity, at);
  if (answer === null) throw stillRunning();
  return answer;
}

async function perform({ work, idempotency, now, newId }: CommandDependencies, command: Command, identity: RequestIdentity): Promise<WorkResult> {
  try {
    return await work.handle({
      orderId: command.order.id,
      input: command.input(newId(), now()),
      inbox: { source: `api:${identity.scope}`, messageId: `${identity.key}:${identity.hash}` },
    });
  } catch (error) {
    // It is not known to have taken effect: the same request may be sent again at once, the inbox decides.
    await idempotency.release(identity);
    throw error;
  }
}

async function toAnswer(
  { reads }: CommandDependencies, command: Command, result: WorkResult, request: Request, response: Response,
): Promise<StoredAnswer> {
  if (result.outcome === "applied") return { status: command.status ?? 200, body: JSON.stringify(command.accepted(result.order)) };
  if (result.outcome === "duplicate") {
    const order = (await reads.order(command.order.id)) ?? command.order;
    return { status: command.status ?? 200, body: JSON.stringify(command.accepted(order)) };
  }
  const body = problemBody(command.refused?.(result) ?? workProblem(result), request.originalUrl.split("?", 1)[0] ?? "/", correlationIdOf(response));
  return { status: body.status, body: JSON.stringify(body) };
}
