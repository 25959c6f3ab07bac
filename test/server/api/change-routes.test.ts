import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { evolve } from "../../../engine/order/evolve.ts";
import type { OrderEvent } from "../../../engine/order/events.ts";
import type { Order } from "../../../engine/order/order.ts";
import { canonicalJson } from "../../../engine/support/canonical-json.ts";
import type { Json } from "../../../engine/support/json.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createChangeDesk, type ChangeDesk, type Reply } from "./change-desk.ts";
import type { Mutable } from "./home-fiber-order.ts";

const answer = ({ status, body }: Reply) => ({ status, code: body["code"] });
const WANTED = { reason: "CUSTOMER_REQUEST" };

forEachDatabase((_name, open) => {
  let desk: ChangeDesk;

  beforeEach(async () => {
    desk = await createChangeDesk((await open()).database);
  });
  afterEach(() => desk.close());

  /** What is stored is what the journal says. */
  async function thenStored(orderId: string): Promise<Order> {
    const { body } = await desk.get(`/api/orders/${orderId}/history`, "auditor");
    let replayed: Order | null = null;
    for (const { events } of body["entries"] as { events: OrderEvent[] }[]) for (const event of events) replayed = evolve(replayed, event);
    const stored = await desk.order(orderId);
    expect(canonicalJson(stored as unknown as Json), "the stored rows are what the journal says").toBe(canonicalJson(replayed as unknown as Json));
    return stored;
  }
  const quoteHash = async (path: string) => ((await desk.get(`${path}/approvals`, "auditor")).body["approvals"] as { stateHash: string }[]).at(-1)?.stateHash;

  describe("G2 cancellation over HTTP", () => {
    it("the quote says what is undone and what it costs, in words, and changes nothing", async () => {
      const id = await desk.begin("home-fiber");
      await desk.succeed(id, "1/create-internet-service", "1/reserve-ont");
      const before = (await desk.order(id)).aggregateVersion;
      const quote = await desk.get(`/api/orders/${id}/cancellation-quote`, "care-agent");
      expect(quote).toMatchObject({ status: 200, headers: { etag: `"${before}"` }, body: { type: "CANCEL", answer: "ACCEPT", fee: 0, currency: "EUR", aggregateVersion: before } });
      expect(quote.body["words"]).toEqual(expect.arrayContaining(["The cancellation is possible.", "It costs nothing.", expect.stringMatching(/^Item 1: "Reserve the fiber terminal \(ONT\)" is undone \("Release the reservation", until /)]));
      expect((await desk.order(id)).aggregateVersion).toBe(before);
    });

    it("is carried out: undone by the systems, stored as the journal says, and asked again it changes nothing", async () => {
      const id = await desk.begin("home-fiber");
      await desk.succeed(id, "1/create-internet-service", "1/reserve-ont");
      const asked = await desk.post(`/api/orders/${id}/cancellation`, "care-agent", WANTED, { key: "c1" });
      expect(asked).toMatchObject({ status: 200, body: { internalState: "CANCELLING", change: { type: "CANCEL", state: "EXECUTING", fee: 0, approvalId: null } } });
      expect((await desk.post(`/api/orders/${id}/cancellation`, "care-agent", WANTED, { key: "c1" })).body).toEqual(asked.body);
      await desk.drive(id);
      const order = await thenStored(id);
      expect([order.state, order.compensations.map(({ state }) => state)]).toEqual(["CANCELLED", ["COMPENSATED", "COMPENSATED", "COMPENSATED"]]);
      const again = await desk.post(`/api/orders/${id}/cancellation`, "care-agent", WANTED);
      expect(again).toMatchObject({ status: 200, body: { internalState: "CANCELLED", change: { state: "DONE" }, aggregateVersion: order.aggregateVersion } });
    });

    it("needs agreement when a technician is on the way; refused, what was ready goes out after all", async () => {
      const id = await desk.begin("home-fiber");
      await desk.succeed(id, "1/create-internet-service", "1/reserve-ont", "1/reserve-router", "1/book-installation");
      expect((await desk.get(`/api/orders/${id}/cancellation-quote`, "care-agent")).body["words"]).toEqual(expect.arrayContaining(["The cancellation needs the agreement of care-lead. A technician is planned: a fee applies.", "It costs 49 EUR."]));
      const asked = await desk.post(`/api/orders/${id}/cancellation`, "care-agent", WANTED);
      expect(asked.body).toMatchObject({ internalState: "ASSESSING_CANCELLATION", change: { state: "AWAITING_APPROVAL", approverRole: "care-lead", approvalId: `${id}/approval/1` } });
      await desk.succeed(id, "1/field-installation");
      const stateHash = await quoteHash(`/api/orders/${id}`);
      await desk.post(`/api/orders/${id}/approvals/1/decision`, "care-lead", { approve: false, stateHash, reason: "he is at the door" });
      await desk.drive(id);
      expect((await thenStored(id)).state).toBe("COMPLETED");
    });

    it("agreed by a lead: called back, undone, cancelled", async () => {
      const id = await desk.begin("home-fiber");
      await desk.succeed(id, "1/create-internet-service", "1/reserve-ont", "1/reserve-router", "1/book-installation");
      await desk.post(`/api/orders/${id}/cancellation`, "care-agent", WANTED);
      const stateHash = await quoteHash(`/api/orders/${id}`);
      expect((await desk.post(`/api/orders/${id}/approvals/1/decision`, "care-lead", { approve: true, stateHash, reason: "ok" })).status).toBe(200);
      await desk.drive(id);
      expect((await thenStored(id)).state).toBe("CANCELLED");
    });

    it("G3 of one item: quoted and carried out for it alone", async () => {
      const id = await desk.begin("managed-office");
      await desk.succeed(id, "2/reserve-router");
      const quote = await desk.get(`/api/orders/${id}/cancellation-quote?items=2`, "care-agent");
      expect((quote.body["items"] as Mutable[]).map(({ itemId }) => itemId)).toEqual(["2"]);
      await desk.post(`/api/orders/${id}/cancellation`, "care-agent", { ...WANTED, items: ["2"] });
      await desk.drive(id);
      const order = await thenStored(id);
      expect([order.state, order.items.map(({ state }) => state)]).toEqual(["COMPLETED", ["COMPLETED", "CANCELLED", "COMPLETED"]]);
    });

    it("is refused after activation with the way to go instead", async () => {
      const id = await desk.begin("home-fiber");
      await desk.succeed(id, "1/create-internet-service", "1/reserve-ont", "1/reserve-router", "1/book-installation", "1/field-installation");
      expect((await desk.get(`/api/orders/${id}/cancellation-quote`, "care-agent")).body).toMatchObject({ answer: "REFUSE", route: "CHANGE_ORDER", words: expect.arrayContaining(["Order the change as a new order."]) as unknown });
      expect(answer(await desk.post(`/api/orders/${id}/cancellation`, "care-agent", WANTED))).toEqual({ status: 409, code: "change-refused" });
    });

    it("of an order that has changed since it was read: 412, by If-Match and by expectedVersion", async () => {
      const id = await desk.begin("home-fiber");
      const etag = (await desk.get(`/api/orders/${id}/cancellation-quote`, "care-agent")).headers["etag"] ?? "";
      await desk.succeed(id, "1/create-internet-service");
      expect(answer(await desk.post(`/api/orders/${id}/cancellation`, "care-agent", WANTED, { ifMatch: etag }))).toEqual({ status: 412, code: "version-conflict" });
      expect(answer(await desk.post(`/api/orders/${id}/cancellation`, "care-agent", { ...WANTED, expectedVersion: 2 }))).toEqual({ status: 412, code: "version-conflict" });
      expect(answer(await desk.post(`/api/orders/${id}/cancellation`, "care-agent", WANTED, { ifMatch: 'W/"x"' }))).toEqual({ status: 412, code: "version-conflict" });
      expect(answer(await desk.post(`/api/orders/${id}/cancellation`, "care-agent", { ...WANTED, expectedVersion: "2" }))).toEqual({ status: 400, code: "invalid-body" });
      const now = (await desk.order(id)).aggregateVersion;
      expect((await desk.post(`/api/orders/${id}/cancellation`, "care-agent", WANTED, { ifMatch: `"${now}"` })).status).toBe(200);
    });

    it("asks for a reason, an idempotency key, a known item and the role", async () => {
      const id = await desk.begin("home-fiber");
      const path = `/api/orders/${id}/cancellation`;
      expect(answer(await desk.post(path, "care-agent", {}))).toMatchObject({ status: 400 });
      expect(answer(await desk.post(path, "care-agent", WANTED, { key: null }))).toEqual({ status: 400, code: "idempotency-key-missing" });
      expect(answer(await desk.post(path, "care-agent", { ...WANTED, items: ["99"] }))).toEqual({ status: 404, code: "item-not-found" });
      expect(answer(await desk.post(path, "care-agent", { ...WANTED, items: [] }))).toEqual({ status: 400, code: "invalid-body" });
      expect(answer(await desk.post(path, "support", WANTED))).toEqual({ status: 403, code: "forbidden" });
      expect(answer(await desk.get(`/api/orders/${id}/cancellation-quote?items=99`, "care-agent"))).toEqual({ status: 404, code: "item-not-found" });
      expect(answer(await desk.get(`${path}-quote?deep=1`, "care-agent"))).toEqual({ status: 400, code: "invalid-query" });
    });
  });

  describe("G4 amendment over HTTP", () => {
    const moved = { items: [{ id: "1", appointment: { id: "SLOT-2", slot: "2026-12-01T08:00:00Z" } }], reason: "CUSTOMER_REQUEST" };

    it("an appointment is quoted, moved, stored and survives a restart", async () => {
      const id = await desk.begin("home-fiber");
      await desk.succeed(id, "1/create-internet-service", "1/reserve-ont", "1/reserve-router", "1/book-installation");
      const quote = await desk.post(`/api/orders/${id}/amendment-quote`, "care-agent", moved);
      expect(quote.body).toMatchObject({ type: "AMEND", answer: "ACCEPT", words: expect.arrayContaining(["Item 1: \"Book the installation visit\" is changed where it was done.", "Item 1: \"Install at the customer's home\" is called back."]) as unknown });
      const asked = await desk.post(`/api/orders/${id}/amendment`, "care-agent", moved);
      expect(asked).toMatchObject({ status: 200, body: { change: { type: "AMEND", state: "EXECUTING" } } });
      await desk.succeed(id, "1/withdraw.field-installation");
      const replanned = await thenStored(id);
      expect(replanned).toMatchObject({ orderVersion: 2, state: "IN_PROGRESS", items: [{ appointment: { id: "SLOT-2" } }] });
      await desk.drive(id);
      expect((await thenStored(id)).state).toBe("COMPLETED");
    });

    it("the same again changes nothing; another while one is carried out is refused", async () => {
      const id = await desk.begin("home-fiber");
      await desk.succeed(id, "1/create-internet-service", "1/reserve-ont", "1/reserve-router", "1/book-installation");
      await desk.post(`/api/orders/${id}/amendment`, "care-agent", moved);
      const { aggregateVersion } = await desk.order(id);
      expect((await desk.post(`/api/orders/${id}/amendment`, "care-agent", moved)).body).toMatchObject({ aggregateVersion, change: { state: "EXECUTING" } });
      const other = { items: [{ id: "1", appointment: { id: "SLOT-3", slot: "2026-12-02T08:00:00Z" } }], reason: "again" };
      expect(answer(await desk.post(`/api/orders/${id}/amendment`, "care-agent", other))).toEqual({ status: 409, code: "invalid-transition" });
    });

    it("what intake would not take is refused with every reason at its place; what is left out stays", async () => {
      const id = await desk.begin("home-fiber");
      const refused = await desk.post(`/api/orders/${id}/amendment`, "care-agent", { items: [{ id: "1", characteristics: { speed: 7 } }], reason: "r" });
      expect(answer(refused)).toEqual({ status: 422, code: "order-not-acceptable" });
      expect((refused.body["errors"] as Mutable[]).every(({ pointer }) => String(pointer).startsWith("/items/0/"))).toBe(true);
      await desk.post(`/api/orders/${id}/amendment`, "care-agent", moved);
      expect((await thenStored(id)).items[0]).toMatchObject({ characteristics: { speed: "1G" }, place: expect.anything() as unknown });
    });

    it("B13 a new place needs a new qualification", async () => {
      const id = await desk.begin("home-fiber");
      const place = { id: "ELSEWHERE", validated: true };
      expect(answer(await desk.post(`/api/orders/${id}/amendment`, "care-agent", { items: [{ id: "1", place }], reason: "moved" }))).toEqual({ status: 409, code: "change-refused" });
    });

    it.each<readonly [string, Mutable, string]>([
      ["no items", { reason: "r" }, "/items"],
      ["an item of another order", { items: [{ id: "77" }], reason: "r" }, "/items/0/id"],
      ["another action", { items: [{ id: "1", action: "DISCONNECT" }], reason: "r" }, "/items/0/action"],
      ["a member it does not know", { items: [{ id: "1", state: "COMPLETED" }], reason: "r" }, "/items/0/state"],
      ["a quantity of half", { items: [{ id: "1", quantity: 0.5 }], reason: "r" }, "/items/0/quantity"],
      ["a date that is none", { items: [{ id: "1", requestedDate: "soon" }], reason: "r" }, "/items/0/requestedDate"],
      ["an item named twice", { items: [{ id: "1" }, { id: "1" }], reason: "r" }, "/items/1/id"],
    ])("refuses %s and says where", async (_title, body, pointer) => {
      const id = await desk.begin("home-fiber", false);
      const refused = await desk.post(`/api/orders/${id}/amendment`, "care-agent", body);
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect((refused.body["errors"] as Mutable[]).map((error) => error["pointer"])).toContain(pointer);
    });
  });
});
