import { compileUnaryTest } from "../../feel/unary-test.ts";
import type { CompileContext } from "../compile-context.ts";
import { offeringsOf } from "../offerings.ts";
import type { DecisionTable } from "../table-kinds.ts";
import { ITEM_ACTIONS } from "./item-domain.ts";

/** The items that decomposition tables lead to one plan template. */
export interface Chosen {
  readonly offerings: ReadonlySet<string>;
  readonly actions: ReadonlySet<string>;
}

/** Which offerings and actions lead to a plan template; null when no literal row chooses it. */
export function chosenBy(templateKey: string, context: Pick<CompileContext, "index">): Chosen | null {
  const offerings = new Set<string>();
  const actions = new Set<string>();
  for (const { definition: table } of context.index.all("decision-table")) {
    if (table.purpose !== "decomposition") continue;
    const named = offeringsOf(table);
    table.rows.forEach((row, position) => {
      if (row["planTemplate"] !== templateKey) return;
      for (const { offering, path } of named) if (path.startsWith(`/rows/${position}/`)) offerings.add(offering);
      for (const action of actionsOf(table, row)) actions.add(action);
    });
  }
  return offerings.size === 0 ? null : { offerings, actions };
}

function actionsOf(table: DecisionTable, row: DecisionTable["rows"][number]): readonly string[] {
  const column = table.columns.find((each) => "in" in each && each.in === "item.action");
  if (!column || !("key" in column)) return ITEM_ACTIONS;
  const matches = compileUnaryTest(row[column.key], column.type, () => undefined, "");
  return ITEM_ACTIONS.filter((action) => matches(action));
}
