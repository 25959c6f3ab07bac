import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Router } from "express";
import { fillOrder } from "./fill-order.ts";

/** The sample orders, by the names under which the demo gives them away. */
export const SAMPLE_ORDERS = ["home-fiber", "home-fiber-modify", "home-fiber-disconnect", "contact-center", "furniture", "managed-office", "mobile-sim"] as const;

/** `GET /demo/orders` and `GET /demo/orders/{name}`: a sample order as a channel would send it, fresh on every call. */
export function createOrderRouter(deps: { readonly now: () => string; readonly newId: () => string }): Router {
  const router = Router();
  router.get("/demo/orders", (_request, response) => {
    response.json(SAMPLE_ORDERS.map((name) => ({ name, href: `/demo/orders/${name}` })));
  });
  router.get("/demo/orders/:name", (request, response, next) => {
    const name = SAMPLE_ORDERS.find((sample) => sample === request.params.name);
    if (name === undefined) return next();
    const give = (text: string) => response.set("Cache-Control", "no-store").json(fillOrder(text, deps.now(), deps.newId().slice(-12).toUpperCase()));
    readFile(fileURLToPath(new URL(`./${name}.json`, import.meta.url)), "utf8").then(give).catch(next);
  });
  return router;
}
