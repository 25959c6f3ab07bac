import { createHash } from "node:crypto";
import type { Input } from "../../engine/order/inputs.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Json } from "../../engine/support/json.ts";
import type { UnitOfWork } from "../work/contract.ts";
import { readCallback, type Callback } from "./read-callback.ts";

/** The command a callback belongs to, found by its idempotency key. */
export interface FoundCommand {
  readonly orderId: string;
  readonly taskId: string;
  readonly attempt: number;
}

/** A message that fits nothing: kept for people to look at, never dropped. */
export interface UnmatchedMessage {
  readonly source: string;
  readonly messageId: string;
  readonly receivedAt: string;
  /** `schema-unknown`, `command-unknown`, `command-mismatch`, `order-unknown`, or the code the order refused it with. */
  readonly reason: string;
  readonly body: Json;
}

export interface CallbackDeps {
  readonly unitOfWork: UnitOfWork;
  readonly findCommand: (idempotencyKey: string) => Promise<FoundCommand | null>;
  /** Keeps a message; the same source and message id twice are one message. */
  readonly recordUnmatched: (message: UnmatchedMessage) => Promise<void>;
  /** Id of the input an earlier message with this id became, when the store keeps it; tells a repeat from another message. */
  readonly knownInputId?: (source: string, messageId: string) => Promise<string | null>;
}

/** A verified message. */
export interface CallbackMessage {
  readonly source: string;
  readonly messageId: string;
  readonly receivedAt: string;
  readonly body: Json;
  /** sha256 of the raw bytes, hex. */
  readonly bodyHash: string;
}

/**
 * - `applied`: the order knows it now.
 * - `duplicate`: the order knew it before; nothing changed.
 * - `kept`: accepted, but it changed no task now: parked until its command is sent, late, unmatched or quarantined.
 * - `id-reused`: another message has this id.
 */
export type CallbackOutcome = "applied" | "duplicate" | "kept" | "id-reused";

/** Brings a verified message to the order it belongs to. */
export async function applyCallback(deps: CallbackDeps, message: CallbackMessage): Promise<CallbackOutcome> {
  const unmatched = async (reason: string): Promise<CallbackOutcome> => {
    const { source, messageId, receivedAt, body } = message;
    await deps.recordUnmatched({ source, messageId, receivedAt, reason, body });
    return "kept";
  };

  const callback = readCallback(message.body);
  if (!callback) return unmatched("schema-unknown");
  const found = callback.idempotencyKey === null ? null : await deps.findCommand(callback.idempotencyKey);
  const target = addressOf(callback, found);
  if (typeof target === "string") return unmatched(target);

  const input: Input = { id: inputId(message), at: message.receivedAt, ...target.body };
  const { source, messageId } = message;
  const result = await deps.unitOfWork.handle({ orderId: target.orderId, input, inbox: { source, messageId } });
  if (result.outcome === "applied") return changedATask(result.order, input) ? "applied" : "kept";
  if (result.outcome === "duplicate") {
    const known = (await deps.knownInputId?.(source, messageId)) ?? null;
    return known !== null && known !== input.id ? "id-reused" : "duplicate";
  }
  if (result.outcome === "quarantined") return "kept";
  if (result.outcome === "order-not-found") return unmatched("order-unknown");
  if (result.outcome === "rejected") return unmatched(result.rejection.code);
  throw new Error(`A callback cannot end as ${result.outcome}: that belongs to intake.`);
}

type InputBody<T = Input> = T extends Input ? Omit<T, "id" | "at"> : never;

/** The order and the input a callback stands for, or why it fits nothing. */
function addressOf(callback: Callback, found: FoundCommand | null): { readonly orderId: string; readonly body: InputBody } | string {
  if (callback.kind === "event") {
    const { event, data } = callback;
    if (found && callback.orderId !== null && callback.orderId !== found.orderId) return "command-mismatch";
    const orderId = found?.orderId ?? callback.orderId;
    if (orderId === null || (callback.orderId === null && !found)) return "command-unknown";
    const itemId = callback.itemId ?? (found ? itemOf(found) : null);
    return { orderId, body: { type: "ExternalEventReceived", event, itemId, data } };
  }
  if (!found) return "command-unknown";
  if (callback.commandId !== null && !callback.commandId.startsWith(`${found.taskId}/`)) return "command-mismatch";
  const attempt = callback.commandId === null ? found.attempt : attemptOf(callback.commandId);
  return { orderId: found.orderId, body: { type: "TaskReported", taskId: found.taskId, via: "callback", attempt, report: callback.report } };
}

/** `<orderId>/p<n>/<itemId>/<taskKey>` -> itemId; the order id and the task key hold no slash that matters here. */
function itemOf(found: FoundCommand): string | null {
  const rest = found.taskId.startsWith(`${found.orderId}/`) ? found.taskId.slice(found.orderId.length + 1) : "";
  return /^p\d+\/(.+)\/[^/]+$/.exec(rest)?.[1] ?? null;
}

/** `<taskId>/<action>/<attempt>` -> attempt. */
function attemptOf(commandId: string): number | null {
  const last = /\/([1-9]\d{0,8})$/.exec(commandId)?.[1];
  return last === undefined ? null : Number(last);
}

/** Names the input for ever: the same message, however often delivered, is the same input; another body is another one. */
function inputId(message: CallbackMessage): string {
  const { source, messageId, bodyHash } = message;
  return `callback/${createHash("sha256").update(JSON.stringify([source, messageId, bodyHash])).digest("hex").slice(0, 40)}`;
}

/** False when the result was parked before its command was sent, or came after its task was final. */
function changedATask(order: Order, input: Input): boolean {
  if (input.type !== "TaskReported") return true;
  if (order.parkedResults.some((parked) => parked.inputId === input.id)) return false;
  const task = order.tasks.find((candidate) => candidate.id === input.taskId);
  return task === undefined || task.finishedAt === null || task.finishedAt === input.at;
}
