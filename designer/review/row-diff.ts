import type { Change } from "../../engine/diff/definition-diff.ts";
import type { DecisionTable, TableRow } from "../../engine/language/table-kinds.ts";
import { columnName, isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import { cellText } from "../grid/grid-model.ts";

export type RowMark = "same" | "added" | "removed" | "changed" | "moved";

/** One row before and after; null on the side that does not have it. */
export interface RowDiff {
  readonly id: string;
  readonly mark: RowMark;
  readonly before: TableRow | null;
  readonly after: TableRow | null;
}

/** One column before and after. */
export interface ColumnDiff {
  readonly name: string;
  readonly output: boolean;
  readonly before: TableColumn | null;
  readonly after: TableColumn | null;
}

export interface TableDiff {
  readonly columns: readonly ColumnDiff[];
  /** In the order of now; what was removed stands where it stood. */
  readonly rows: readonly RowDiff[];
}

/** Two versions of a table row by row, told apart by their ids. `changes` says which rows were renamed, and whether a move means something. */
export function diffRows(before: DecisionTable | null, after: DecisionTable | null, changes: readonly Change[]): TableDiff {
  const former = new Map(changes.flatMap((change) => (change.op === "rename" && change.path[0] === "rows" ? [[change.to, change.from] as const] : [])));
  const moved = new Set(changes.flatMap(({ op, path }) => (op === "move" && path[0] === "rows" ? [path[1] ?? ""] : [])));
  const old = new Map((before?.rows ?? []).map((row) => [row.id, row]));
  const rows = (after?.rows ?? []).map((row): RowDiff => {
    const was = old.get(former.get(row.id) ?? row.id) ?? null;
    const mark = was === null ? "added" : !sameRow(was, row) ? "changed" : moved.has(row.id) ? "moved" : "same";
    return { id: row.id, mark, before: was, after: row };
  });
  return { columns: columnsOf(before, after), rows: withRemoved(rows, before?.rows ?? []) };
}

/** A cell as it was and as it is, as people write it. */
export function cellDiff({ before, after }: RowDiff, column: ColumnDiff): { readonly before: string; readonly after: string } {
  return {
    before: before === null || column.before === null ? "" : cellText(before, column.before),
    after: after === null || column.after === null ? "" : cellText(after, column.after),
  };
}

function columnsOf(before: DecisionTable | null, after: DecisionTable | null): readonly ColumnDiff[] {
  const [old, now] = [before, after].map((table) => new Map((table?.columns ?? []).map((column) => [columnName(column), column]))) as [Map<string, TableColumn>, Map<string, TableColumn>];
  const names = [...now.keys(), ...[...old.keys()].filter((name) => !now.has(name))];
  return names.map((name) => {
    const [was, is] = [old.get(name) ?? null, now.get(name) ?? null];
    const column = is ?? was;
    return { name, output: column !== null && isOutput(column), before: was, after: is };
  });
}

/** Puts each removed row behind the row it stood behind. */
function withRemoved(rows: readonly RowDiff[], before: readonly TableRow[]): readonly RowDiff[] {
  const kept = new Set(rows.map((row) => row.before?.id));
  const removedAfter = new Map<string | null, RowDiff[]>();
  let behind: string | null = null;
  for (const row of before) {
    if (kept.has(row.id)) behind = row.id;
    else removedAfter.set(behind, [...(removedAfter.get(behind) ?? []), { id: row.id, mark: "removed", before: row, after: null }]);
  }
  return [...(removedAfter.get(null) ?? []), ...rows.flatMap((row) => [row, ...(removedAfter.get(row.before?.id ?? "") ?? [])])];
}

function sameRow({ id: _, ...before }: TableRow, { id: __, ...after }: TableRow): boolean {
  const names = Object.keys(before);
  return names.length === Object.keys(after).length && names.every((name) => JSON.stringify(before[name]) === JSON.stringify(after[name]));
}
