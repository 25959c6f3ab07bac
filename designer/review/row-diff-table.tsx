import { useMemo, useState } from "react";
import type { Change } from "../../engine/diff/definition-diff.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { review as words } from "../strings/review.ts";
import { DiffMark } from "./diff-mark.tsx";
import { foldSame } from "./fold.ts";
import { cellDiff, diffRows, type ColumnDiff, type RowDiff } from "./row-diff.ts";

interface RowDiffTableProps {
  readonly title: string;
  readonly before: DecisionTable | null;
  readonly after: DecisionTable | null;
  readonly changes: readonly Change[];
}

/** Rows that are the same and stand beside a change, so that one sees where it is. */
const ROWS_AROUND = 1;

/** A table before and after, row by row: what was is struck through, what is new underlined, what is the same folded away. */
export function RowDiffTable({ title, before, after, changes }: RowDiffTableProps) {
  const { columns, rows } = useMemo(() => diffRows(before, after, changes), [before, after, changes]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const stretches = useMemo(() => foldSame(rows, ({ mark }) => mark === "same", ROWS_AROUND, opened), [rows, opened]);
  const numbers = useMemo(() => new Map((after?.rows ?? []).map(({ id }, index) => [id, index + 1])), [after]);
  return (
    <div className="row-diff scroll">
      <table className="table">
        <caption className="hidden">{words.rowsOf(title)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.row}</th>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={columnMark(column)}>
                {column.output ? words.answer(column.name) : column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stretches.map(({ folded, start, items }) =>
            folded ? (
              <tr key={start} className="fold">
                <td colSpan={columns.length + 1}>
                  <button type="button" className="btn small quiet" onClick={() => setOpened((open) => new Set([...open, start]))}>
                    {words.sameRows(items.length)}
                  </button>
                </td>
              </tr>
            ) : (
              items.map((row) => <Row key={`${row.mark} ${row.id}`} row={row} number={row.after === null ? null : (numbers.get(row.id) ?? null)} columns={columns} />)
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, number, columns }: { readonly row: RowDiff; readonly number: number | null; readonly columns: readonly ColumnDiff[] }) {
  const changed = row.mark !== "same";
  return (
    <tr className={row.mark} {...(changed ? { "data-change": row.id, tabIndex: -1 } : {})}>
      <th scope="row" title={row.id}>
        {row.mark !== "same" ? <DiffMark mark={row.mark} /> : null} {number}
      </th>
      {columns.map((column) => (
        <Cell key={column.name} row={row} column={column} />
      ))}
    </tr>
  );
}

function Cell({ row, column }: { readonly row: RowDiff; readonly column: ColumnDiff }) {
  const { before, after } = cellDiff(row, column);
  const shown = (text: string) => (text === "" ? words.anything(column.output) : text);
  if (row.mark === "added") return <td title={after}>{after === "" ? <span className="muted">{shown(after)}</span> : <ins>{after}</ins>}</td>;
  if (row.mark === "removed") return <td title={before}>{before === "" ? <span className="muted">{shown(before)}</span> : <del>{before}</del>}</td>;
  if (before === after) return <td title={after}>{after === "" ? <span className="muted">{shown(after)}</span> : after}</td>;
  return (
    <td className="differs" title={words.fromTo(shown(before), shown(after))}>
      <del>{shown(before)}</del> <ins>{shown(after)}</ins>
    </td>
  );
}

function columnMark({ before, after }: ColumnDiff): string | undefined {
  if (before === null) return "added";
  return after === null ? "removed" : undefined;
}
