const PREFIX = "whsec_";
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Shortest and longest secret of the Standard Webhooks specification. */
export const WEBHOOK_SECRET_BYTES_MIN = 24;
export const WEBHOOK_SECRET_BYTES_MAX = 64;

/** The key inside a `whsec_...` secret; null when the text is none, so that an empty or cut secret never verifies anything. */
export function decodeWebhookSecret(secret: string): Uint8Array | null {
  if (!secret.startsWith(PREFIX) || !BASE64.test(secret.slice(PREFIX.length))) return null;
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  return key.length >= WEBHOOK_SECRET_BYTES_MIN && key.length <= WEBHOOK_SECRET_BYTES_MAX ? key : null;
}
