import { createHash } from "node:crypto";
import type { JsonObject } from "../../engine/support/json.ts";
import { canonicalJson } from "../../engine/support/canonical-json.ts";
import { actionOf, referenceMaker } from "./actions.ts";
import type { Answer } from "./answer.ts";
import { answerAfterEffect, answerBeforeEffect } from "./fault-answers.ts";
import type { Outcome, StoredCommand } from "./command-store.ts";
import type { Fault } from "./fault.ts";
import { drawMs, type Latency } from "./latency.ts";
import type { PlannedMessage } from "./message-sender.ts";
import { planMessages } from "./plan-messages.ts";
import type { SystemProfile } from "./systems.ts";

/** A command as it came in. */
export interface CommandCall {
  readonly system: string;
  readonly action: string;
  readonly key: string;
  readonly commandId: string | null;
  readonly attempt: number | null;
  readonly callbackUrl: string | null;
  readonly request: JsonObject;
  readonly orderId: string | null;
  readonly externalId: string | null;
  readonly itemId: string | null;
}

/** The circumstances a command meets. */
export interface Circumstances {
  readonly seed: string;
  readonly nowMs: number;
  readonly latency: Latency;
  readonly profile: SystemProfile;
  /** What the system remembers under the key. */
  readonly known: StoredCommand | undefined;
  readonly fault: Fault | null;
}

/** What the system does and says. */
export interface Decision {
  readonly effect: boolean;
  /** What it remembers from now on; null leaves its memory alone. */
  readonly stored: StoredCommand | null;
  readonly messages: readonly PlannedMessage[];
  /** The messages go out before the answer. */
  readonly messagesFirst: boolean;
  readonly answer: Answer;
  readonly answerDelayMs: number;
}

/** Decides everything about one command at once, so that the journal can hold all of it before anyone learns of it. */
export function decideCommand(call: CommandCall, circumstances: Circumstances): Decision {
  const { seed, nowMs, latency, profile, known, fault } = circumstances;
  const answerDelayMs = fault?.kind === "delay" ? fault.ms : drawMs(latency.answer, seed, "answer", call.system, call.key, call.attempt ?? 0);
  const nothing = { effect: false, stored: null, messages: [], messagesFirst: false, answerDelayMs };

  const refusal = answerBeforeEffect(fault);
  if (refusal) return { ...nothing, answer: refusal, effect: fault?.kind === "reject" && fault.effect === "PARTIAL" };

  const action = actionOf(call.system, call.action);
  const requestHash = createHash("sha256").update(canonicalJson([call.action, call.request])).digest("hex");
  const inProgress = known !== undefined && nowMs < known.settledAtMs;
  if (profile.effects === "idempotent-key" && !action.question && known && (inProgress || known.outcome.status === "succeeded")) {
    if (known.requestHash !== requestHash) return { ...nothing, answer: clash() };
    const repeated: Answer = inProgress ? accepted() : { kind: "json", status: 200, body: { ...known.outcome } };
    return { ...nothing, answer: answerAfterEffect(fault) ?? repeated };
  }

  const effectNumber = (known?.effects ?? 0) + 1;
  const later = !action.question && (profile.completion === "callback" || (fault?.kind === "reject" && fault.via === "callback"));
  const span = action.onSite ? latency.fieldWork : latency.completion;
  const settledAtMs = nowMs + (later && fault?.kind !== "early-callback" ? drawMs(span, seed, "completion", call.system, call.key, effectNumber) : 0);
  const doneAt = new Date(settledAtMs).toISOString();
  const outcome = outcomeOf(fault, () =>
    action.evidence({ system: call.system, action: call.action, request: call.request, doneAt, reference: referenceMaker(seed, call.system, call.action, call.key, effectNumber) }),
  );

  const effect = !action.question && outcome.status === "succeeded";
  const eventAtMs = effect && action.followedBy !== undefined ? settledAtMs + drawMs(latency.delivery, seed, "delivery", call.key) : null;
  return {
    effect,
    stored: action.question ? null : { outcome, requestHash, settledAtMs, visibleAtMs: nowMs + (fault?.kind === "query-lag" ? fault.ms : 0), effects: effectNumber },
    messages: planMessages({ call, fault, outcome, settledAtMs, effectNumber, later, event: action.followedBy ?? null, eventAtMs }),
    messagesFirst: fault?.kind === "early-callback",
    answer: answerAfterEffect(fault) ?? (later ? accepted() : { kind: "json", status: 200, body: { ...outcome } }),
    answerDelayMs,
  };
}

function outcomeOf(fault: Fault | null, evidence: () => JsonObject): Outcome {
  if (fault?.kind !== "reject") return { status: "succeeded", result: evidence() };
  const { code, message = `The simulated system answers ${code}.`, effect } = fault;
  return { status: "failed", failure: effect === undefined ? { code, message } : { code, message, effect } };
}

function accepted(): Answer {
  return { kind: "json", status: 202, body: { status: "accepted" } };
}

function clash(): Answer {
  return { kind: "json", status: 409, body: { code: "DUPLICATE_KEY", message: "The key was used for another request." } };
}
