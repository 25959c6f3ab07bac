import { createHmac } from "node:crypto";
import { decodeWebhookSecret } from "./webhook-secret.ts";

/** The three headers of a signed message (Standard Webhooks). */
export interface WebhookHeaders {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

export interface WebhookMessage {
  /** Names the message for ever: a repeated delivery carries the same id. No full stop: it separates the signed parts. */
  readonly id: string;
  /** When this delivery is sent. */
  readonly sentAtMs: number;
  /** The exact bytes of the body. */
  readonly body: string | Uint8Array;
}

/** Signs a message with one secret, or with several while they are being rotated. */
export function signWebhook(message: WebhookMessage, secrets: readonly string[]): WebhookHeaders {
  const timestamp = String(Math.floor(message.sentAtMs / 1000));
  const signatures = secrets.map((secret) => {
    const key = decodeWebhookSecret(secret);
    if (!key) throw new Error("A webhook secret must be whsec_ followed by 24 to 64 bytes in base64.");
    return `v1,${webhookDigest(key, message.id, timestamp, message.body).toString("base64")}`;
  });
  return { "webhook-id": message.id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

/** The HMAC-SHA256 over `id.timestamp.body`. */
export function webhookDigest(key: Uint8Array, id: string, timestamp: string, body: string | Uint8Array): Buffer {
  return createHmac("sha256", key).update(`${id}.${timestamp}.`, "utf8").update(body).digest();
}
