import http, { type IncomingMessage, type ServerResponse } from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpAdapter } from "../../../server/adapters/http-adapter.ts";
import { dispatchTask, patient, queryTask } from "./dispatch-task.ts";

// Hunts for answers that land in the wrong class: a possible effect called NONE is a duplicate on the next attempt.

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

async function serve(handler: Handler): Promise<string> {
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString())).on("end", () => handler(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/sys`;
}

function adapterTo(endpoint: string | undefined, timeoutMs = 2_000) {
  const adapter = createHttpAdapter({ targetSystem: "resource-inventory", endpointName: "RESOURCE_INVENTORY_ENDPOINT", endpoint, callbackBaseUrl: "http://us:3000", timeoutMs });
  closing.push(() => adapter.close?.());
  return adapter;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Handler => (_request, response) => {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};
const text = (status: number, body: string): Handler => (_request, response) => void response.writeHead(status).end(body);
const failed = (code: string, effect: string, httpStatus: number | null) => ({ status: "failed", failure: { code, effect, httpStatus, message: expect.any(String) as string } });

const COMMANDS: readonly (readonly [string, Handler, unknown])[] = [
  ["200 with a result", json(200, { status: "succeeded", result: { reservationId: "R-1" } }), { status: "succeeded", result: { reservationId: "R-1" } }],
  ["200 accepted only", json(200, { status: "accepted" }), { status: "accepted" }],
  ["200 failed", json(200, { status: "failed", failure: { code: "NO_STOCK", message: "none" } }), failed("NO_STOCK", "NONE", null)],
  ["202", json(202, { status: "accepted" }), { status: "accepted" }],
  ["202 without body", text(202, ""), { status: "accepted" }],
  ["400", json(400, { code: "BAD", message: "bad" }), failed("BAD", "NONE", 400)],
  ["404 of a gateway", text(404, "<html>"), failed("HTTP_404", "NONE", 404)],
  ["409 same key", json(409, { code: "DUPLICATE_KEY", message: "again" }), failed("DUPLICATE_KEY", "NONE", 409)],
  ["422", json(422, { code: "OUT_OF_STOCK", message: "none left" }), failed("OUT_OF_STOCK", "NONE", 422)],
  ["422 that did half of it", json(422, { code: "HALF", message: "half", effect: "PARTIAL" }), failed("HALF", "PARTIAL", 422)],
  ["422 with a code that is none", json(422, { code: "x y\n", message: "?" }), failed("HTTP_422", "NONE", 422)],
  ["429, Retry-After in seconds", json(429, {}, { "retry-after": "5" }), failed("BUSY", "NONE", 429)],
  ["429, Retry-After absurd", json(429, {}, { "retry-after": "99999999" }), failed("BUSY", "NONE", 429)],
  ["429, Retry-After a date gone by", json(429, {}, { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }), failed("BUSY", "NONE", 429)],
  ["503", json(503, { code: "MAINTENANCE", message: "later" }), failed("MAINTENANCE", "NONE", 503)],
  ["503 without body", text(503, ""), failed("BUSY", "NONE", 503)],
  ["500", text(500, "oops"), failed("HTTP_500", "POSSIBLE", 500)],
  ["502", text(502, "<html>"), failed("HTTP_502", "POSSIBLE", 502)],
  ["504", json(504, { code: "GATEWAY", message: "slow" }), failed("GATEWAY", "POSSIBLE", 504)],
  ["307", json(307, {}, { location: "http://169.254.169.254/" }), failed("EGRESS_REDIRECT", "POSSIBLE", 307)],
  ["201", json(201, { status: "succeeded", result: {} }), failed("RESPONSE_MALFORMED", "POSSIBLE", 201)],
  ["204", text(204, ""), failed("RESPONSE_MALFORMED", "POSSIBLE", 204)],
  ["200 empty", text(200, ""), failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["200 truncated JSON", text(200, '{"status":"succeeded","result":{"re'), failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["200 wrong body", json(200, { ok: true }), failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["200 succeeded without result", json(200, { status: "succeeded" }), failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["200 that answers a question nobody asked", json(200, { status: "notFound" }), failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["200 huge", json(200, { status: "succeeded", result: { x: "x".repeat(1_100_000) } }), failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["200 nested 10,000 deep", text(200, `{"status":"succeeded","result":${"[".repeat(10_000)}${"]".repeat(10_000)}}`), failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["200 with NUL in a text", text(200, '{"status":"succeeded","result":{"a":"\\u0000"}}'), failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["200 with __proto__", text(200, '{"status":"succeeded","result":{"__proto__":{}}}'), failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["200 not UTF-8", (_q, response) => void response.writeHead(200).end(Buffer.from([0xff, 0xfe])), failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["200 cut off by the connection", (_q, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"status":', () => response.destroy());
  }, failed("RESPONSE_MALFORMED", "POSSIBLE", 200)],
  ["422 cut off by the connection", (_q, response) => {
    response.writeHead(422, { "content-length": "100" });
    response.write('{"code":', () => response.destroy());
  }, failed("HTTP_422", "NONE", 422)],
  ["reset after the request", (request) => void request.socket.resetAndDestroy(), failed("CONNECTION_LOST", "POSSIBLE", null)],
  ["closed after the request", (request) => void request.socket.end(), failed("CONNECTION_LOST", "POSSIBLE", null)],
];

describe("a command's answer", () => {
  it.each(COMMANDS)("%s", async (_name, handler, expected) => {
    expect(await adapterTo(await serve(handler)).send(dispatchTask(), patient)).toEqual(expected);
  });

  it("is not HTTP at all", async () => {
    const server = net.createServer((socket) => socket.once("data", () => socket.end("SSH-2.0-OpenSSH\r\n\r\n")));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => server.close());
    const report = await adapterTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).send(dispatchTask(), patient);
    expect(report).toEqual(failed("RESPONSE_MALFORMED", "POSSIBLE", null));
  });

  it("does not come in time", async () => {
    const report = await adapterTo(await serve(() => undefined), 80).send(dispatchTask(), patient);
    expect(report).toEqual(failed("TIMEOUT", "POSSIBLE", null));
  });

  it("begins in time and never ends", async () => {
    const report = await adapterTo(await serve((_q, response) => void response.writeHead(200).write("{")), 80).send(dispatchTask(), patient);
    expect(report).toEqual(failed("RESPONSE_MALFORMED", "POSSIBLE", 200));
  });

  it("is no longer waited for", async () => {
    const stop = new AbortController();
    const adapter = adapterTo(await serve(() => stop.abort()));
    expect(await adapter.send(dispatchTask(), stop.signal)).toEqual(failed("TIMEOUT", "POSSIBLE", null));
    expect(await adapter.send(dispatchTask(), stop.signal)).toEqual(failed("TIMEOUT", "NONE", null));
  });

  it("cannot come: nothing listens, no such host", async () => {
    const port = await freePort();
    expect(await adapterTo(`http://127.0.0.1:${port}`).send(dispatchTask(), patient)).toEqual(failed("CONNECTION_REFUSED", "NONE", null));
    expect(await adapterTo("http://no-such-host.invalid").send(dispatchTask(), patient)).toEqual(failed("CONNECTION_REFUSED", "NONE", null));
  });

  it("cannot come: no TLS on the other side", async () => {
    const plain = await serve(json(200, {}));
    expect(await adapterTo(plain.replace("http:", "https:")).send(dispatchTask(), patient)).toEqual(failed("CONNECTION_REFUSED", "NONE", null));
  });
});

describe("the request", () => {
  it("carries action, body, key and trace; the connection is kept", async () => {
    const seen: { request: IncomingMessage; body: string; port: number | undefined }[] = [];
    const endpoint = await serve((request, response, body) => {
      seen.push({ request, body, port: request.socket.remotePort });
      json(202, {})(request, response, body);
    });
    const adapter = adapterTo(`${endpoint}/`);
    await adapter.send(dispatchTask(), patient);
    await adapter.send(dispatchTask({ attempt: 2 }), patient);
    const [first, second] = seen;
    expect(first?.request.url).toBe("/sys/reserve");
    expect(first?.request.headers).toMatchObject({
      "idempotency-key": "a".repeat(64), "x-correlation-id": "corr-1", "x-causation-id": "O-1/7", "x-command-id": "O-1/p1/1/reserve-ont/reserve/1",
      "x-callback-url": "http://us:3000/callbacks/resource-inventory", "content-type": "application/json",
    });
    expect(JSON.parse(first?.body ?? "")).toMatchObject({ request: { resource: "ONT" }, businessKeys: { orderId: "O-1", orderItemId: "1" } });
    expect(second?.port).toBe(first?.port);
  });

  it.each(["a\r\nX-Evil: 1", "ä", ""])("[94] never leaves with the header value %j", async (correlationId) => {
    let requests = 0;
    const adapter = adapterTo(await serve((request, response, body) => {
      requests += 1;
      json(202, {})(request, response, body);
    }));
    expect(await adapter.send(dispatchTask({ correlationId }), patient)).toEqual(failed("HEADER_INVALID", "NONE", null));
    expect(await adapter.send(dispatchTask({ action: "../reserve" }), patient)).toEqual(failed("ACTION_INVALID", "NONE", null));
    expect(requests).toBe(0);
  });

  it.each([
    [undefined, "ENDPOINT_NOT_CONFIGURED"], ["", "ENDPOINT_NOT_CONFIGURED"], ["nonsense", "ENDPOINT_INVALID"], ["file:///etc/passwd", "ENDPOINT_INVALID"],
    ["gopher://host", "ENDPOINT_INVALID"], ["http://user:pass@host", "ENDPOINT_INVALID"], ["http://host?x=1", "ENDPOINT_INVALID"],
  ])("[94] does not go to the endpoint %j", async (endpoint, code) => {
    const report = await adapterTo(endpoint).send(dispatchTask(), patient);
    expect(report).toEqual(failed(code, "NONE", null));
    expect(JSON.stringify(report)).toContain("RESOURCE_INVENTORY_ENDPOINT");
    expect(await adapterTo(endpoint).query(queryTask(), patient)).toMatchObject({ status: "unanswered" });
  });
});

describe("a status query's answer", () => {
  const unanswered = { status: "unanswered", reason: expect.any(String) as string };
  const QUERIES: readonly (readonly [string, Handler, unknown])[] = [
    ["notFound", json(200, { status: "notFound" }), { status: "notFound" }],
    ["inProgress", json(200, { status: "inProgress" }), { status: "inProgress" }],
    ["accepted is in progress", json(200, { status: "accepted" }), { status: "inProgress" }],
    ["succeeded", json(200, { status: "succeeded", result: { a: 1 } }), { status: "succeeded", result: { a: 1 } }],
    ["failed", json(200, { status: "failed", failure: { code: "NO_ACCESS", message: "closed" } }), failed("NO_ACCESS", "NONE", null)],
    ["404 is not notFound", json(404, { status: "notFound" }), unanswered],
    ["501", json(501, { code: "NOT_SUPPORTED", message: "no" }), unanswered],
    ["503", json(503, {}), unanswered],
    ["[92] redirect", json(302, {}, { location: "http://169.254.169.254/" }), unanswered],
    ["[92] 5 MB", json(200, { status: "succeeded", result: "x".repeat(5_000_000) }), unanswered],
    ["reset", (request) => void request.socket.resetAndDestroy(), unanswered],
  ];
  it.each(QUERIES)("%s", async (_name, handler, expected) => {
    expect(await adapterTo(await serve(handler)).query(queryTask(), patient)).toEqual(expected);
  });

  it("is asked for by key", async () => {
    let url: string | undefined;
    await adapterTo(await serve((request, response, body) => {
      url = request.url;
      json(200, { status: "notFound" })(request, response, body);
    })).query(queryTask({ idempotencyKey: "a/b" }), patient);
    expect(url).toBe("/sys/commands/a%2Fb");
  });
});

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
