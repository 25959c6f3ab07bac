import type { DecisionTable, TableRow } from "../../engine/language/table-kinds.ts";
import type { OrderTask } from "./standings.ts";
import type { Lookup } from "../plan/plan-view.ts";

/** A failure as a system reports it. */
export interface Failing {
  readonly code: string;
  readonly httpStatus: number;
  readonly message: string;
}

/** A failure one can choose, with what the definitions make of it. */
export interface FailureChoice extends Failing {
  readonly meaning: string;
}

const REFUSED = 422;
const STATUS_CODE = 500;

/**
 * The failures the definitions tell apart for a task: the business answers its type names, then one for each code or HTTP
 * status in the table that sorts the failures of its system.
 */
export function failuresOf({ planned }: OrderTask, find: Lookup): readonly FailureChoice[] {
  const type = find("task-type", planned.type);
  const system = find("target-system", type?.targetSystem);
  const table = find("decision-table", system?.failures);
  const answers = (type?.outcomes ?? []).map(({ key, title, effect }): FailureChoice => ({ code: key, httpStatus: REFUSED, message: title ?? key, meaning: effect }));
  const sorted = table === undefined ? [] : failuresIn(table);
  const seen = new Set<string>();
  return [...answers, ...sorted].filter(({ code }) => !seen.has(code) && seen.add(code) !== undefined);
}

function failuresIn(table: DecisionTable): readonly FailureChoice[] {
  const column = (path: string): string | undefined => table.columns.flatMap((column) => ("in" in column && column.in === path ? [column.key] : []))[0];
  const [codeColumn, httpColumn, effectColumn] = ["failure.code", "failure.httpStatus", "failure.effect"].map(column);
  return table.rows.flatMap((row): readonly FailureChoice[] => {
    const effects = listIn(row, effectColumn);
    if (effects.length > 0 && !effects.includes("NONE")) return [];
    const meaning = typeof row["class"] === "string" ? row["class"] : "";
    const [httpStatus = REFUSED] = listIn(row, httpColumn).map(Number);
    const codes = listIn(row, codeColumn);
    if (codes.length > 0) return codes.map((code) => ({ code: String(code), httpStatus, message: said(String(code)), meaning }));
    return listIn(row, httpColumn).map((status) => ({ code: Number(status) >= STATUS_CODE ? "UNAVAILABLE" : `HTTP_${String(status)}`, httpStatus: Number(status), message: `HTTP ${String(status)}`, meaning }));
  });
}

/** The literal values of a cell; none for one that holds a test or anything. */
function listIn(row: TableRow, column: string | undefined): readonly unknown[] {
  const cell = column === undefined ? undefined : row[column];
  return Array.isArray(cell) ? cell : [];
}

function said(code: string): string {
  const text = code.replaceAll("_", " ").toLowerCase();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
