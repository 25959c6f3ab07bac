import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Actor } from "../../engine/order/inputs.ts";
import type { IntakeGate } from "../flow/intake-gate.ts";
import type { NewOrder, Order } from "../../engine/order/order.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { workProblem } from "../problems/rejection-problem.ts";
import type { UnitOfWork, WorkResult } from "../work/contract.ts";
import { checkOrder } from "./check-order.ts";
import type { IdempotencyStore, RequestIdentity, StoredAnswer } from "./idempotency-store.ts";
import { intentKeys } from "./intent-keys.ts";
import { expiryOf } from "./idempotency-expiry.ts";
import type { Reason } from "./reason.ts";
import { findAnswer, stillRunning } from "./replay.ts";
import { submittedOrder } from "./submitted-order.ts";

/** What intake needs of the rest of the server. */
export interface IntakeDependencies {
  readonly work: UnitOfWork;
  readonly idempotency: IdempotencyStore;
  /** Refuses orders when too many wait; without it none is refused. */
  readonly gate?: IntakeGate;
  readonly activeRelease: () => CompiledRelease | null;
  readonly now: () => string;
  readonly newId: () => string;
}

/** One order to be accepted, already in the domain's words. */
export interface Submission {
  readonly order: NewOrder;
  readonly actor: Actor;
  readonly correlationId: string;
  /** null when the caller sent no idempotency key. */
  readonly request: RequestIdentity | null;
  /** Domain pointer -> place in the caller's payload. */
  readonly locate: (pointer: string) => string;
  /** The answer to an accepted order, and to a refusal, as the edge writes them. */
  readonly accepted: (order: Order, release: CompiledRelease) => StoredAnswer;
  readonly refused: (refusal: Problem) => StoredAnswer;
}

/** `existing`: an order of the same intent is there; the edge decides whether the caller may learn which. */
export type SubmissionResult =
  | { readonly outcome: "accepted"; readonly orderId: string; readonly answer: StoredAnswer }
  | { readonly outcome: "replayed"; readonly answer: StoredAnswer }
  | { readonly outcome: "existing"; readonly orderId: string; readonly intentKey: string };

/**
 * Accepts an order or says everything that keeps it from being accepted. Nothing is stored before acceptance but the
 * answer for repeats; acceptance stores order, intent keys and answer in one transaction, so that of many equal requests
 * at once exactly one makes an order. The caller has looked for a stored answer before it made the order.
 */
export async function submitOrder(dependencies: IntakeDependencies, submission: Submission): Promise<SubmissionResult> {
  const { work, now } = dependencies;
  const { order, request, correlationId } = submission;
  const release = dependencies.activeRelease();
  if (release === null) throw problem("release-missing");
  const at = now();

  const reasons = checkOrder(order, release, at);
  if (reasons.length > 0) throw await refuse(dependencies, submission, notAcceptable(reasons, submission.locate), at);

  if (dependencies.gate && !(await dependencies.gate.enter(order.priority))) throw queueFull(dependencies.gate);

  const answer = submission.accepted(submittedOrder(order, release, correlationId, at), release);
  const result = await work.handle({
    orderId: order.id,
    input: { id: dependencies.newId(), at, type: "SubmitOrder", order, correlationId },
    intake: {
      releaseDigest: release.digest,
      intentKeys: intentKeys(order, release, submission.actor.id),
      ...(request === null ? {} : { idempotency: storedRecord(request, answer, at) }),
    },
  });
  if (result.outcome === "applied") return { outcome: "accepted", orderId: order.id, answer };
  return concluded(dependencies, submission, result, at);
}

/** Nothing is stored of this refusal: the same request is new when there is room. */
function queueFull({ retryAfterSeconds }: IntakeGate): Problem {
  return problem("queue-full", undefined, { headers: { "Retry-After": String(retryAfterSeconds) } });
}

/** Nothing was accepted: a repeat of an accepted request gets its answer, everything else is refused. */
async function concluded(
  { idempotency, now }: IntakeDependencies, submission: Submission, result: Exclude<WorkResult, { readonly outcome: "applied" }>, at: string,
): Promise<SubmissionResult> {
  const { request } = submission;
  const answer = request === null ? null : await findAnswer(idempotency, request, now());
  if (answer !== null) return { outcome: "replayed", answer };
  if (result.outcome === "intent-exists") return { outcome: "existing", orderId: result.orderId, intentKey: result.intentKey };
  if (result.outcome === "key-taken") throw stillRunning();
  const refusal = workProblem(result);
  if (request !== null && result.outcome === "quarantined") await idempotency.remember(request, submission.refused(refusal), expiryOf(at));
  throw refusal;
}

async function refuse({ idempotency }: IntakeDependencies, submission: Submission, refusal: Problem, at: string): Promise<Problem> {
  if (submission.request !== null) await idempotency.remember(submission.request, submission.refused(refusal), expiryOf(at));
  return refusal;
}

function notAcceptable(reasons: readonly Reason[], locate: (pointer: string) => string): Problem {
  const errors = reasons.map((reason) => ({ ...reason, pointer: locate(reason.pointer) }));
  const count = reasons.length === SERVER_LIMITS.reportedErrors ? `the first ${reasons.length} reasons` : "every reason";
  return problem("order-not-acceptable", `Correct ${count} listed under errors and submit the order again.`, { errors });
}

function storedRecord(request: RequestIdentity, answer: StoredAnswer, at: string) {
  return { scope: request.scope, key: request.key, requestHash: request.hash, status: answer.status, response: answer.body, expiresAt: expiryOf(at) };
}
