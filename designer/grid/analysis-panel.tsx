import { CircleCheck, Plus, SplitSquareVertical, Layers2, CircleSlash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { TableInput } from "../../engine/table/analyze-table.ts";
import type { Json } from "../../engine/support/json.ts";
import { textOf } from "../form/value-text.ts";
import { grid as words } from "../strings/grid.ts";
import { columnTitle } from "./clipboard.ts";
import { cellText, insertRows } from "./grid-model.ts";
import type { EditTable } from "./grid-view.tsx";
import type { Analysis } from "./use-analysis.ts";

interface AnalysisPanelProps {
  readonly table: DecisionTable;
  readonly analysis: Analysis;
  readonly edit: EditTable;
  readonly show: (row: number) => void;
}

/** What can be said of the table without an order: each finding with a case that shows it, and what to do. */
export function AnalysisPanel({ table, analysis: { result, fresh }, edit, show }: AnalysisPanelProps) {
  if (result === null) return <p className="muted pad">{words.analyzing}</p>;
  const { gaps, overlaps, overlapsAreWrong, shadowed, dead, unusedOutputs, leftOut, complete } = result;
  const wrong = overlapsAreWrong ? overlaps : [];
  const none = gaps.length + wrong.length + shadowed.length + dead.length === 0;
  return (
    <div className={fresh ? "findings" : "findings stale"}>
      {none ? (
        <p className="verdict f-done pad">
          <CircleCheck aria-hidden="true" />
          <span>{words.noFindings}</span>
        </p>
      ) : null}
      {gaps.slice(0, 8).map((gap, index) => (
        <Finding key={index} icon={<SplitSquareVertical aria-hidden="true" />} family="failed" title={words.gap}>
          <Case table={table} input={gap} />
          <button type="button" className="btn small" onClick={() => edit(withRowFor(table, gap), words.addGapRow, `/rows/${table.rows.length}`)}>
            <Plus aria-hidden="true" />
            {words.addGapRow}
          </button>
        </Finding>
      ))}
      {wrong.slice(0, 8).map(({ rows: [a, b], input }) => (
        <Finding key={`${a.id} ${b.id}`} icon={<Layers2 aria-hidden="true" />} family="attention" title={words.overlap(a.position + 1, b.position + 1)} open={() => show(a.position)}>
          <p className="list-head">{words.overlapExample}</p>
          <Case table={table} input={input} />
        </Finding>
      ))}
      {shadowed.slice(0, 20).map(({ id, position, by }) => (
        <Finding key={id} icon={<CircleSlash2 aria-hidden="true" />} family="attention" title={words.shadowed(position + 1)} open={() => show(position)}>
          {by.length === 0 ? null : <p className="text-2">{words.shadowedBy(by.map((row) => words.row1(row.position + 1)).join(", "))}</p>}
        </Finding>
      ))}
      {dead.slice(0, 20).map(({ id, position, column }) => (
        <Finding key={id} icon={<CircleSlash2 aria-hidden="true" />} family="failed" title={words.dead(position + 1, column)} open={() => show(position)} />
      ))}
      <div className="pad">
        {unusedOutputs.map(({ output, value }) => (
          <p key={`${output}${textOf(value)}`} className="meta">{words.unusedOutput(output, textOf(value))}</p>
        ))}
        {leftOut.map(({ column, reason }) => (
          <p key={column} className="meta" title={reason}>{words.leftOut(column)}</p>
        ))}
        {complete ? null : <p className="meta">{words.incomplete}</p>}
      </div>
    </div>
  );
}

interface FindingProps {
  readonly icon: ReactNode;
  readonly family: "failed" | "attention";
  readonly title: string;
  readonly open?: () => void;
  readonly children?: ReactNode;
}

function Finding({ icon, family, title, open, children }: FindingProps) {
  return (
    <section className={`finding f-${family}`}>
      <h3>
        {icon}
        {open === undefined ? title : <button type="button" onClick={open}>{title}</button>}
      </h3>
      {children}
    </section>
  );
}

/** An input, column by column, in the words of the table. */
function Case({ table, input }: { readonly table: DecisionTable; readonly input: TableInput }) {
  return (
    <dl className="case">
      {table.columns.flatMap((column) => {
        if (!("key" in column)) return [];
        const value = input[column.key];
        return [<dt key={`${column.key} name`}>{columnTitle(column)}</dt>, <dd key={column.key} className="mono">{value === undefined || value === null ? "–" : textOf(value)}</dd>];
      })}
    </dl>
  );
}

/** The table with one more row that matches exactly this input; its answers are still to be given. */
function withRowFor(table: DecisionTable, input: TableInput): DecisionTable {
  const grown = insertRows(table, table.rows.length, 1);
  const cells = Object.entries(input).filter(([, value]) => value !== null) as readonly (readonly [string, Json])[];
  return { ...grown, rows: grown.rows.map((row, index) => (index === table.rows.length ? { id: row.id, ...Object.fromEntries(cells.map(([key, value]) => [key, [value]])) } : row)) };
}

/** How a row is called where it is meant by its content. */
export function rowWords(table: DecisionTable, id: string): string {
  const position = table.rows.findIndex((row) => row.id === id);
  const row = table.rows[position];
  if (row === undefined) return id;
  const answer = table.columns.flatMap((column) => ("out" in column ? [cellText(row, column)] : [])).find((text) => text !== "");
  return `${words.row1(position + 1)}${answer === undefined ? "" : ` (${answer})`}`;
}
