import type { DecisionTable, InputColumn, OutputColumn } from "./table-kinds.ts";
import { jsonPointer } from "../support/json-pointer.ts";

/** An offering that a decomposition table names, and where. */
export interface NamedOffering {
  readonly offering: string;
  readonly path: string;
}

const QUOTED = /"((?:[^"\\]|\\.)*)"/g;

/** The offerings a decomposition table is for: the literals in its column over `item.offering`. */
export function offeringsOf(table: DecisionTable): NamedOffering[] {
  const column = offeringColumn(table);
  if (column === null) return [];
  return table.rows.flatMap((row, position) => {
    const cell = row[column];
    const path = jsonPointer("rows", position, column);
    if (Array.isArray(cell)) return cell.filter((each) => typeof each === "string").map((offering: string) => ({ offering, path }));
    if (typeof cell !== "string" || /^\s*not\s*\(/.test(cell)) return [];
    return [...cell.matchAll(QUOTED)].map((match) => ({ offering: match[1] ?? "", path }));
  });
}

/** Key of the column over `item.offering`, or null. */
export function offeringColumn(table: DecisionTable): string | null {
  const column = table.columns.find((each: InputColumn | OutputColumn): each is InputColumn => "in" in each && each.in === "item.offering");
  return column?.key ?? null;
}
