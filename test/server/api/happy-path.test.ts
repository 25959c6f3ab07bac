import { readFileSync } from "node:fs";
import request from "supertest";
import { expect, it } from "vitest";
import { fillOrder } from "../../../examples/orders/fill-order.ts";
import { PRODUCT_ORDER_PATH } from "../../../server/tmf/to-product-order.ts";
import { createEdgeApp, NOW } from "./edge-app.ts";

it("x", async () => {
  const { app } = await createEdgeApp();
  const body = fillOrder(readFileSync("examples/orders/home-fiber.json", "utf8"), NOW, "U1") as object;
  const r = await request(app).post(PRODUCT_ORDER_PATH).send(body);
  console.log(r.status, r.headers, JSON.stringify(r.body, null, 1));
  const g = await request(app).get(r.headers["location"] as string + "?fields=state");
  console.log(g.status, g.body);
  const v = await request(app).get(`/api/orders/${r.body.id}`);
  console.log(v.status, v.body);
  const l = await request(app).get(`/api/orders`);
  console.log(l.status, JSON.stringify(l.body), l.headers["link"]);
  expect(1).toBe(1);
});
