import request from "supertest";
import { beforeEach, describe, expect, it } from "vitest";
import type { Order } from "../../../engine/order/order.ts";
import { PRODUCT_ORDER_PATH as PATH } from "../../../server/tmf/to-product-order.ts";
import { createEdgeApp, type EdgeApp } from "./edge-app.ts";
import { homeFiberOrder, type Mutable } from "./home-fiber-order.ts";
import { rawRequest } from "./raw-request.ts";

let edge: EdgeApp;
let tokens: { readonly channel: string; readonly careLead: string; readonly support: string };
beforeEach(async () => {
  edge = await createEdgeApp();
  tokens = { channel: await edge.tokenOf("channel"), careLead: await edge.tokenOf("care-lead"), support: await edge.tokenOf("support-lead") };
});

const submit = (body: Mutable, key?: string, token = tokens.channel) => {
  const call = request(edge.app).post(PATH).set("Authorization", `Bearer ${token}`);
  return (key === undefined ? call : call.set("Idempotency-Key", key)).send(body);
};

const resume = (order: Order, reason: string, key?: string, token = tokens.support) => {
  const call = request(edge.app).post(`/api/orders/${order.id}/items/1/resume`).set("Authorization", `Bearer ${token}`);
  return (key === undefined ? call : call.set("Idempotency-Key", key)).send({ reason });
};

async function acceptedOrder(): Promise<Order> {
  const { body } = await submit(homeFiberOrder("BASE"));
  return edge.orders.get(String((body as Mutable)["id"])) as Order;
}

describe("submitting orders", () => {
  it("2 the same key with another payload", async () => {
    expect((await submit(homeFiberOrder("A"), '"k"')).status).toBe(201);
    const other = await submit(homeFiberOrder("B"), '"k"');
    expect({ status: other.status, code: (other.body as Mutable)["code"] }).toEqual({ status: 422, code: "idempotency-key-reused" });
    expect(edge.orders.size).toBe(1);
  });

  it("4 the same key and payload gets the stored answer, whatever order the properties stand in", async () => {
    const first = await submit(homeFiberOrder("A"), '"k"');
    const reordered = Object.fromEntries(Object.entries(homeFiberOrder("A")).toReversed());
    const again = await submit(reordered, '"k"');
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers["location"]).toBe(first.headers["location"]);
    expect(first.headers["idempotency-replayed"]).toBeUndefined();
    expect(again.headers["idempotency-replayed"]).toBe("true");
  });

  it("4 a refusal is replayed too", async () => {
    const body = homeFiberOrder("A", (order) => delete order["quote"]);
    const first = await submit(body, '"k"');
    const again = await submit(body, '"k"');
    expect(first.status).toBe(422);
    expect(again.text).toBe(first.text);
    expect(again.headers["idempotency-replayed"]).toBe("true");
    expect(again.headers["content-type"]).toContain("application/problem+json");
  });

  it("4 after a 500 the stored answer", async () => {
    edge.script.results.push({ outcome: "quarantined", error: "x" });
    expect((await submit(homeFiberOrder("A"), '"k"')).status).toBe(500);
    expect((await submit(homeFiberOrder("A"), '"k"')).status).toBe(500);
    expect(edge.orders.size).toBe(0);
  });

  it("5 another actor has keys of its own and learns nothing", async () => {
    await submit(homeFiberOrder("A"), '"k"');
    const other = await submit(homeFiberOrder("B"), '"k"', tokens.careLead);
    expect(other.status).toBe(201);
    expect(other.headers["idempotency-replayed"]).toBeUndefined();
  });

  it.each([["unquoted", "abc"], ["256 characters", `"${"x".repeat(256)}"`], ["empty", '""'], ["a quote inside", '"a"b"'], ["unicode", '"gr\u00fcn"'], ["a list", '"a", "b"'], ["parameters", '"a";v=1']])(
    "6 a key that is not valid: %s",
    async (_title, key) => {
      const answer = await submit(homeFiberOrder("A"), key);
      expect({ status: answer.status, code: (answer.body as Mutable)["code"] }).toEqual({ status: 400, code: "idempotency-key-invalid" });
    },
  );

  it.each(['"a"', `"${"x".repeat(255)}"`, '"with \\"quotes\\" and \\\\"'])("6 a key that is valid: %s", async (key) => {
    expect((await submit(homeFiberOrder("A"), key)).status).toBe(201);
  });

  it("6 two header lines", async () => {
    const body = JSON.stringify(homeFiberOrder("A"));
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nIdempotency-Key: "a"\r\nIdempotency-Key: "a"\r\nConnection: close\r\n\r\n`;
    expect(await rawRequest(edge.app, head + body)).toContain("idempotency-key-invalid");
  });

  it("7 fifty identical requests at once make one order", async () => {
    const server = edge.app.listen(0);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => request(server).post(PATH).set("Authorization", `Bearer ${tokens.channel}`).set("Idempotency-Key", '"k"').send(homeFiberOrder("A"))),
    );
    server.close();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => (body as Mutable)["id"])).size).toBe(1);
    expect(answers.filter(({ headers }) => headers["idempotency-replayed"] === "true")).toHaveLength(49);
    expect(edge.orders.size).toBe(1);
  });

  it("the same quote version becomes one order, and the refusal names it", async () => {
    const first = await submit(homeFiberOrder("A"));
    const second = await submit(homeFiberOrder("A", (order) => (order["externalId"] = "another")));
    expect({ status: second.status, ...(second.body as Mutable) }).toMatchObject({ status: 409, code: "order-exists", category: "business", orderId: (first.body as Mutable)["id"] });
    const third = await submit(homeFiberOrder("A", (order) => ((order["quote"] as Mutable[])[0] = { id: "Q-A", version: 2 })));
    expect((third.body as Mutable)["code"]).toBe("order-exists");
    const fourth = await submit(homeFiberOrder("A", (order) => {
      (order["quote"] as Mutable[])[0] = { id: "Q-A", version: 2 };
      order["externalId"] = "another";
    }));
    expect(fourth.status).toBe(201);
  });
});

describe("commands of our own", () => {
  it("1 without Idempotency-Key", async () => {
    const answer = await resume(await acceptedOrder(), "ok");
    expect({ status: answer.status, code: (answer.body as Mutable)["code"] }).toEqual({ status: 400, code: "idempotency-key-missing" });
  });

  it("2, 4, 5 one effect per key, operation and actor", async () => {
    const order = await acceptedOrder();
    const first = await resume(order, "ok", '"k"');
    const again = await resume(order, "ok", '"k"');
    const other = await resume(order, "other", '"k"');
    const careLead = await resume(order, "ok", '"k"', tokens.careLead);
    expect([first.status, again.status, other.status, careLead.status]).toEqual([200, 200, 422, 200]);
    expect(again.text).toBe(first.text);
    expect(again.headers["idempotency-replayed"]).toBe("true");
    expect(edge.inputs.filter(({ type }) => type === "ResumeItem")).toHaveLength(2);
  });

  it("3 the first is still running", async () => {
    const order = await acceptedOrder();
    const running = Array.from({ length: 5 }, () => resume(order, "ok", '"k"'));
    const answers = await Promise.all(running);
    for (const answer of answers) {
      expect([200, 409]).toContain(answer.status);
      if (answer.status === 409) expect({ code: (answer.body as Mutable)["code"], after: answer.headers["retry-after"] }).toEqual({ code: "request-in-progress", after: "1" });
    }
    expect(edge.inputs.filter(({ type }) => type === "ResumeItem")).toHaveLength(1);
    const [scopeAndKey] = [...edge.records.keys()].filter((name) => name.startsWith("item.resume"));
    edge.records.set(String(scopeAndKey), { state: "running", hash: edge.records.get(String(scopeAndKey))?.hash ?? "" });
    expect(((await resume(order, "ok", '"k"')).body as Mutable)["code"]).toBe("request-in-progress");
  });

  it("a command that could not be carried out gives its key back", async () => {
    const order = await acceptedOrder();
    edge.script.results.push(Object.assign(new Error("busy"), { code: "SQLITE_BUSY" }));
    expect((await resume(order, "ok", '"k"')).status).toBe(503);
    expect((await resume(order, "ok", '"k"')).status).toBe(200);
  });

  it.each([
    ["22", "invalid-transition", 409, "invalid-transition"],
    ["33", "reconcile-first", 409, "reconcile-first"],
    ["21", "item-not-found", 404, "item-not-found"],
  ] as const)("%s the engine refuses: %s", async (_row, code, status, expected) => {
    const order = await acceptedOrder();
    edge.script.results.push({ outcome: "rejected", rejection: { code, message: "Read the order again." } });
    const answer = await resume(order, "ok", '"k"');
    expect({ status: answer.status, code: (answer.body as Mutable)["code"] }).toEqual({ status, code: expected });
    const again = await resume(order, "ok", '"k"');
    expect(again.text).toBe(answer.text);
  });
});
