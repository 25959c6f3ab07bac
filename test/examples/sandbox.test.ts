import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createSandbox, type SandboxOptions } from "../../examples/sandbox/create-sandbox.ts";
import type { Fault } from "../../examples/sandbox/fault.ts";
import { NO_LATENCY } from "../../examples/sandbox/latency.ts";
import { dispatchTask, patient, queryTask } from "../server/adapters/dispatch-task.ts";
import { openBench, pause, SECRET, type Bench } from "./sandbox-bench.ts";

let bench: Bench;
afterEach(() => bench.close());

const open = async (fault?: Fault, options: Partial<SandboxOptions> = {}) => {
  bench = await openBench({ ...options, faults: fault ? [{ times: 1, fault }] : [] });
};
const activation = { targetSystem: "activation", action: "configure", request: { profile: "1G" }, commandId: "O-1/p1/1/activate/configure/1" };
const send = (system = "activation", changes = {}) => bench.adapter(system).send(dispatchTask({ ...activation, ...changes }), patient);
const query = (system = "activation") => bench.adapter(system).query(queryTask(), patient);
const effects = () => bench.sandbox.effects().total;
const failure = (code: string, effect: string) => ({ status: "failed", failure: { code, effect } });

describe("effects classes", () => {
  it("idempotent-key: a repeated key gets the stored answer and has no second effect", async () => {
    await open();
    const first = await send("billing", { action: "start-charge" });
    const again = await send("billing", { action: "start-charge", attempt: 2 });
    expect(first).toMatchObject({ status: "succeeded", result: { subscriptionId: expect.stringMatching(/^SUB-/) as string } });
    expect(again).toEqual(first);
    expect(bench.sandbox.effects()).toMatchObject({ total: 1, requests: 2, repeated: [], byAction: { "billing.start-charge": 1 } });
    expect(await send("billing", { action: "start-charge", request: { other: true } })).toMatchObject(failure("DUPLICATE_KEY", "NONE"));
    expect(await query("billing")).toEqual(first);
  });

  it("idempotent-key with callbacks: 202 while in progress, the result once it is known, one effect", async () => {
    await open(undefined, { latency: { ...NO_LATENCY, completion: [80, 80] } });
    expect(await send("service-order", { action: "create" })).toEqual({ status: "accepted" });
    expect(await send("service-order", { action: "create" })).toEqual({ status: "accepted" });
    expect(await query("service-order")).toEqual({ status: "inProgress" });
    const [message] = await bench.arrived(1);
    expect(await send("service-order", { action: "create" })).toMatchObject({ status: "succeeded" });
    expect(message?.body).toMatchObject({ status: "succeeded", idempotencyKey: dispatchTask().idempotencyKey, result: { serviceId: expect.any(String) as string } });
    expect([effects(), bench.received.length]).toEqual([1, 1]);
  });

  it("queryable: every request is an effect, and the key can be asked for", async () => {
    await open();
    expect(await query()).toEqual({ status: "notFound" });
    await send();
    await send("activation", { attempt: 2 });
    expect(await query()).toMatchObject({ status: "succeeded" });
    expect(bench.sandbox.effects()).toMatchObject({ total: 2, repeated: [`activation.configure ${dispatchTask().idempotencyKey}`] });
  });

  it("neither: every request is an effect, and nothing can be asked", async () => {
    await open();
    await send("carrier", { action: "book" });
    await send("carrier", { action: "book" });
    expect(await query("carrier")).toMatchObject({ status: "unanswered" });
    expect(effects()).toBe(2);
  });

  it("can be chosen", async () => {
    await open(undefined, { systems: { billing: { effects: "neither" } } });
    await send("billing", { action: "start-charge" });
    await send("billing", { action: "start-charge" });
    expect(effects()).toBe(2);
  });

  it("a question is no effect", async () => {
    await open();
    expect(await send("activation", { action: "verify", request: { expected: "1G" } })).toMatchObject({ status: "succeeded", result: { verified: true } });
    expect(effects()).toBe(0);
  });
});

describe("faults before the effect leave nothing behind", () => {
  it.each<[Fault, object]>([
    [{ kind: "reject", code: "OUT_OF_STOCK" }, { failure: { code: "OUT_OF_STOCK", effect: "NONE", httpStatus: 422 } }],
    [{ kind: "reject", code: "STALE_DATA", status: 409 }, { failure: { code: "STALE_DATA", effect: "NONE", httpStatus: 409 } }],
    [{ kind: "unavailable", retryAfter: "99999999" }, { failure: { code: "UNAVAILABLE", effect: "NONE", httpStatus: 503 } }],
    [{ kind: "busy", retryAfter: "-1" }, { failure: { code: "BUSY", effect: "NONE", httpStatus: 429 } }],
    [{ kind: "redirect", location: "http://169.254.169.254/" }, failure("EGRESS_REDIRECT", "POSSIBLE")],
    [{ kind: "timeout-before-effect" }, failure("TIMEOUT", "POSSIBLE")],
    [{ kind: "reset-before-effect" }, failure("CONNECTION_LOST", "POSSIBLE")],
  ])("%j", async (fault, expected) => {
    await open(fault);
    expect(await send()).toMatchObject(expected);
    expect([effects(), await query()]).toEqual([0, { status: "notFound" }]);
    expect(await send()).toEqual({ status: "accepted" });
    expect(effects()).toBe(1);
  });

  it("half of it may have happened", async () => {
    await open({ kind: "reject", code: "HALF", effect: "PARTIAL" });
    expect(await send()).toMatchObject(failure("HALF", "PARTIAL"));
  });
});

describe("faults after the effect lose only the news of it", () => {
  it.each<[Fault, object]>([
    [{ kind: "timeout-after-effect" }, failure("TIMEOUT", "POSSIBLE")],
    [{ kind: "reset-after-effect" }, failure("CONNECTION_LOST", "POSSIBLE")],
    [{ kind: "server-error" }, { failure: { code: "INTERNAL", effect: "POSSIBLE", httpStatus: 500 } }],
    [{ kind: "malformed-answer", body: "empty" }, failure("RESPONSE_MALFORMED", "POSSIBLE")],
    [{ kind: "malformed-answer", body: "truncated" }, failure("RESPONSE_MALFORMED", "POSSIBLE")],
    [{ kind: "malformed-answer", body: "wrong" }, failure("RESPONSE_MALFORMED", "POSSIBLE")],
    [{ kind: "malformed-answer", body: "huge" }, failure("RESPONSE_MALFORMED", "POSSIBLE")],
  ])("%j", async (fault, expected) => {
    await open(fault);
    expect(await send()).toMatchObject(expected);
    expect(await query()).toMatchObject({ status: "succeeded", result: { activationId: expect.any(String) as string } });
    await pause(50);
    expect([effects(), bench.received]).toEqual([1, []]);
  });

  it("the callback may come all the same", async () => {
    await open({ kind: "timeout-after-effect", callback: true });
    await send();
    expect(await bench.arrived(1)).toMatchObject([{ verified: true, body: { status: "succeeded" } }]);
  });

  it("the answer may only be late", async () => {
    await open({ kind: "delay", ms: 60 });
    const startedMs = Date.now();
    expect(await send()).toEqual({ status: "accepted" });
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(59);
  });

  it("status queries may lag behind", async () => {
    await open({ kind: "query-lag", ms: 80 });
    await send();
    expect(await query()).toEqual({ status: "notFound" });
    await pause(100);
    expect(await query()).toMatchObject({ status: "succeeded" });
  });

  it("status queries fail too", async () => {
    bench = await openBench({ faults: [{ on: "query", times: 1, fault: { kind: "unavailable" } }] });
    await send();
    expect(await query()).toMatchObject({ status: "unanswered" });
    expect(await query()).toMatchObject({ status: "succeeded" });
  });
});

describe("faults of callbacks", () => {
  const statuses = () => bench.received.map((message) => message.body["status"]);

  it("reject after having accepted", async () => {
    await open({ kind: "reject", code: "NO_ACCESS", via: "callback" });
    expect(await send("workforce", { action: "perform-work" })).toEqual({ status: "accepted" });
    expect((await bench.arrived(1))[0]?.body).toMatchObject({ status: "failed", failure: { code: "NO_ACCESS" } });
    expect(await query("workforce")).toMatchObject(failure("NO_ACCESS", "NONE"));
    expect(effects()).toBe(0);
  });

  it("twice the same message, or the same news under two ids", async () => {
    bench = await openBench({ faults: [{ times: 1, fault: { kind: "duplicate-callback" } }, { times: 1, fault: { kind: "duplicate-callback", copies: 3, sameId: false } }] });
    await send();
    await bench.arrived(2);
    expect(new Set(bench.received.map((message) => message.id)).size).toBe(1);
    await send("activation", { idempotencyKey: "b".repeat(64) });
    await bench.arrived(5);
    expect(new Set(bench.received.map((message) => message.id)).size).toBe(4);
  });

  it("in the wrong order", async () => {
    await open({ kind: "reorder-callbacks" });
    await send();
    await bench.arrived(2);
    expect(statuses()).toEqual(["succeeded", "accepted"]);
  });

  it("before the request is answered", async () => {
    await open({ kind: "early-callback" });
    const answered = send().then(() => bench.received.length);
    expect(await answered).toBe(1);
  });

  it("never, or late", async () => {
    bench = await openBench({ faults: [{ times: 1, fault: { kind: "lost-callback" } }, { times: 1, fault: { kind: "late-callback", ms: 60 } }] });
    await send();
    await send("activation", { idempotencyKey: "b".repeat(64) });
    expect(bench.received).toEqual([]);
    expect((await bench.arrived(1)).map((message) => message.body["idempotencyKey"])).toEqual(["b".repeat(64)]);
  });

  it("badly signed; then no second try", async () => {
    bench = await openBench({ faults: [{ times: 1, fault: { kind: "forged-callback" } }, { times: 1, fault: { kind: "stale-callback" } }] });
    await send();
    await send("activation", { idempotencyKey: "b".repeat(64) });
    await bench.arrived(2);
    expect(bench.received.map((message) => message.verified)).toEqual([false, false]);
  });

  it("again and again while the receiver is down", async () => {
    await open();
    bench.answerWith = 503;
    await send();
    await bench.arrived(1);
    bench.answerWith = 200;
    const messages = await bench.arrived(2);
    expect(new Set(messages.map((message) => message.id)).size).toBe(1);
  });

  it("the world sends an event after goods were dispatched", async () => {
    await open();
    await send("warehouse", { action: "dispatch" });
    expect(await bench.arrived(1)).toMatchObject([{ path: "/callbacks/warehouse", verified: true, body: { event: "delivery-completed", orderId: "O-1", itemId: "1" } }]);
  });
});

describe("the fault script", () => {
  const control = (method: string, path: string, body?: unknown) => fetch(`${bench.sandbox.url}/sandbox/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

  it("is tried first to last, by system, action, order, item, attempt, times and probability", async () => {
    await open();
    const response = await control("PUT", "faults", [
      { system: "billing", fault: { kind: "busy" } },
      { action: "configure", orderId: "O-2", fault: { kind: "reject", code: "SECOND" } },
      { action: "configure", attempt: 2, itemId: "1", fault: { kind: "reject", code: "THIRD" } },
      { probability: 0, fault: { kind: "reject", code: "NEVER" } },
      { times: 1, fault: { kind: "reject", code: "ONCE" } },
    ]);
    expect(response.status).toBe(200);
    expect(await send("billing")).toMatchObject(failure("BUSY", "NONE"));
    const other = { ...dispatchTask().businessKeys, orderId: "O-2" };
    expect(await send("activation", { businessKeys: other })).toMatchObject(failure("SECOND", "NONE"));
    expect(await send("activation", { commandId: "O-1/p1/1/activate/configure/2" })).toMatchObject(failure("THIRD", "NONE"));
    expect(await send()).toMatchObject(failure("ONCE", "NONE"));
    expect(await send()).toEqual({ status: "accepted" });
    expect(((await (await control("GET", "faults")).json()) as { rules: { used: number }[] }).rules.map((rule) => rule.used)).toEqual([1, 1, 1, 0, 1]);
    await control("DELETE", "faults");
    expect(await send("billing")).toMatchObject({ status: "succeeded" });
  });

  it("is refused with a reason for each mistake", async () => {
    await open();
    const response = await control("PUT", "faults", [{ sytem: "billing", fault: { kind: "reject" } }, { fault: { kind: "explode" } }, { times: 0, fault: { kind: "delay", ms: -1 } }]);
    const { problems } = (await response.json()) as { problems: string[] };
    expect(response.status).toBe(400);
    expect(problems).toHaveLength(5);
    expect(problems.slice(0, 2)).toEqual(["rule 0: sytem is not known here", "rule 0: fault reject: code is missing"]);
  });

  it("shows journal, counts and orders to try", async () => {
    await open();
    await send();
    const effectsOf = async (orderId: string) => ((await (await control("GET", `effects?orderId=${orderId}`)).json()) as { total: number }).total;
    expect([await effectsOf("O-1"), await effectsOf("O-2")]).toEqual([1, 0]);
    const [line] = (await (await control("GET", "journal")).text()).trim().split("\n");
    expect(JSON.parse(line ?? "")).toMatchObject({ kind: "request", system: "activation", action: "configure", attempt: 1, effect: true, request: { profile: "1G" } });
    const orders = await Promise.all([1, 2].map(async () => (await (await control("GET", "orders/home-fiber")).json()) as { externalId: string }));
    expect(orders[0]?.externalId).not.toBe(orders[1]?.externalId);
    expect((await control("GET", "orders/..%2f..%2fpackage")).status).toBe(404);
    expect((await control("GET", "nonsense")).status).toBe(404);
  });
});

describe("the journal", () => {
  it("survives the sandbox: effects, answers and callbacks still to be sent", async () => {
    bench = await openBench();
    const journalPath = join(bench.folder, "journal.jsonl");
    const first = createSandbox({ secret: SECRET, now: () => Date.now(), journalPath, latency: { ...NO_LATENCY, completion: [200, 200] } });
    const headers = { "idempotency-key": "k", "x-callback-url": bench.callbackUrl("service-order") };
    const post = async (base: string) => (await fetch(`${base}/service-order/create`, { method: "POST", headers, body: '{"request":{}}' })).status;
    expect(await post(await first.listen())).toBe(202);
    await first.close(); // before its callback is due
    expect(bench.received).toEqual([]);
    appendFileSync(journalPath, '{"kind":"request","torn');

    const second = createSandbox({ secret: SECRET, now: () => Date.now(), journalPath, latency: NO_LATENCY });
    const base = await second.listen();
    expect(second.effects().total).toBe(1);
    expect((await bench.arrived(1))[0]?.body).toMatchObject({ idempotencyKey: "k", status: "succeeded" });
    expect(await post(base)).toBe(200);
    expect(second.effects()).toMatchObject({ total: 1, requests: 2 });
    await second.close();
    expect(readFileSync(journalPath, "utf8").trim().split("\n").map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(["request", "message", "request"]);
  });

  it("is the same for the same seed", async () => {
    const run = async (seed: string) => {
      await open(undefined, { seed, now: () => 1_800_000_000_000 });
      const report = await bench.adapter("billing").send(dispatchTask({ action: "start-charge" }), patient);
      const lines = JSON.stringify(bench.sandbox.journal());
      await bench.close();
      return [report, lines];
    };
    expect(await run("a")).toEqual(await run("a"));
    expect((await run("a"))[0]).not.toEqual((await run("b"))[0]);
  });
});
