import express from "express";
import request from "supertest";
import { beforeEach, describe, expect, it } from "vitest";
import type { Order } from "../../../engine/order/order.ts";
import type { UnmatchedMessage } from "../../../server/callbacks/apply-callback.ts";
import { createCallbackRouter } from "../../../server/callbacks/create-callback-router.ts";
import { signWebhook } from "../../../server/callbacks/sign-webhook.ts";
import { handleErrors } from "../../../server/problems/handle-errors.ts";
import type { Work, WorkResult } from "../../../server/work/contract.ts";

const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes ok!").toString("base64")}`;
const NOW_MS = Date.parse("2026-11-20T10:00:00Z");
const AT = new Date(NOW_MS).toISOString();
const KEY = "a".repeat(64);
const TASK = "O-1/p1/item-1/activate";
const REPORT = { commandId: `${TASK}/configure/2`, idempotencyKey: KEY, status: "succeeded", result: { activationId: "A-1" }, occurredAt: AT };

let works: Work[];
let unmatched: UnmatchedMessage[];
let inbox: Map<string, string>;
let answer: (work: Work) => WorkResult;

beforeEach(() => {
  works = [];
  unmatched = [];
  inbox = new Map();
  answer = () => applied({});
});

/** An order after the input, as far as the router looks at it. */
function applied(order: { parkedResults?: unknown[]; tasks?: unknown[] }): WorkResult {
  return { outcome: "applied", events: 1, order: { parkedResults: [], tasks: [], ...order } as unknown as Order };
}

const app = express().use(
  createCallbackRouter({
    unitOfWork: {
      handle: (work) => {
        works.push(work);
        const id = `${work.inbox?.source} ${work.inbox?.messageId}`;
        if (inbox.has(id)) return Promise.resolve({ outcome: "duplicate" });
        inbox.set(id, work.input.id);
        return Promise.resolve(answer(work));
      },
    },
    secretsFor: (system) => (system === "stranger" ? [] : [SECRET]),
    now: () => NOW_MS,
    findCommand: (key) => Promise.resolve(key === KEY ? { orderId: "O-1", taskId: TASK, attempt: 2 } : null),
    recordUnmatched: (message) => Promise.resolve(void unmatched.push(message)),
    knownInputId: (source, messageId) => Promise.resolve(inbox.get(`${source} ${messageId}`) ?? null),
  }),
  handleErrors(() => undefined),
);

function post(body: unknown, options: { id?: string; system?: string; sentAtMs?: number; headers?: object } = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const signed = signWebhook({ id: options.id ?? "msg_1", sentAtMs: options.sentAtMs ?? NOW_MS, body: text }, [SECRET]);
  return request(app).post(`/callbacks/${options.system ?? "activation"}`).set({ "content-type": "application/json", ...signed, ...options.headers }).send(text);
}

describe("POST /callbacks/{targetSystem}", () => {
  it("brings a result to the order it belongs to", async () => {
    const response = await post(REPORT);
    expect([response.status, response.body]).toEqual([200, { outcome: "applied" }]);
    expect(works).toEqual([{
      orderId: "O-1", inbox: { source: "activation", messageId: "msg_1" },
      input: { id: expect.stringMatching(/^callback\//) as string, at: AT, type: "TaskReported", taskId: TASK, via: "callback", attempt: 2, report: { status: "succeeded", result: { activationId: "A-1" } } },
    }]);
  });

  it("takes the attempt from the command id, else from the command found", async () => {
    await post({ ...REPORT, commandId: `${TASK}/configure/1` });
    await post({ ...REPORT, commandId: undefined }, { id: "msg_2" });
    expect(works.map((work) => work.input)).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
  });

  it("reads a failure; a definite one had no effect", async () => {
    await post({ ...REPORT, status: "failed", result: undefined, failure: { code: "NO_ACCESS", message: "nobody home" } });
    expect(works[0]?.input).toMatchObject({ report: { status: "failed", failure: { code: "NO_ACCESS", message: "nobody home", httpStatus: null, effect: "NONE" } } });
  });

  it("brings an event to the item", async () => {
    await post({ event: "delivery-completed", orderId: "O-2", itemId: "7", data: { by: "van" } });
    await post({ event: "delivery-completed", idempotencyKey: KEY }, { id: "msg_2" });
    expect(works.map(({ orderId, input }) => ({ orderId, ...input }))).toMatchObject([
      { orderId: "O-2", type: "ExternalEventReceived", event: "delivery-completed", itemId: "7", data: { by: "van" } },
      { orderId: "O-1", type: "ExternalEventReceived", event: "delivery-completed", itemId: "item-1", data: {} },
    ]);
  });

  it("[81] refuses what is not signed by that system", async () => {
    const unsigned = await request(app).post("/callbacks/activation").send(REPORT);
    const unknown = await post(REPORT, { system: "stranger" });
    const compressed = await post(REPORT, { headers: { "content-encoding": "gzip" } });
    expect([unsigned.status, unknown.status, compressed.status]).toEqual([401, 401, 415]);
    expect(unsigned.body).toMatchObject({ code: "signature-invalid", type: "/problems/signature-invalid", status: 401 });
    expect(unsigned.headers["content-type"]).toContain("application/problem+json");
    expect(works).toEqual([]);
  });

  it("[82] refuses an old message", async () => {
    const response = await post(REPORT, { sentAtMs: NOW_MS - 360_000 });
    expect([response.status, (response.body as { code: string }).code]).toEqual([401, "timestamp-out-of-tolerance"]);
  });

  it("[83] knows a repeat, refuses another message under the same id, takes the id from another system", async () => {
    const first = await post(REPORT);
    const again = await post(REPORT, { sentAtMs: NOW_MS + 1000 });
    const other = await post({ ...REPORT, result: { activationId: "A-2" } });
    const elsewhere = await post(REPORT, { system: "workforce" });
    expect([first.status, again.status, other.status, elsewhere.status]).toEqual([200, 200, 409, 200]);
    expect(again.body).toEqual({ outcome: "duplicate" });
    expect(other.body).toMatchObject({ code: "event-id-reused" });
    expect(works[0]?.input.id).toBe(works[1]?.input.id);
  });

  it("[84] takes a result that is late", async () => {
    answer = () => applied({ tasks: [{ id: TASK, finishedAt: "2026-11-19T10:00:00.000Z" }] });
    expect((await post(REPORT)).status).toBe(202);
    answer = () => applied({ tasks: [{ id: TASK, finishedAt: AT }] });
    expect((await post(REPORT, { id: "msg_2" })).status).toBe(200);
  });

  it("[85] takes a result that is early", async () => {
    answer = (work) => applied({ parkedResults: [{ taskId: TASK, inputId: work.input.id, report: {} }] });
    expect((await post(REPORT)).status).toBe(202);
  });

  it("[87] keeps what fits nothing and tells nothing about orders", async () => {
    const unknown = await post({ ...REPORT, idempotencyKey: "b".repeat(64) });
    const mismatch = await post({ ...REPORT, commandId: "O-9/p1/1/x/y/1" }, { id: "msg_2" });
    answer = () => ({ outcome: "order-not-found" });
    const gone = await post({ event: "delivery-completed", orderId: "O-9" }, { id: "msg_3" });
    answer = () => ({ outcome: "rejected", rejection: { code: "task-not-found", message: "secret detail" } });
    const refused = await post(REPORT, { id: "msg_4" });
    for (const response of [unknown, mismatch, gone, refused]) expect([response.status, response.body]).toEqual([202, { outcome: "kept" }]);
    expect(unmatched.map((message) => [message.messageId, message.reason])).toEqual([
      ["msg_1", "command-unknown"], ["msg_2", "command-mismatch"], ["msg_3", "order-unknown"], ["msg_4", "task-not-found"],
    ]);
  });

  it("[88] keeps schemas it does not know, ignores members it does not know, refuses 6 MB", async () => {
    const unknown = await post({ version: 9, something: "else" });
    const extra = await post({ ...REPORT, novelty: true }, { id: "msg_2" });
    const large = await post({ ...REPORT, padding: "x".repeat(6_000_000) }, { id: "msg_3" });
    expect([unknown.status, extra.status, large.status]).toEqual([202, 200, 413]);
    expect(unmatched[0]?.reason).toBe("schema-unknown");
    expect(large.body).toMatchObject({ code: "payload-too-large" });
  });

  it("refuses what is no JSON, and says 202 when the input was quarantined", async () => {
    expect((await post("{")).status).toBe(400);
    answer = () => ({ outcome: "quarantined", error: "stack with secrets" });
    const response = await post(REPORT, { id: "msg_2" });
    expect([response.status, response.body]).toEqual([202, { outcome: "kept" }]);
  });

  it("answers 500 without details when it could not be kept, so that it is sent again", async () => {
    answer = () => {
      throw new Error("SQL of a table");
    };
    const response = await post(REPORT);
    expect(response.status).toBe(500);
    expect(response.text).not.toContain("SQL");
  });
});
