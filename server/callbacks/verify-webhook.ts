import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { webhookDigest } from "./sign-webhook.ts";
import { decodeWebhookSecret } from "./webhook-secret.ts";

/** How far the sender's clock may be from ours, either way. */
export const WEBHOOK_TOLERANCE_MS = 300_000;
/** Signatures of one message that are looked at; more than a rotation ever needs. */
export const WEBHOOK_SIGNATURES_MAX = 8;

const ID = /^[\x21-\x2d\x2f-\x7e]{1,256}$/;
const TIMESTAMP = /^[1-9]\d{0,11}$/;

export type Verification =
  | { readonly ok: true; readonly messageId: string; readonly sentAtMs: number }
  | { readonly ok: false; readonly code: "signature-invalid" | "timestamp-out-of-tolerance" };

/**
 * Verifies a signed message over its raw bytes (Standard Webhooks, symmetric `v1` only). Any listed secret will do, so
 * that secrets rotate without a gap; every comparison takes the same time. The timestamp is judged only once the signature
 * holds: who cannot sign learns nothing about our clock.
 */
export function verifyWebhook(headers: IncomingHttpHeaders, body: Uint8Array, secrets: readonly string[], nowMs: number): Verification {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = headers;
  const invalid = { ok: false, code: "signature-invalid" } as const;
  if (typeof id !== "string" || typeof timestamp !== "string" || typeof signatures !== "string") return invalid;
  if (!ID.test(id) || !TIMESTAMP.test(timestamp)) return invalid;

  const given = signatures.split(" ").slice(0, WEBHOOK_SIGNATURES_MAX)
    .filter((signature) => signature.startsWith("v1,"))
    .map((signature) => Buffer.from(signature.slice("v1,".length), "base64"));
  let matched = false;
  for (const secret of secrets) {
    const key = decodeWebhookSecret(secret);
    if (!key) continue;
    const expected = webhookDigest(key, id, timestamp, body);
    for (const signature of given) {
      if (signature.length === expected.length && timingSafeEqual(signature, expected)) matched = true;
    }
  }
  if (!matched) return invalid;

  const sentAtMs = Number(timestamp) * 1000;
  if (Math.abs(nowMs - sentAtMs) > WEBHOOK_TOLERANCE_MS) return { ok: false, code: "timestamp-out-of-tolerance" };
  return { ok: true, messageId: id, sentAtMs };
}
