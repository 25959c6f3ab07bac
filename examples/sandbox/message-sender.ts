import type { JsonObject } from "../../engine/support/json.ts";
import { signWebhook } from "../../server/callbacks/sign-webhook.ts";
import type { Journal } from "./journal.ts";

/** A message decided on at request time and sent when it is due, also by a sandbox that was restarted in between. */
export interface PlannedMessage {
  readonly id: string;
  /** What it tells: `accepted`, `succeeded`, `failed` or the name of an event. */
  readonly label: string;
  readonly url: string;
  readonly system: string;
  readonly key: string;
  readonly dueAt: string;
  readonly body: JsonObject;
  /** Deliveries of the very same message. */
  readonly copies: number;
  readonly forged?: true;
  readonly stale?: true;
}

export interface MessageSender {
  /** Send when due. */
  readonly plan: (message: PlannedMessage) => void;
  /** Send at once; resolves when it was delivered or given up. */
  readonly deliver: (message: PlannedMessage) => Promise<void>;
  readonly close: () => void;
}

/** Like any sender of webhooks, keeps trying while the receiver is down: about a quarter of an hour. */
export const DELIVERIES_MAX = 200;
const FIRST_RETRY_MS = 100;
const RETRY_MS_MAX = 5_000;
const DELIVERY_TIMEOUT_MS = 10_000;
const STALE_MS = 600_000;
const FORGED_SECRET = `whsec_${Buffer.from("a secret the receiver never had").toString("base64")}`;

export function createMessageSender(options: { readonly secret: string; readonly now: () => number; readonly journal: Journal }): MessageSender {
  const { secret, now, journal } = options;
  const timers = new Set<NodeJS.Timeout>();
  const closing = new AbortController();

  const later = (delayMs: number, run: () => void): void => {
    if (closing.signal.aborted) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.add(timer);
  };
  const pause = (delayMs: number): Promise<void> => new Promise((resolve) => later(delayMs, resolve));

  async function deliver(message: PlannedMessage): Promise<void> {
    let deliveries = 0;
    let status: number | null = null;
    for (let copy = 0; copy < message.copies; copy++) {
      for (let attempt = 0; deliveries < DELIVERIES_MAX; attempt++) {
        deliveries += 1;
        status = await post(message);
        if (closing.signal.aborted) return; // stays planned; the next start sends it
        if (!worthRetrying(status)) break;
        await pause(Math.min(FIRST_RETRY_MS * 2 ** attempt, RETRY_MS_MAX));
      }
    }
    const { id, label, system, key } = message;
    await journal.append({ kind: "message", at: new Date(now()).toISOString(), system, key, messageId: id, label, deliveries, status });
  }

  async function post(message: PlannedMessage): Promise<number | null> {
    const body = JSON.stringify(message.body);
    const sentAtMs = now() - (message.stale ? STALE_MS : 0);
    const signed = signWebhook({ id: message.id, sentAtMs, body }, [message.forged ? FORGED_SECRET : secret]);
    try {
      const response = await fetch(message.url, {
        method: "POST", body, redirect: "manual", headers: { "content-type": "application/json", ...signed },
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(DELIVERY_TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return null;
    }
  }

  return {
    plan: (message) => later(Math.max(0, Date.parse(message.dueAt) - now()), () => void deliver(message).catch(() => undefined)),
    deliver,
    close() {
      closing.abort();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function worthRetrying(status: number | null): boolean {
  return status === null || status === 408 || status === 429 || status >= 500;
}
