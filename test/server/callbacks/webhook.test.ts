import { describe, expect, it } from "vitest";
import { signWebhook } from "../../../server/callbacks/sign-webhook.ts";
import { verifyWebhook } from "../../../server/callbacks/verify-webhook.ts";
import { decodeWebhookSecret } from "../../../server/callbacks/webhook-secret.ts";

const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes ok!").toString("base64")}`;
const OTHER = `whsec_${Buffer.from("another secret of 32 bytes here!").toString("base64")}`;
const NOW_MS = Date.parse("2026-11-20T10:00:00Z");
const BODY = Buffer.from('{ "status":"accepted" }');

const signed = (changes: object = {}, secrets: readonly string[] = [SECRET]) => signWebhook({ id: "msg_1", sentAtMs: NOW_MS, body: BODY, ...changes }, secrets);
const verify = (headers: object, body: Uint8Array = BODY, secrets: readonly string[] = [SECRET]) => verifyWebhook({ ...headers }, body, secrets, NOW_MS);
const INVALID = { ok: false, code: "signature-invalid" };
const OUT_OF_TOLERANCE = { ok: false, code: "timestamp-out-of-tolerance" };

describe("a signature", () => {
  it("is the one other implementations make", () => {
    const headers = signWebhook(
      { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", sentAtMs: 1_614_265_330_000, body: '{"test": 2432232314}' }, ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    );
    expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("holds for the bytes that were signed", () => {
    expect(verify(signed())).toEqual({ ok: true, messageId: "msg_1", sentAtMs: NOW_MS });
  });

  it.each([
    ["is missing", { "webhook-signature": undefined }],
    ["is empty", { "webhook-signature": "" }],
    ["is wrong", { "webhook-signature": `v1,${Buffer.alloc(32).toString("base64")}` }],
    ["is too short", { "webhook-signature": "v1,AAAA" }],
    ["is of another scheme", { "webhook-signature": signed()["webhook-signature"].replace("v1,", "v1a,") }],
    ["belongs to another id", { "webhook-id": "msg_2" }],
    ["has no id", { "webhook-id": undefined }],
    ["has an id that imitates a timestamp", { "webhook-id": "msg_1.1" }],
    ["belongs to another second", { "webhook-timestamp": String(NOW_MS / 1000 + 1) }],
    ["has a timestamp that is none", { "webhook-timestamp": "1e9" }],
  ])("[81] %s", (_name, changes) => {
    expect(verify({ ...signed(), ...changes })).toEqual(INVALID);
  });

  it("[81] does not hold for the same JSON written anew", () => {
    expect(verify(signed(), Buffer.from(JSON.stringify(JSON.parse(BODY.toString()))))).toEqual(INVALID);
  });

  it.each(["", "whsec_", "whsec_!!!", "whsec_AAAA", SECRET.slice(6)])("[81] never holds with the secret %j", (secret) => {
    expect(decodeWebhookSecret(secret)).toBeNull();
    expect(verify(signed(), BODY, [secret])).toEqual(INVALID);
    expect(() => signed({}, [secret])).toThrow("whsec_");
  });

  it.each([-360_000, 360_000, -301_000, 301_000])("[82] is too old or from the future by %i ms", (difference) => {
    expect(verify(signed({ sentAtMs: NOW_MS + difference }))).toEqual(OUT_OF_TOLERANCE);
  });

  it.each([-299_000, 299_000])("[82] may differ by %i ms", (difference) => {
    expect(verify(signed({ sentAtMs: NOW_MS + difference })).ok).toBe(true);
  });

  it("[82] tells our clock only to those who can sign", () => {
    expect(verify(signed({ sentAtMs: 0 + 1000 }, [OTHER]))).toEqual(INVALID);
  });

  it("[91] holds for the new and the old secret while both are listed", () => {
    expect(verify(signed({}, [OTHER]), BODY, [SECRET, OTHER]).ok).toBe(true);
    expect(verify(signed({}, [OTHER, SECRET]), BODY, [SECRET]).ok).toBe(true);
    expect(verify(signed({}, [OTHER]), BODY, [SECRET])).toEqual(INVALID);
  });
});
