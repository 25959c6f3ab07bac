import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Decomposition, Item, Order } from "../order/order.ts";
import { itemFacts, orderFacts } from "../interpret/facts-of.ts";
import { textOf } from "../support/json.ts";
import type { PlanProblem } from "./problem.ts";

/** The plan template of one item, with the table and row that chose it (B5, B7). */
export type DecompositionResult =
  | { readonly found: true; readonly decomposition: Decomposition | null }
  | { readonly found: false; readonly problem: PlanProblem };

/**
 * Asks the decomposition table of the item's offering. `decomposition` null: the item needs no work of its own, because
 * nothing changes or because it only holds its children together.
 */
export function decompose(order: Order, item: Item, release: CompiledRelease): DecompositionResult {
  if (item.action === "NO_CHANGE") return { found: true, decomposition: null };
  const fail = (code: PlanProblem["code"], message: string): DecompositionResult => ({ found: false, problem: { code, itemId: item.id, message } });

  const table = release.decomposition.get(item.offering);
  if (!table) return fail("DECOMPOSITION_MISSING", `No decomposition table of release ${release.name} knows the offering ${item.offering}.`);
  const answer = table.evaluate({ order: orderFacts(order), item: itemFacts(order, item) });
  if (answer.hit === "conflict") return fail("DECOMPOSITION_CONFLICT", `"${table.definition.title}" gives item ${item.id} more than one plan: ${answer.message}`);
  if (answer.hit !== "one") return fail("DECOMPOSITION_NO_ROW", `No row of "${table.definition.title}" fits item ${item.id} (${item.action} ${item.offering}).`);

  const key = textOf(answer.outputs["planTemplate"]);
  if (key === null) return { found: true, decomposition: null };
  const template = release.planTemplates.get(key);
  if (!template) return fail("TEMPLATE_UNKNOWN", `"${table.definition.title}" names the plan template ${key}, which the release does not contain.`);
  return {
    found: true,
    decomposition: {
      table: table.definition.key,
      tableVersion: table.definition.version,
      row: answer.rows[0] ?? "otherwise",
      template: template.definition.key,
      templateVersion: template.definition.version,
    },
  };
}
