import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { runCli, runMain } from "./run-cli.ts";

const ORDER = "examples/orders/home-fiber.json";
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

interface Received {
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string | undefined;
  readonly body: unknown;
}

/** A server that answers by method and path; the read model moves on with every look. */
async function serve(answer: (received: Received, response: ServerResponse) => void): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const one = { method: request.method ?? "", path: request.url ?? "", idempotencyKey: request.headers["idempotency-key"] as string | undefined, body: text === "" ? null : (JSON.parse(text) as unknown) };
      received.push(one);
      response.setHeader("Content-Type", "application/json");
      answer(one, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

function view(state: string, waitsFor: string, done: number) {
  return {
    productOrderId: "ord-1", internalState: state, waitsFor, customerVisibleStatus: { key: "X", title: "Preparing" }, progress: { done, total: 4 },
    explanation: "It moves.", items: [{ id: "1" }], acceptedAt: "2026-11-02T09:00:00.000Z", billing: [{ charge: "base-fee", amount: 39.9, currency: "EUR", state: "ACKNOWLEDGED" }],
    milestones: [{ key: "order-accepted", title: "Order received", outcome: "REACHED", reachedAt: "2026-11-02T09:00:30.000Z" }],
  };
}

describe("orderloom order", () => {
  it("submits, follows and prints the end", async () => {
    let looks = 0;
    const { url, received } = await serve(({ method }, response) => {
      if (method === "POST") return response.writeHead(201).end(JSON.stringify({ id: "ord-1" }));
      looks += 1;
      return response.end(JSON.stringify(looks < 3 ? view("IN_PROGRESS", "target-system", looks) : view("COMPLETED", "nobody", 4)));
    });
    const { code, stdout } = await runCli("order", ORDER, "--url", url);
    expect(code).toBe(0);
    expect(received[0]).toMatchObject({ method: "POST", path: "/tmf-api/productOrderingManagement/v4/productOrder", idempotencyKey: expect.stringMatching(/^"[0-9a-f-]{36}"$/) as string });
    expect(JSON.stringify(received[0]?.body)).not.toContain("{{");
    expect(stdout).toContain(`Order ord-1 was accepted: ${url}/orders/ord-1`);
    expect(stdout).toContain("1 of 4  Preparing. It moves.");
    expect(stdout).toMatch(/^Order +COMPLETED$/m);
    expect(stdout).toContain("Order received  after 30 s");
    expect(stdout).toContain("base-fee 39.9 EUR  acknowledged");
  });

  it.each([
    ["failed", view("FAILED", "nobody", 2)],
    ["waits for a person", view("IN_PROGRESS", "person", 2)],
  ])("ends with 1 when the order %s", async (_name, last) => {
    const { url } = await serve(({ method }, response) =>
      method === "POST" ? response.writeHead(201).end(JSON.stringify({ id: "ord-1" })) : response.end(JSON.stringify(last)),
    );
    expect((await runMain("order", ORDER, "--url", url)).code).toBe(1);
  });

  it("prints every reason of a refusal", async () => {
    const { url } = await serve((_received, response) =>
      response.writeHead(422).end(JSON.stringify({
        type: "/problems/order-not-acceptable", title: "The order cannot be accepted", status: 422, detail: "Correct every reason.", code: "order-not-acceptable",
        errors: [{ code: "quote-expired", pointer: "/quote/0", detail: "Have the quote renewed." }],
      })),
    );
    const { code, stderr } = await runMain("order", ORDER, "--url", url);
    expect(code).toBe(1);
    expect(stderr).toContain("The order cannot be accepted. Correct every reason. (order-not-acceptable)");
    expect(stderr).toContain("/quote/0 quote-expired: Have the quote renewed.");
  });

  it("says how to start a server when none answers", async () => {
    const { url } = await serve(() => undefined);
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    const { code, stderr } = await runCli("order", ORDER, "--url", url);
    expect(code).toBe(2);
    expect(stderr).toContain(`No server answers at ${url} (ECONNREFUSED). Start one with "npm start"`);
  });

  it("ends with 2 on an address that is none", async () => {
    const { code, stderr } = await runMain("order", ORDER, "--url", "localhost");
    expect(code).toBe(2);
    expect(stderr).toContain('"localhost" is no address of a server');
  });
});
