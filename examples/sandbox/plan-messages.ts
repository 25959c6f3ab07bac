import { createHash } from "node:crypto";
import type { JsonObject } from "../../engine/support/json.ts";
import type { Outcome } from "./command-store.ts";
import type { CommandCall } from "./decide-command.ts";
import type { Fault } from "./fault.ts";
import type { PlannedMessage } from "./message-sender.ts";

/** How long after `succeeded` a reordered `accepted` follows. */
const REORDER_GAP_MS = 50;
const COPIES_DEFAULT = 2;
const CALLBACK_FAULTS: ReadonlySet<string> = new Set(["reorder-callbacks", "early-callback", "late-callback"]);
const ANSWER_FAULTS: ReadonlySet<string> = new Set(["timeout-after-effect", "reset-after-effect", "server-error", "malformed-answer"]);

interface Work {
  readonly call: CommandCall;
  readonly fault: Fault | null;
  readonly outcome: Outcome;
  readonly settledAtMs: number;
  readonly effectNumber: number;
  /** The result comes by callback. */
  readonly later: boolean;
  readonly event: string | null;
  /** When the world sends the event; null: never. */
  readonly eventAtMs: number | null;
}

/** The messages a command leads to, with the faults of messages applied. */
export function planMessages(work: Work): PlannedMessage[] {
  const { call, fault, outcome, settledAtMs } = work;
  const { callbackUrl } = call;
  if (callbackUrl === null || fault?.kind === "lost-callback" || answerLost(fault)) return [];

  const message = (label: string, atMs: number, body: JsonObject, number = 1): PlannedMessage => ({
    id: messageId(work, label, number), label, url: callbackUrl, system: call.system, key: call.key, dueAt: new Date(atMs).toISOString(),
    copies: 1, body: { ...correlation(call), ...body, occurredAt: new Date(atMs).toISOString() },
  });

  const delayMs = fault?.kind === "late-callback" ? fault.ms : 0;
  const result = (number = 1): PlannedMessage => message(outcome.status, settledAtMs + delayMs, { ...outcome }, number);
  const messages = resultMessages(work, result);
  if (fault?.kind === "reorder-callbacks") messages.push(message("accepted", settledAtMs + REORDER_GAP_MS, { status: "accepted" }));
  if (work.event !== null && work.eventAtMs !== null) {
    const place = { orderId: call.orderId, itemId: call.itemId };
    messages.push(message(work.event, work.eventAtMs, { ...place, event: work.event, data: { at: new Date(work.eventAtMs).toISOString() } }));
  }
  return messages;
}

/** The result as it is told: not at all after a synchronous answer, unless the fault is one of callbacks. */
function resultMessages({ fault, later }: Work, result: (number?: number) => PlannedMessage): PlannedMessage[] {
  if (fault?.kind === "duplicate-callback") {
    const copies = fault.copies ?? COPIES_DEFAULT;
    return fault.sameId === false ? Array.from({ length: copies }, (_, index) => result(index + 1)) : [{ ...result(), copies }];
  }
  if (fault?.kind === "forged-callback") return [{ ...result(), forged: true }];
  if (fault?.kind === "stale-callback") return [{ ...result(), stale: true }];
  return later || CALLBACK_FAULTS.has(fault?.kind ?? "") ? [result()] : [];
}

/** Whoever loses the answer loses the callback too, unless the fault says otherwise. */
function answerLost(fault: Fault | null): boolean {
  return fault !== null && ANSWER_FAULTS.has(fault.kind) && !("callback" in fault && fault.callback);
}

function correlation(call: CommandCall): JsonObject {
  return call.commandId === null ? { idempotencyKey: call.key } : { idempotencyKey: call.key, commandId: call.commandId };
}

function messageId(work: Work, label: string, number: number): string {
  const { call, effectNumber } = work;
  return `msg_${createHash("sha256").update(JSON.stringify([call.system, call.key, effectNumber, label, number])).digest("hex").slice(0, 24)}`;
}
