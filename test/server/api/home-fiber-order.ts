import { readFileSync } from "node:fs";
import { fillOrder } from "../../../examples/orders/fill-order.ts";
import { NOW } from "./edge-app.ts";

/** A part of a JSON payload that tests may change. */
export type Mutable = { [name: string]: unknown };

/** The example order for Home Fiber, fresh at the instant of the tests; `change` may break it. */
export function homeFiberOrder(unique: string, change: (order: Mutable, item: Mutable) => void = () => undefined): Mutable {
  return exampleOrder("home-fiber", unique, change);
}

/** Any example order of the product. */
export function exampleOrder(name: string, unique: string, change: (order: Mutable, item: Mutable) => void = () => undefined): Mutable {
  const file = new URL(`../../../examples/orders/${name}.json`, import.meta.url);
  const order = fillOrder(readFileSync(file, "utf8"), NOW, unique) as Mutable;
  change(order, (order["productOrderItem"] as Mutable[])[0] ?? {});
  return order;
}
