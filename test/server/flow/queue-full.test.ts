import request from "supertest";
import { expect, it } from "vitest";
import type { IntakeGate } from "../../../server/flow/intake-gate.ts";
import { PRODUCT_ORDER_PATH } from "../../../server/tmf/to-product-order.ts";
import { NOW, RELEASE } from "../api/edge-app.ts";
import { homeFiberOrder } from "../api/home-fiber-order.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createStand } from "../work/stand.ts";
import { createFlowApp, type Reply } from "./flow-app.ts";

forEachDatabase((_name, open) => {
  it("D7 an order is accepted only while the queue has room; the same request succeeds later", async () => {
    const { database } = await open();
    const stand = await createStand(database, RELEASE, { clock: { now: () => NOW, advance: () => undefined } });
    let room = false;
    const gate: IntakeGate = { retryAfterSeconds: 5, enter: () => Promise.resolve(room) };
    const { app } = await createFlowApp(database, RELEASE, stand, gate);
    const submit = async (): Promise<Reply> => request(app).post(PRODUCT_ORDER_PATH).set("Idempotency-Key", '"k1"').send(homeFiberOrder("Q1"));

    const refused = await submit();
    expect([refused.status, refused.body["code"], refused.headers["retry-after"]]).toEqual([503, "queue-full", "5"]);
    expect(await stand.rows("SELECT id FROM orders")).toEqual([]);
    expect(await stand.rows("SELECT key FROM idempotency_keys")).toEqual([]);
    room = true;
    const accepted = await submit();
    expect(accepted.status).toBe(201);
    room = false;
    expect((await submit()).body).toEqual(accepted.body);
  });
});
