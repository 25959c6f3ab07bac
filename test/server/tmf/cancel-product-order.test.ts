import { afterEach, beforeEach, expect, it } from "vitest";
import { CANCEL_ORDER_PATH as PATH } from "../../../server/tmf/to-cancel-product-order.ts";
import { PRODUCT_ORDER_PATH } from "../../../server/tmf/to-product-order.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createChangeDesk, type ChangeDesk } from "../api/change-desk.ts";
import { NOW } from "../api/edge-app.ts";
import type { Mutable } from "../api/home-fiber-order.ts";

forEachDatabase((_name, open) => {
  let desk: ChangeDesk;

  beforeEach(async () => {
    desk = await createChangeDesk((await open()).database);
  });
  afterEach(() => desk.close());

  it("M1 a request to cancel is a resource of its own: created, carried out, done", async () => {
    const id = await desk.begin("home-fiber");
    await desk.succeed(id, "1/create-internet-service", "1/reserve-ont");
    const created = await desk.post(PATH, null, { productOrder: { id }, cancellationReason: "Moving abroad" }, { key: null });
    expect(created).toMatchObject({
      status: 201, headers: { location: `${PATH}/${id}-change-1` },
      body: { id: `${id}-change-1`, state: "inProgress", cancellationReason: "Moving abroad", requestedCancellationDate: NOW, productOrder: { id, href: `${PRODUCT_ORDER_PATH}/${id}` }, "@type": "CancelProductOrder" },
    });
    await desk.drive(id);
    const done = await desk.get(`${PATH}/${id}-change-1`, "channel");
    expect(done.body).toMatchObject({ state: "done", effectiveCancellationDate: NOW });
    expect((await desk.get(`${PRODUCT_ORDER_PATH}/${id}`, "channel")).body["state"]).toBe("cancelled");
  });

  it("a repeat finds the request that is under way; with an idempotency key it is the same answer", async () => {
    const id = await desk.begin("home-fiber");
    const first = await desk.post(PATH, null, { productOrder: { id } }, { key: null });
    expect((await desk.post(PATH, null, { productOrder: { id } }, { key: null })).body["id"]).toBe(first.body["id"]);
    const keyed = await desk.post(PATH, null, { productOrder: { id } }, { key: "k" });
    expect(keyed).toMatchObject({ status: 201, headers: { location: `${PATH}/${id}-change-1` } });
    expect((await desk.post(PATH, null, { productOrder: { id } }, { key: "k" })).body).toEqual(keyed.body);
    expect((await desk.order(id)).changes).toHaveLength(1);
  });

  it("is acknowledged while someone must agree, and terminated with an error when nobody does", async () => {
    const id = await desk.begin("home-fiber");
    await desk.succeed(id, "1/create-internet-service", "1/reserve-ont", "1/reserve-router", "1/book-installation");
    const asked = await desk.post(PATH, null, { productOrder: { id } }, { key: null });
    expect(asked.body).toMatchObject({ state: "acknowledged", fee: 49, approverRole: "care-lead" });
    const approvals = (await desk.get(`/api/orders/${id}/approvals`, "auditor")).body["approvals"] as { stateHash: string }[];
    await desk.post(`/api/orders/${id}/approvals/1/decision`, "care-lead", { approve: false, stateHash: approvals[0]?.stateHash, reason: "no" });
    const ended = (await desk.get(`${PATH}/${id}-change-1`, "channel")).body;
    expect(ended["state"]).toBe("terminatedWithError");
    expect(ended).not.toHaveProperty("effectiveCancellationDate");
  });

  it("what the policy refuses at once is a problem and leaves no resource", async () => {
    const id = await desk.begin("home-fiber");
    await desk.succeed(id, "1/create-internet-service", "1/reserve-ont", "1/reserve-router", "1/book-installation", "1/field-installation");
    const refused = await desk.post(PATH, null, { productOrder: { id } }, { key: null });
    expect(refused).toMatchObject({ status: 409, body: { code: "change-refused" } });
    expect((await desk.get(`${PATH}/${id}-change-1`, "channel")).status).toBe(404);
  });

  it("lists what is cancelled or about to be, and every request of one order; fields select", async () => {
    const [first, second] = [await desk.begin("home-fiber"), await desk.begin("home-fiber")];
    await desk.begin("home-fiber");
    await desk.post(PATH, null, { productOrder: { id: first } }, { key: null });
    await desk.post(PATH, null, { productOrder: { id: second } }, { key: null });
    const listed = await desk.get(PATH, "channel");
    expect([listed.headers["x-total-count"], (listed.body as unknown as Mutable[]).map(({ productOrder }) => (productOrder as Mutable)["id"]).sort()]).toEqual(["2", [first, second].sort()]);
    const one = await desk.get(`${PATH}?productOrder.id=${first}&fields=state`, "channel");
    expect(one.body).toEqual([{ id: `${first}-change-1`, href: `${PATH}/${first}-change-1`, state: expect.any(String) as string, "@type": "CancelProductOrder" }]);
    expect((await desk.get(`${PATH}?fields=secret`, "channel")).status).toBe(400);
  });

  it.each<readonly [string, (id: string) => unknown, number, string]>([
    ["no order", () => ({}), 400, "/productOrder"],
    ["an order without id", () => ({ productOrder: {} }), 400, "/productOrder/id"],
    ["a state of its own", (id) => ({ productOrder: { id }, state: "done" }), 400, "/state"],
    ["a day that has not come", (id) => ({ productOrder: { id }, requestedCancellationDate: "2027-01-01T00:00:00Z" }), 400, "/requestedCancellationDate"],
    ["a list", () => [], 400, ""],
  ])("refuses %s and says where", async (_title, body, status, pointer) => {
    const id = await desk.begin("home-fiber", false);
    const refused = await desk.post(PATH, null, body(id), { key: null });
    expect(refused.status).toBe(status);
    expect((refused.body["errors"] as Mutable[]).map((error) => error["pointer"])).toContain(pointer);
  });

  it("an order that does not exist, or lies outside the actor's regions, is not found", async () => {
    expect((await desk.post(PATH, null, { productOrder: { id: "ord-nowhere" } }, { key: null })).status).toBe(404);
    expect((await desk.get(`${PATH}/nonsense`, "channel")).status).toBe(404);
  });
});
