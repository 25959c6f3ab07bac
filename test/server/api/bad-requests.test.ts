import { gzipSync } from "node:zlib";
import request from "supertest";
import { beforeAll, describe, expect, it } from "vitest";
import { isProblemCode, PROBLEM_CODES } from "../../../server/problems/problem-codes.ts";
import { PRODUCT_ORDER_PATH as PATH } from "../../../server/tmf/to-product-order.ts";
import { createEdgeApp, type EdgeApp } from "./edge-app.ts";
import { homeFiberOrder, type Mutable } from "./home-fiber-order.ts";
import { rawRequest } from "./raw-request.ts";

// The bad-input catalogue (reliability.md, 4.1) against the edge alone. Titles begin with the number of the row.

let edge: EdgeApp;
beforeAll(async () => {
  edge = await createEdgeApp();
});

interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Mutable;
  readonly text: string;
}

/** The answer is a problem with this code, and tells nothing else. */
function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body["code"] }).toEqual({ status, code });
  expect(answer.headers["content-type"]).toContain("application/problem+json");
  expect(isProblemCode(code) && PROBLEM_CODES[code].status).toBe(status);
  expect(answer.body["type"]).toBe(`/problems/${code}`);
  expect(answer.text).not.toMatch(/node_modules|\.ts:|SELECT |at Object|sentinel-value/);
}

const post = (body: string | object | Buffer, headers: { readonly [name: string]: string } = {}): Promise<Answer> =>
  request(edge.app).post(PATH).set({ "Content-Type": "application/json", ...headers }).send(body as object);

const get = (path: string): Promise<Answer> => request(edge.app).get(path);

const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

describe("the body as text", () => {
  it.each<[string, string, number, string]>([
    ["8 __proto__ at the top", '{"__proto__":{"isAdmin":true}}', 400, "forbidden-property"],
    ["8 __proto__ nested in a list", '{"a":[{"b":{"__proto__":1}}]}', 400, "forbidden-property"],
    ["8 __proto__ written with an escape", '{"\\u005f_proto__":1}', 400, "forbidden-property"],
    ["9 constructor as a key", '{"a":{"constructor":{"prototype":1}}}', 400, "forbidden-property"],
    ["9 toString as a key", '{"toString":1}', 400, "forbidden-property"],
    ["10 duplicate keys", '{"a":1,"a":2}', 400, "duplicate-key"],
    ["10 duplicate keys, one escaped", '{"a":1,"\\u0061":2}', 400, "duplicate-key"],
    ["11 9007199254740993", '{"a":9007199254740993}', 400, "number-out-of-range"],
    ["11 1e400", '{"a":1e400}', 400, "number-out-of-range"],
    ["11 -0", '{"a":-0}', 400, "number-out-of-range"],
    ["11 0.1+0.2 in money", '{"a":0.30000000000000004}', 400, "number-out-of-range"],
    ["11 a number too small to be kept", '{"a":1e-400}', 400, "number-out-of-range"],
    ["12 33 levels", `{"a":${deep(32)}}`, 400, "too-deep"],
    ["12 400,000 nested lists", deep(400_000), 400, "too-deep"],
    ["13 1 MB + 1", `"${"x".repeat(1024 * 1024)}"`, 413, "payload-too-large"],
    ["16 truncated", '{"a":', 400, "malformed-json"],
    ["16 empty body", "", 400, "malformed-json"],
    ["16 byte order mark", "\uFEFF{}", 400, "malformed-json"],
    ["16 NUL", '{"a":"\\u0000"}', 400, "malformed-json"],
    ["16 lone surrogate", '{"a":"\\ud800"}', 400, "malformed-json"],
    ["16 raw control character", '{"a":"\n"}', 400, "malformed-json"],
    ["16 text after the end", "{} {}", 400, "malformed-json"],
    ["16 single quotes", "{'a':1}", 400, "malformed-json"],
    ["18 a list with 100,001 elements", `{"a":[${"1,".repeat(100_000)}1]}`, 400, "too-many-items"],
  ])("%s", async (_title, body, status, code) => {
    expectProblem(await post(body), status, code);
  });

  it("16 overlong UTF-8", async () => {
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4\r\nConnection: close\r\n\r\n`;
    expect(await rawRequest(edge.app, Buffer.from(`${head}"\xC0\xAF"`, "latin1"))).toContain("malformed-json");
  });

  it("8 leaves the prototype alone", () => {
    expect(({} as Mutable)["isAdmin"]).toBeUndefined();
  });

  it("10 names the place", async () => {
    expect((await post('{"a":{"b":[{"c":1,"c":2}]}}')).body["errors"]).toMatchObject([{ code: "duplicate-key", pointer: "/a/b/0/c" }]);
  });

  it("13 chunked without length", async () => {
    const chunk = "x".repeat(64 * 1024);
    const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(17);
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
    expect(await rawRequest(edge.app, `${head}${chunks}0\r\n\r\n`)).toContain("payload-too-large");
  });

  it("13 a length that announces too much", async () => {
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n{}`;
    expect(await rawRequest(edge.app, head)).toContain("payload-too-large");
  });

  it("14 gzip", async () => {
    expectProblem(await post(gzipSync(Buffer.alloc(4 * 1024 * 1024, 32)), { "Content-Encoding": "gzip" }), 415, "unsupported-media-type");
  });

  it.each(["text/plain", "application/json; charset=utf-16", "application/xml", "multipart/form-data; boundary=x", "application/jsonx"])(
    "15 Content-Type %s",
    async (type) => {
      expectProblem(await post("{}", { "Content-Type": type }), 415, "unsupported-media-type");
    },
  );

  it("15 no Content-Type", async () => {
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`;
    expect(await rawRequest(edge.app, head)).toContain("unsupported-media-type");
  });
});

describe("the body as an order", () => {
  it.each(["2026-02-30T00:00:00Z", "2026-11-20T10:00:00", "+275760-09-13T00:00:00Z", "2026-12-31T23:59:60Z", "yesterday", ""])(
    "17 the date %s",
    async (date) => {
      const answer = await post(homeFiberOrder("D", (order) => (order["requestedCompletionDate"] = date)));
      expectProblem(answer, 400, "invalid-date");
      expect(answer.body["errors"]).toMatchObject([{ pointer: "/requestedCompletionDate" }]);
    },
  );

  it.each(["id", "state", "version", "actor", "approvedBy", "createdAt", "href", "orderDate"])("24 the client sets %s", async (name) => {
    const answer = await post(homeFiberOrder("RO", (order) => (order[name] = "sentinel-value")));
    expectProblem(answer, 400, "read-only-property");
    expect(answer.body["errors"]).toMatchObject([{ pointer: `/${name}` }]);
  });

  it("24 the client sets the state of an item", async () => {
    expectProblem(await post(homeFiberOrder("RO", (_order, item) => (item["state"] = "completed"))), 400, "read-only-property");
  });

  it.each(["constructor", "__proto__", "toString"])("9 %s as the id of an item", async (id) => {
    expectProblem(await post(homeFiberOrder("I", (_order, item) => (item["id"] = id))), 400, "forbidden-property");
  });

  it("9 constructor as the name of a characteristic", async () => {
    const answer = await post(homeFiberOrder("C", (_order, item) => ((item["product"] as Mutable)["productCharacteristic"] = [{ name: "constructor", value: 1 }])));
    expectProblem(answer, 400, "forbidden-property");
  });

  it("18 reports at most 20 of 10,000 errors, fast", async () => {
    const items = Array.from({ length: 10_000 }, () => ({ action: "sentinel-value" }));
    const started = performance.now();
    const answer = await post({ productOrderItem: items });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(answer.body["errors"]).toHaveLength(20);
  });

  it("23 an offering nobody knows", async () => {
    const answer = await post(homeFiberOrder("O", (_order, item) => (item["productOffering"] = { id: "sentinel-value" })));
    expectProblem(answer, 422, "order-not-acceptable");
    expect(answer.body["errors"]).toMatchObject([{ code: "offering-unknown", pointer: "/productOrderItem/0/productOffering/id" }]);
  });

  it("37 markup is stored as it is", async () => {
    const name = "<script>alert(1)</script>";
    const answer = await post(homeFiberOrder("XSS", (order) => (order["relatedParty"] = [{ id: "C-1", role: "customer", name }])));
    expect(answer.status).toBe(201);
    expect((answer.body["relatedParty"] as Mutable[])[0]?.["name"]).toBe(name);
    expect(answer.headers["content-security-policy"]).not.toContain("unsafe");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });
});

describe("the rest of the request", () => {
  it.each(["filter[a][b]=c", "state=completed&state=held", "limit=1e9", "limit=-1", "limit=0", "limit=101", "offset=-1", "offset=1.5", "cursor=abc", "state=nonsense", "externalId=", "orderDate.gt=monday", `externalId=${"x".repeat(201)}`])(
    "26 ?%s on product orders",
    async (query) => {
      expectProblem(await get(`${PATH}?${query}`), 400, "invalid-query");
    },
  );

  it.each(["filter[a][b]=c", "state=IN_PROGRESS&state=HELD", "limit=1e9", "blocked=maybe", "state=inProgress", "q="])("26 ?%s on orders", async (query) => {
    expectProblem(await get(`/api/orders?${query}`), 400, "invalid-query");
  });

  it.each(["sort=password", "sort=id;drop%20table%20orders", "sort=--acceptedAt"])("27 ?%s", async (query) => {
    expectProblem(await get(`/api/orders?${query}`), 400, "invalid-query");
  });

  it("27 fields nobody knows", async () => {
    expectProblem(await get(`${PATH}?fields=constructor`), 400, "invalid-query");
  });

  it.each(["/api/orders/..%2f..%2fetc%2fpasswd", "/api/orders/%00", "/api/orders/%ff", `/api/orders/${"x".repeat(5_000)}`, "/api/releases/..%2f..%2fpackage.json", "/nowhere"])(
    "28 %s",
    async (path) => {
      expectProblem(await get(path), 404, "not-found");
    },
  );

  it.each([
    ["TRACE", PATH], ["PUT", PATH], ["DELETE", `${PATH}/ord-1`], ["PATCH", `${PATH}/ord-1`], ["POST", "/api/orders"], ["GET", "/api/orders/1/events"], ["DELETE", "/health/live"],
  ])("29 %s %s", async (method, path) => {
    const text = await rawRequest(edge.app, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 405 /);
    expect(text).toMatch(/\r\nAllow: [A-Z, ]+\r\n/);
    expect(text).toContain('"method-not-allowed"');
  });

  it("29 a method override header is not read", async () => {
    const answer = (await request(edge.app).get(PATH).set({ "X-HTTP-Method-Override": "DELETE", "X-Method-Override": "POST" })) as unknown as Answer;
    expect(answer.status).toBe(200);
  });

  it("30 headers that name a user or an address are not read", async () => {
    const answer = (await request(edge.app).get("/api/orders/ord-1/history").set({ "X-User-Id": "admin", "X-Forwarded-For": "127.0.0.1", "X-Roles": "admin" })) as unknown as Answer;
    expectProblem(answer, 404, "not-found");
    const write = (await request(edge.app).post("/api/orders/ord-1/events").set({ "X-User-Id": "admin", "Content-Type": "application/json" }).send("{}")) as unknown as Answer;
    expectProblem(write, 401, "token-missing");
  });

  it("38 a correlation id with a line break or too long is replaced", async () => {
    const answer = (await request(edge.app).get("/nowhere").set("X-Correlation-Id", 'x"} forged')) as unknown as Answer;
    expect(answer.headers["x-correlation-id"]).toMatch(/^id-\d+$/);
    const kept = (await request(edge.app).get("/nowhere").set("X-Correlation-Id", "web-77")) as unknown as Answer;
    expect(kept.headers["x-correlation-id"]).toBe("web-77");
    expect(kept.body["correlationId"]).toBe("web-77");
  });
});

describe("our side", () => {
  it("answers 503 with Retry-After when the database is away", async () => {
    edge.script.results.push(Object.assign(new Error("connect ECONNREFUSED sentinel-value"), { code: "ECONNREFUSED" }));
    const answer = await post(homeFiberOrder("DB"));
    expectProblem(answer, 503, "unavailable");
    expect(answer.headers["retry-after"]).toBe("1");
  });

  it("tells nothing of a defect", async () => {
    edge.script.results.push(new Error("sentinel-value SELECT * FROM orders"));
    expectProblem(await post(homeFiberOrder("DEF")), 500, "internal-error");
    edge.script.results.push({ outcome: "quarantined", error: "sentinel-value" });
    expectProblem(await post(homeFiberOrder("QUA")), 500, "input-quarantined");
  });
});
