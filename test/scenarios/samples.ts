import { readFileSync } from "node:fs";
import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Actor } from "../../engine/order/inputs.ts";
import type { PlanTemplate } from "../../engine/language/kinds.ts";
import type { NewItem, NewOrder } from "../../engine/order/order.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { fillOrder } from "../../examples/orders/fill-order.ts";
import { personaActor, type PersonaName } from "../../server/identity/personas.ts";
import { toNewOrder } from "../../server/tmf/to-new-order.ts";
import { loadDefinitions } from "../support/load-definitions.ts";
import { START } from "../support/order-of.ts";

/** The release the product ships. */
export const shipped: CompiledRelease = compiled(loadDefinitions(), "shipped");

/** The next release: as shipped, but for one plan template. */
export function shippedBut(key: string, change: (template: PlanTemplate) => PlanTemplate): CompiledRelease {
  const path = `plan-template/${key}.json`;
  return compiled(loadDefinitions().map((file) => (file.path === path ? { path, content: change(file.content as PlanTemplate) } : file)), "next");
}

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

function compiled(files: ReturnType<typeof loadDefinitions>, name: string): CompiledRelease {
  const result = compile(files, { name });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1));
  return result.release;
}
