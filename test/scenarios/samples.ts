import { readFileSync } from "node:fs";
import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Actor } from "../../engine/order/inputs.ts";
import type { NewItem, NewOrder } from "../../engine/order/order.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { fillOrder } from "../../examples/orders/fill-order.ts";
import { personaActor, type PersonaName } from "../../server/identity/personas.ts";
import { toNewOrder } from "../../server/tmf/to-new-order.ts";
import { loadDefinitions } from "../support/load-definitions.ts";
import { START } from "../support/order-of.ts";

/** The release the product ships. */
export const shipped: CompiledRelease = compileShipped();

/** An example order as intake hands it over, accepted at the start of every scenario. */
export function sample(name: string): NewOrder {
  const text = readFileSync(new URL(`../../examples/orders/${name}.json`, import.meta.url), "utf8");
  const mapped = toNewOrder(fillOrder(text, START, "U1") as Json, "O1");
  if (!mapped.ok) throw new Error(JSON.stringify(mapped.problems));
  return mapped.order;
}

/** The first item of an order as it should be, with some members changed. */
export function wanted(order: NewOrder, change: Partial<NewItem> & { readonly characteristics?: JsonObject }): NewItem {
  const [item] = order.items;
  if (!item) throw new Error("The order has no item.");
  return { ...item, ...change, characteristics: { ...item.characteristics, ...change.characteristics } };
}

/** Someone of the demo, with their roles. */
export const someone = (name: PersonaName): Actor => personaActor(name);

function compileShipped(): CompiledRelease {
  const compiled = compile(loadDefinitions(), { name: "shipped" });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics, null, 1));
  return compiled.release;
}
