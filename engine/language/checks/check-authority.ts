import { compileUnaryTest } from "../../feel/unary-test.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { Json } from "../../support/json.ts";
import type { CompileContext } from "../compile-context.ts";
import type { DecisionTable } from "../table-kinds.ts";
import { REPAIR_ACTIONS } from "./repair-actions.ts";

/** Who may repair what stands in one table, and a repair that is offered is one that somebody may do. */
export function checkAuthority(context: CompileContext): void {
  const tables = context.index.all("decision-table");
  const [first, ...others] = tables.filter(({ definition }) => definition.purpose === "authority");
  for (const { file, definition } of others) context.reportFor(file)(
    "authority-duplicate", "/purpose",
    `"${first?.definition.key ?? ""}" says already who may repair what; put the rows of "${definition.key}" there.`,
  );
  const isAllowed = first ? allowedBy(first.definition) : null;
  for (const { file, definition } of tables) {
    if (definition.purpose !== "fallout") continue;
    const offers = offersOf(definition);
    if (isAllowed === null) {
      reportNoTable(file, definition, offers, context);
      continue;
    }
    for (const { action, path } of offers) {
      if (isAllowed(action)) continue;
      context.reportFor(file)(
        "authority-missing", path,
        `${action} is offered, but no row of "${first?.definition.key ?? ""}" allows it to anybody, so it is always refused; add the row or offer something else.`,
        severityOf([action]),
      );
    }
  }
}

interface Offer {
  readonly action: string;
  readonly path: string;
}

function offersOf(table: DecisionTable): Offer[] {
  const offers = (cells: { readonly [output: string]: Json }, path: string): Offer[] => {
    const { repairs } = cells;
    if (!Array.isArray(repairs)) return [];
    return (repairs as readonly Json[]).flatMap((action, position) => (REPAIR_ACTIONS.some((known) => known === action) ? [{ action: action as string, path: `${path}${jsonPointer("repairs", position)}` }] : []));
  };
  return [...table.rows.flatMap((row, position) => offers(row, jsonPointer("rows", position))), ...(table.otherwise ? offers(table.otherwise, "/otherwise") : [])];
}

function reportNoTable(file: string, table: DecisionTable, offers: readonly Offer[], context: CompileContext): void {
  if (offers.length > 0) context.reportFor(file)(
    "authority-missing", "",
    `"${table.key}" offers repairs, but nothing says who may do them, so all are refused; add a table of purpose authority.`,
    severityOf(offers.map(({ action }) => action)),
  );
}

/** To do without work is a promise to the business: offering it without saying who may is a mistake, not an oversight. */
function severityOf(actions: readonly string[]): "error" | "warning" {
  return actions.includes("WAIVE") ? "error" : "warning";
}

/** Whether some row, or what stands otherwise, may allow an action; an answer in FEEL may, and a wrong one is reported elsewhere. */
function allowedBy(table: DecisionTable): (action: string) => boolean {
  const column = table.columns.find((each) => "in" in each && each.in === "repair.action");
  const rows = table.rows.filter(({ allow }) => mayAllow(allow)).map((row) =>
    column && "key" in column ? compileUnaryTest(row[column.key], column.type, () => undefined, "") : () => true);
  const otherwise = mayAllow(table.otherwise?.["allow"]);
  return (action) => otherwise || rows.some((matches) => matches(action));
}

function mayAllow(cell: Json | undefined): boolean {
  return cell !== undefined && cell !== null && cell !== false;
}
