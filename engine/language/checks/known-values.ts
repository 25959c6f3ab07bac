import type { ColumnValues } from "../../table/axis.ts";
import { valuesOfFact } from "./fact-values.ts";
import type { DecisionTable, InputColumn } from "../table-kinds.ts";
import type { ItemAction, OrderSchema } from "../kinds.ts";
import { offeringsOf } from "../offerings.ts";
import { domainOfItem, ITEM_ACTIONS, schemasFor } from "./item-domain.ts";
import type { CompileContext } from "../compile-context.ts";

/** What is known of the input columns of a table, by key. */
export type KnownColumns = { readonly [column: string]: ColumnValues };

/** What the vocabulary of facts says of the columns of any table: states, outcomes, counts. */
export function knownByFact(table: DecisionTable): KnownColumns {
  return columnsKnown(table, valuesOfFact);
}

/**
 * The inputs that reach a decomposition table, one set of columns per order schema of its offerings and action: intake lets nothing
 * else through, and no other table decomposes these offerings.
 */
export function knownByIntake(table: DecisionTable, context: CompileContext): readonly KnownColumns[] {
  const named = new Set(offeringsOf(table).map(({ offering }) => offering));
  return schemasFor(named, context).flatMap((schema) =>
    ITEM_ACTIONS.filter((action) => schema.actions[action] !== undefined).map((action) => columnsKnown(table, (path) => ofSchema(path, schema, action, named))));
}

function ofSchema(path: string, schema: OrderSchema, action: ItemAction, named: ReadonlySet<string>): ColumnValues | null {
  if (path === "item.offering") return { values: schema.offerings.filter((offering) => named.has(offering)) };
  if (path === "item.action") return { values: [action] };
  const [fact, ...rest] = path.split(".");
  const domain = fact === "item" ? domainOfItem(rest, [schema], [action]) : null;
  return domain ?? valuesOfFact(path);
}

function columnsKnown(table: DecisionTable, known: (path: string) => ColumnValues | null): KnownColumns {
  const inputs = table.columns.filter((column): column is InputColumn => "key" in column);
  return Object.fromEntries(inputs.flatMap(({ key, in: path }) => {
    const values = known(path);
    return values === null ? [] : [[key, values]];
  }));
}
