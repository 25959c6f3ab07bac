import { releaseWanted } from "../../engine/interpret/handlers/migrate-order.ts";
import type { Input } from "../../engine/order/inputs.ts";
import { errorClassOf } from "../store/dead-letter-store.ts";
import { inboxKey, inboxRow, type InboxKey, type InboxStatus } from "../store/inbox-store.ts";
import { answerSummary } from "../store/outbox-store.ts";
import type { Work, WorkResult } from "./contract.ts";
import { finishedDelivery } from "./flow-round.ts";
import { keyId, type WorkBatch } from "./work-batch.ts";
import type { WorkContext } from "./work-context.ts";
import { WorkingOrder } from "./working-order.ts";

/** Source of inputs that came without a message of their own, where they end up in quarantine. */
export const INTERNAL_SOURCE = "internal";
/** Source of the messages intake leaves behind for later. */
export const INTAKE_SOURCE = "intake";

/**
 * Applies one input to its order within the batch. Whatever comes out, its delivery is settled and its message remembered;
 * only an accepted input changes anything else.
 */
export async function applyWork(context: WorkContext, batch: WorkBatch, work: Work): Promise<WorkResult | "busy"> {
  if (batch.facts.busy.has(work.orderId)) return "busy";
  const { input, inbox } = work;
  if (work.settles && !settle(batch, work.settles, input) && !isProof(input)) return { outcome: "duplicate" };
  const status = inbox && batch.inboxStatus(inbox);
  if (status !== undefined && status !== "pending") return { outcome: "duplicate" };
  if (input.type === "TimerFired" && !takeTimer(batch, work.orderId, input)) return { outcome: "duplicate" };
  const taken = work.intake && takenByAnother(batch, work);
  if (taken) return taken;

  let working: WorkingOrder | null;
  try {
    working = await workingOrder(context, batch, work);
    if (working === null || (working.order === null && input.type !== "SubmitOrder")) return { outcome: "order-not-found" };
    if (input.type === "SubmitOrder" && working.stored) return { outcome: "applied", order: working.stored, events: 0 };
    const wanted = releaseWanted(working.order, input);
    const next = wanted === null || wanted === working.release.digest ? null : await context.releases.get(wanted);
    const decided = await context.engine.interpret(working.order, input, working.release, next);
    if (!decided.accepted) {
      if (inbox) remember(batch, inbox, work, "rejected", `${decided.rejection.code}: ${decided.rejection.message}`);
      return { outcome: "rejected", rejection: decided.rejection };
    }
    working.apply(input, decided, batch.occupancy, next);
    const delivery = finishedDelivery(working, work);
    if (delivery) batch.deliveries.push(delivery);
    if (inbox) remember(batch, inbox, work, "applied", null);
    if (work.intake) accept(batch, work, work.intake);
    return { outcome: "applied", order: decided.order, events: decided.events.length };
  } catch (error) {
    return quarantine(context, batch, work, error);
  }
}

/** Writes an input down that we could not interpret; everything else of its batch goes on. */
export function quarantine(context: WorkContext, batch: WorkBatch, work: Work, error: unknown): WorkResult {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  context.log.error({ err: error, orderId: work.orderId, inputId: work.input.id, inputType: work.input.type }, "An input was quarantined");
  remember(batch, quarantineKey(work), work, "quarantined", text);
  batch.deadLetters.push({ kind: "quarantined-input", ...quarantineKey(work), orderId: work.orderId, inputType: work.input.type, errorClass: errorClassOf(error) });
  return { outcome: "quarantined", error: error instanceof Error ? error.message : String(error) };
}

/** The message under which an input lies in quarantine. */
export function quarantineKey({ inbox, input }: Work): InboxKey {
  return inbox ?? { source: INTERNAL_SOURCE, messageId: input.id };
}

/** The order of a work as it stands in this batch; null when there is none. */
async function workingOrder(context: WorkContext, batch: WorkBatch, work: Work): Promise<WorkingOrder | null> {
  const known = batch.orders.get(work.orderId);
  if (known) return known;
  const stored = batch.facts.orders.get(work.orderId) ?? null;
  const digest = stored?.release.digest ?? work.intake?.releaseDigest;
  if (digest === undefined) return null;
  const working = new WorkingOrder(work.orderId, stored, await context.releases.get(digest));
  batch.orders.set(work.orderId, working);
  return working;
}

/** True when the delivery is still ours to settle. */
function settle(batch: WorkBatch, { outboxId, leaseEpoch }: NonNullable<Work["settles"]>, input: Input): boolean {
  const { leases } = batch.facts;
  if (batch.settlements.has(outboxId) || (leases !== null && leases.get(outboxId) !== leaseEpoch)) return false;
  batch.settlements.set(outboxId, { outboxId, leaseEpoch, answer: input.type === "TaskReported" ? answerSummary(input.report) : "{}" });
  return true;
}

/** A definite answer of the other side is a fact, even from a worker that was given up; everything else it says is not. */
function isProof(input: Input): boolean {
  return input.type === "TaskReported" && (input.report.status === "succeeded" || (input.report.status === "failed" && input.report.failure.effect === "NONE"));
}

/** Stops the clock that fired; false when it was stopped or moved in the meantime. */
function takeTimer(batch: WorkBatch, orderId: string, input: Extract<Input, { type: "TimerFired" }>): boolean {
  const dueAt = batch.timerDueAt(input.timerId);
  if (dueAt === undefined || dueAt > input.at) return false;
  batch.setTimer(orderId, { type: "CancelTimer", timerId: input.timerId });
  return true;
}

/** The request that has the same idempotency key, or the order that has the same intent. */
function takenByAnother(batch: WorkBatch, { orderId, intake }: Work): WorkResult | null {
  if (!intake || batch.facts.orders.has(orderId)) return null;
  const { intentKeys, idempotency } = intake;
  const known = idempotency && batch.idempotencyKey(idempotency.scope, idempotency.key);
  // A record without an answer is the mark our own request left when it began.
  if (known && (known.answered || known.requestHash !== idempotency.requestHash)) return { outcome: "key-taken" };
  for (const intentKey of intentKeys) {
    const other = batch.orderOfIntent(intentKey);
    if (other !== undefined) return { outcome: "intent-exists", intentKey, orderId: other };
  }
  return null;
}

/** What intake stores with an order; its fulfillment is left as a message, so that it starts even after a crash. */
function accept(batch: WorkBatch, work: Work, intake: NonNullable<Work["intake"]>): void {
  const { orderId, input } = work;
  for (const intentKey of intake.intentKeys) batch.intents.set(intentKey, orderId);
  if (intake.idempotency) {
    const { scope, key, requestHash, status, response, expiresAt } = intake.idempotency;
    const row = { scope, key, request_hash: requestHash, status, response, order_id: orderId, expires_at: expiresAt };
    batch.idempotencyRows.set(keyId(scope, key), row);
  }
  const message = { source: INTAKE_SOURCE, messageId: orderId };
  const fulfill: Input = { type: "FulfillOrder", id: `${input.id}/fulfill`, at: input.at };
  batch.inboxRows.set(inboxKey(message), inboxRow(message, orderId, fulfill, "pending", null, batch.at));
  batch.pending.push({ ...message, orderId, input: fulfill });
}

function remember(batch: WorkBatch, message: InboxKey, { orderId, input }: Work, status: InboxStatus, error: string | null): void {
  batch.inboxRows.set(inboxKey(message), inboxRow(message, orderId, input, status, error, batch.at));
}
